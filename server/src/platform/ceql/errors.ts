import { AppError } from '#kernel/error';

/** A CEQL text that cannot be read, or that a converter cannot say in a provider's language. */
export class CeqlError extends AppError {
  /** Where the fault is, from 1, in UTF-16 units; undefined when the expression is right but not convertible. */
  readonly position: number | undefined;
  /** What stands there. */
  readonly found: string | undefined;
  /** What may stand there. */
  readonly expected: string | undefined;

  constructor(message: string, fault: { position?: number; found?: string; expected?: string } = {}) {
    super('ceql_invalid', 400, message);
    this.name = 'CeqlError';
    this.position = fault.position;
    this.found = fault.found;
    this.expected = fault.expected;
  }
}

const longestShown = 40;

/** `at` counts from 0. */
export function unexpected(text: string, at: number, length: number, expected: string): CeqlError {
  const shown = text.slice(at, at + Math.min(length, longestShown)) + (length > longestShown ? '…' : '');
  const found = at >= text.length ? 'the end' : shown;
  const quoted = at >= text.length ? found : `«${found}»`;
  return new CeqlError(`CEQL, position ${at + 1}: found ${quoted}, expected ${expected}.`, {
    position: at + 1,
    found,
    expected,
  });
}

export function tooLong(length: number, most: number): CeqlError {
  return new CeqlError(`CEQL: the text has ${length} characters; at most ${most} are allowed.`);
}

export function tooDeep(at: number, most: number): CeqlError {
  return new CeqlError(
    `CEQL, position ${at + 1}: more than ${most} levels of parentheses and NOT are not allowed.`,
    {
      position: at + 1,
    },
  );
}

export function cannotConvert(language: string, what: string, instead: string): CeqlError {
  return new CeqlError(`CEQL: ${what} cannot be expressed as ${language}; ${instead}.`);
}
