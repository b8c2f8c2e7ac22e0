/** One piece of a date pattern: text as it stands, or a field of so many letters. */
export type PatternPiece = { text: string } | { letter: string; width: number };

/** Week numbers are left out: no provider filters by them. */
const letters = 'GyYMLdDEuaHkKhmsSzZX';

/**
 * Reads a date pattern in the words of Java's SimpleDateFormat: `yyyy-MM-dd'T'HH:mm:ss.SSS'Z'`.
 *
 * @returns a sentence instead where it is none.
 */
export function readDatePattern(pattern: string): PatternPiece[] | string {
  const pieces: PatternPiece[] = [];
  const addText = (text: string) => {
    const last = pieces.at(-1);
    if (last && 'text' in last) last.text += text;
    else pieces.push({ text });
  };
  for (let at = 0; at < pattern.length;) {
    const rest = pattern.slice(at);
    const quoted = /^'((?:[^']|'')*)'/.exec(rest);
    const field = /^([A-Za-z])\1*/.exec(rest);
    if (quoted) {
      // Two quotes are one, inside of quotes and outside.
      addText(quoted[0] === "''" ? "'" : (quoted[1] ?? '').replaceAll("''", "'"));
      at += quoted[0].length;
    } else if (rest.startsWith("'")) {
      return `the date pattern ${pattern} has a quote that does not end.`;
    } else if (field) {
      const letter = field[1] ?? '';
      if (!letters.includes(letter))
        return `the date pattern ${pattern} has the letter ${letter}, which stands for nothing here; text goes in single quotes.`;
      pieces.push({ letter, width: field[0].length });
      at += field[0].length;
    } else {
      addText(rest.slice(0, 1));
      at++;
    }
  }
  if (!pieces.some((piece) => 'letter' in piece))
    return `the date pattern '${pattern}' has no field of a date.`;
  return pieces;
}

/** Java names them by the locale of its machine; ours are English everywhere. */
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
