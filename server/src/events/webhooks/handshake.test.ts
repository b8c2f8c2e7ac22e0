import { describe, expect, it } from 'vitest';
import { answerHandshake } from './handshake.ts';
import { readPayload } from './payload.ts';

const call = (method: string, text: string, query: Record<string, string> = {}) => {
  const body = Buffer.from(text);
  return { method, headers: {}, query, body, payload: readPayload('application/json', body, query) };
};

describe('a challenge in the query', () => {
  it.each([
    ['GET', ''],
    ['POST', ''],
    ['POST', '{}'],
  ])('is answered by %s with the body "%s"', (method, body) => {
    expect(answerHandshake(call(method, body, { challenge: 'c' }))?.body).toBe('c');
  });

  it('beside an event is none', () => {
    expect(answerHandshake(call('POST', '{"id":1}', { challenge: 'c' }))).toBeUndefined();
  });
});

describe('a challenge in the body', () => {
  it('of any type is answered where it is all there is', () => {
    const text = '{"type":{"toString":1},"challenge":"c"}';
    expect(answerHandshake(call('POST', text))?.body).toBe('{"challenge":"c"}');
  });

  it('beside other fields is answered where the type says so', () => {
    const text = (type: string) => `{"type":${type},"challenge":"c","token":"t"}`;
    expect(answerHandshake(call('POST', text('"url_verification"')))?.body).toBe('{"challenge":"c"}');
    expect(answerHandshake(call('POST', text('{"toString":1}')))).toBeUndefined();
  });
});
