/**
 * What a handler tells the observer of a call besides what HTTP shows. Empty here, as `Principal` is: the module that observes
 * gives it its fields.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface CallDetails {}
