import { describe, expect, it } from 'vitest';
import { fillTemplate, resolveConfiguration } from './template.ts';

describe('a text of a definition', () => {
  const values: Record<string, string> = { user: 'ann', 'oauth.user.token': 't0k', password: 'p' };
  it.each([
    ['{user}', 'ann'],
    ['${user}', 'ann'],
    ['${configuration.oauth.user.token}', 't0k'],
    ['/x/{user}/y', '/x/ann/y'],
    ['{unknown}', '{unknown}'],
    ['{"a": "{user}", "b": {"c": 1}}', '{"a": "ann", "b": {"c": 1}}'],
    ['Basic CE.b64(${configuration.user}:${configuration.password})', 'Basic YW5uOnA='],
    ['CE.md5(a)', '0cc175b9c0f1b6a831c399e269772661'],
    ['CE.nothing(a)', 'CE.nothing(a)'],
    ['plain', 'plain'],
  ])('%s becomes %s', (text, expected) => {
    expect(fillTemplate(text, (name) => values[name])).toBe(expected);
  });

  it('does not run what a value holds', () => {
    expect(fillTemplate('{a}', (name) => (name === 'a' ? '{b} CE.md5(a)' : 'never'))).toBe('{b} CE.md5(a)');
  });

  it('takes any letter in a value that a function is applied to', () => {
    expect(fillTemplate('CE.b64({a})', () => 'p)(w{b}')).toBe(Buffer.from('p)(w{b}').toString('base64'));
  });
});

describe('a configuration value', () => {
  it('may name others, which may name others', () => {
    const values = {
      'oauth.token.url': '{base.url}/token',
      'base.url': 'https://{region}.example.com',
      region: 'eu',
    };
    expect(resolveConfiguration(values, 'oauth.token.url')).toBe('https://eu.example.com/token');
  });

  it('may not go round in circles', () => {
    expect(resolveConfiguration({ a: '{b}', b: '{a}' }, 'a')).toMatch(/^\{[ab]\}$/);
  });
});
