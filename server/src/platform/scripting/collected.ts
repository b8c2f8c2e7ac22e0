/**
 * What is told to one listener in one turn of the event loop goes in one message: under load a message costs more than what is
 * in it, and without load nobody waits.
 */
export function collected<To extends object, Told>(
  send: (to: To, told: Told[]) => void,
): (to: To, told: Told) => void {
  const waiting = new Map<To, Told[]>();
  return (to, told) => {
    const before = waiting.get(to);
    if (before) return void before.push(told);
    const all = [told];
    waiting.set(to, all);
    setImmediate(() => {
      waiting.delete(to);
      send(to, all);
    });
  };
}
