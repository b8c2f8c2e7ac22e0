import { tooDeep, unexpected } from './errors.ts';
import { type CeqlValue, type ComparisonOperator, type Expression, type Field, join } from './expression.ts';
import { type Token, tokenize } from './tokens.ts';

/** How deep parentheses and NOT may be nested. */
export const maxCeqlDepth = 100;

const operators = new Set(['=', '!=', '<', '<=', '>', '>=']);
const valueWanted = 'a value: text in single quotes, a number, true, false or null';

/**
 * Reads a `where` expression.
 *
 * @throws CeqlError (400) with the position, what stands there and what was expected.
 */
export function parseCeql(text: string): Expression {
  const reader = new Reader(text);
  const expression = reader.expression();
  reader.end('AND, OR or the end');
  return expression;
}

/** Recursive descent over the tokens. Keywords are words like others until the grammar wants one. */
export class Reader {
  readonly #text: string;
  readonly #tokens: Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  #peek(ahead = 0): Token {
    // The last token is the end, which is never taken.
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)] as Token;
  }

  #fail(expected: string): never {
    const { at, length } = this.#peek();
    throw unexpected(this.#text, at, length, expected);
  }

  isKeyword(keyword: string, ahead = 0): boolean {
    const token = this.#peek(ahead);
    return token.kind === 'name' && token.keyword === keyword;
  }

  takeKeyword(keyword: string): boolean {
    if (!this.isKeyword(keyword)) return false;
    this.#next++;
    return true;
  }

  #isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.#peek(ahead);
    return token.kind === 'symbol' && token.symbol === symbol;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.#isSymbol(symbol)) return false;
    this.#next++;
    return true;
  }

  expectKeyword(keyword: string, expected: string): void {
    if (!this.takeKeyword(keyword)) this.#fail(expected);
  }

  end(expected: string): void {
    if (this.#peek().kind !== 'end') this.#fail(expected);
  }

  atEnd(): boolean {
    return this.#peek().kind === 'end';
  }

  field(expected = 'a field name'): Field {
    const token = this.#peek();
    if (token.kind !== 'name') this.#fail(expected);
    this.#next++;
    return { attribute: token.attribute, path: token.path };
  }

  value(expected = valueWanted): CeqlValue {
    const token = this.#peek();
    const value =
      token.kind === 'value' ? token.value : token.kind === 'name' ? constant(token.keyword) : undefined;
    if (value === undefined) this.#fail(expected);
    this.#next++;
    return value;
  }

  /** A whole number from 0 to 2^31-1. */
  count(): number {
    const token = this.#peek();
    const value = token.kind === 'value' ? token.value : undefined;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 0x7fffffff) {
      this.#fail('a whole number from 0');
    }
    this.#next++;
    return value;
  }

  expression(): Expression {
    const items = [this.#and()];
    while (this.takeKeyword('or')) items.push(this.#and());
    return join('or', items);
  }

  #and(): Expression {
    const items = [this.#unary()];
    while (this.takeKeyword('and')) items.push(this.#unary());
    return join('and', items);
  }

  #unary(): Expression {
    const not = this.#isNot();
    if (!not && !this.#isSymbol('(')) return this.#predicate();
    if (++this.#depth > maxCeqlDepth) throw tooDeep(this.#peek().at, maxCeqlDepth);
    this.#next++;
    const inner = not ? this.#unary() : this.expression();
    if (!not && !this.takeSymbol(')')) this.#fail("AND, OR or ')'");
    this.#depth--;
    return not ? { kind: 'not', item: inner } : inner;
  }

  /** `not = 1` is about a field of that name. */
  #isNot(): boolean {
    const next = this.#peek(1);
    return this.isKeyword('not') && !(next.kind === 'symbol' && operators.has(next.symbol));
  }

  #predicate(): Expression {
    const field = this.field("a field name, NOT or '('");
    const token = this.#peek();
    if (token.kind === 'symbol' && operators.has(token.symbol)) {
      this.#next++;
      return {
        kind: 'comparison',
        ...field,
        operator: token.symbol as ComparisonOperator,
        value: this.value(),
      };
    }
    if (this.takeKeyword('is')) {
      const negated = this.takeKeyword('not');
      this.expectKeyword('null', negated ? 'NULL' : 'NULL or NOT NULL');
      return { kind: 'null', ...field, negated };
    }
    const negated = this.takeKeyword('not');
    if (this.takeKeyword('like')) return { kind: 'like', ...field, negated, pattern: this.#pattern() };
    if (this.takeKeyword('in')) return { kind: 'in', ...field, negated, values: this.#values() };
    return this.#fail(negated ? 'LIKE or IN' : 'an operator: =, !=, <, <=, >, >=, LIKE, IN, NOT or IS');
  }

  #pattern(): string {
    const token = this.#peek();
    if (token.kind !== 'value' || typeof token.value !== 'string') this.#fail('text in single quotes');
    this.#next++;
    return token.value;
  }

  #values(): CeqlValue[] {
    if (!this.takeSymbol('(')) this.#fail("'(' and values");
    const values = [this.value()];
    while (this.takeSymbol(',')) values.push(this.value());
    if (!this.takeSymbol(')')) this.#fail("',' or ')'");
    return values;
  }
}

function constant(keyword: string | undefined): boolean | null | undefined {
  if (keyword === 'null') return null;
  return keyword === 'true' ? true : keyword === 'false' ? false : undefined;
}
