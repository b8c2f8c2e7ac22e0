interface Decimal {
  sign: -1 | 0 | 1;
  /** Without zeros at either end; the value is 0.digits × 10^magnitude. */
  digits: string;
  magnitude: bigint;
}

/** Compares decimal texts (`-12.50`, `1e400`) by value, without writing out their zeros. */
export function compareDecimals(a: string, b: string): number {
  const [left, right] = [toDecimal(a), toDecimal(b)];
  if (left.sign !== right.sign || left.sign === 0) return left.sign - right.sign;
  if (left.magnitude !== right.magnitude) return left.magnitude < right.magnitude ? -left.sign : left.sign;
  if (left.digits === right.digits) return 0;
  // Both start behind the same point, so that the order of the texts is that of the numbers.
  return left.digits < right.digits ? -left.sign : left.sign;
}

function toDecimal(text: string): Decimal {
  const negative = text.startsWith('-');
  const [mantissa = '', exponent = '0'] = text.slice(negative ? 1 : 0).split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  const first = all.search(/[1-9]/);
  if (first < 0) return { sign: 0, digits: '', magnitude: 0n };
  const magnitude = BigInt(exponent) + BigInt(whole.length - first);
  return { sign: negative ? -1 : 1, digits: withoutEndZeros(all.slice(first)), magnitude };
}

/** By hand: `/0+$/` takes quadratic time on zeros in the middle. */
function withoutEndZeros(digits: string): string {
  let end = digits.length;
  while (digits.charAt(end - 1) === '0') end--;
  return digits.slice(0, end);
}
