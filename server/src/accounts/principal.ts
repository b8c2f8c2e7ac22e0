/** Who is calling. */
export interface Caller {
  readonly userId: number;
  readonly accountId: number;
  readonly organizationId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** What the caller may do, by the keys of `privileges.ts`; routes ask for them by their `access`. */
  readonly privileges: ReadonlySet<string>;
  /** The highest of the levels of the caller's roles. */
  readonly level: number;
  /** Called with a secret that has been replaced: nothing may be told that outlives it. */
  readonly usesOldSecret: boolean;
  /** Logged in with a browser, to which secrets are shown only when the person asks for them. */
  readonly usesSession: boolean;
  /** As it was sent; whoever uses it must check that the instance is one of the caller's organization. */
  readonly elementToken?: string;
}

/** Handlers get it as `request.principal`. */
declare module '#platform/http' {
  interface Principal extends Caller {}
}
