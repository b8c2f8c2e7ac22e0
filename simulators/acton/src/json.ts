/**
 * JSON as the provider's lists keep it: a number that a double cannot hold becomes its text, because cells are
 * texts anyway and digits must not be lost on the way.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    const source = context?.source;
    return typeof value === 'number' &&
      source !== undefined &&
      String(value) !== source &&
      !sameNumber(source)
      ? source
      : value;
  });
}

/** `1.50` and `1e3` are written otherwise but lose nothing. */
function sameNumber(source: string): boolean {
  return source.replace(/[^0-9]/g, '').length <= 15;
}
