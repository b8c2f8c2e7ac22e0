/** PostgreSQL's text has no zero byte. For `Type.String`. */
export const noZeroByte = { pattern: '^[^\\u0000]*$' };

/** A whole number that came as text, such as an id in a path. For `Type.String`. */
export const integerText = { pattern: '^-?[0-9]{1,15}$' };

/** What is said of a text that breaks one of these. */
export const patternsInWords = new Map([
  [noZeroByte.pattern, 'must not hold a zero byte'],
  [integerText.pattern, 'must be a whole number'],
]);
