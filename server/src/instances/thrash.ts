import type { Clock } from '#kernel/clock';
import type { Log } from '#kernel/log';

const windowMs = 60_000;
/** About 17 reads a second that a larger cache would spare. */
const mostOfWindow = 1_000;
/** It goes on for as long as the load does; once an hour says it. */
const quietMs = 3_600_000;

/** Says when a full cache drops so much that it is no help any more. Returns what to call for each entry that it drops. */
export function createThrashWatch(
  { log, clock }: { log: Log; clock: Clock },
  details: { kept: number },
  message: string,
): () => void {
  let dropped = 0;
  let beganMs = 0;
  let toldMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = clock.nowMs();
    if (nowMs - beganMs >= windowMs) [beganMs, dropped] = [nowMs, 0];
    dropped++;
    if (dropped < mostOfWindow || nowMs - toldMs < quietMs) return;
    toldMs = nowMs;
    log.warn({ ...details, dropped, ofSeconds: Math.ceil((nowMs - beganMs) / 1000) }, message);
  };
}
