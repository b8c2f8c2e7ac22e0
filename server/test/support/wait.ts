import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `look` gives something that is true, and returns it; fails with `what` after `timeoutMs`. */
export async function waitFor<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  { timeoutMs = 20_000, what = 'what was waited for' } = {},
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what} did not come within ${timeoutMs / 1000} seconds`);
    await sleep(20);
  }
}
