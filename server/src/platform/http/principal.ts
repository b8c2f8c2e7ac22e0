/**
 * Who is calling. Empty here, because this module knows no domain: the module that identifies callers gives it
 * its fields with `declare module '#platform/http' { interface Principal { userId: number … } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface Principal {}

/**
 * What callers may be allowed to do, by key: `{ viewThings: … }`. Filled by the same module in the same way, so that a
 * route can name only what there is.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface Privileges {}
