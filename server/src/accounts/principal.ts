/** Who is calling. */
export interface Caller {
  readonly userId: number;
  readonly accountId: number;
  readonly organizationId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** As it was sent; whoever uses it must check that the instance is one of the caller's organization. */
  readonly elementToken?: string;
}

/** Handlers get it as `request.principal`. */
declare module '#platform/http' {
  interface Principal extends Caller {}
}
