/** A session ends when it was not used for so long … */
export const SESSION_IDLE_MS = 12 * 3_600_000;
/** … and after this time even when it was. */
export const SESSION_LIFE_MS = 14 * 24 * 3_600_000;
