/** A moment, in the person's words and zone, which is named. */
export const toTime = (at: string): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' });

export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at}>
      {toTime(at)}
    </time>
  );
}

/** The same in a list: on a phone in two short lines. */
export function TimeCell({ at }: { at: string }) {
  return (
    <span className="block text-xs md:text-sm">
      <Time at={at} />
    </span>
  );
}

/** Only its day, where the hour says nothing. */
export function Day({ at }: { at: string }) {
  return (
    <time dateTime={at} title={toTime(at)}>
      {new Date(at).toLocaleDateString(undefined, { dateStyle: 'medium' })}
    </time>
  );
}
