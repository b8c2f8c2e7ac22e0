import { expect, it } from 'vitest';
import { createSessionCookie } from './cookie.ts';

const token = 'a'.repeat(43);

it('does not mix up servers whose cookies a browser sends together', () => {
  const [one, other] = ['11111111', '22222222'].map(createSessionCookie);
  const [ofOne = '', ofOther = ''] = [one, other].map(
    (cookie, at) => cookie?.write(at === 0 ? token : token.toUpperCase(), false).split(';', 1)[0],
  );
  expect(one?.read(`${ofOther}; ${ofOne}`)).toBe(token);
  expect(other?.read(`${ofOther}; ${ofOne}`)).toBe(token.toUpperCase());
  expect(other?.read(ofOne)).toBeUndefined();
});
