import { expect, it } from 'vitest';
import { LOGIN_WINDOW_MS, MAX_FAILED_LOGINS, createLoginThrottle } from './throttle.ts';

function setUp() {
  let nowMs = 0;
  const throttle = createLoginThrottle({ nowMs: () => nowMs });
  const fail = (times: number, name = 'ada') => {
    for (let i = 0; i < times; i += 1) throttle.begin(name);
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { throttle, fail, pass };
}

it('A user name may fail so often within a minute and no more', () => {
  const { fail, pass } = setUp();
  fail(MAX_FAILED_LOGINS);
  expect(() => fail(1)).toThrow(/try again in 60 seconds/);
  pass(LOGIN_WINDOW_MS - 1);
  expect(() => fail(1, 'ADA')).toThrow(
    expect.objectContaining({ status: 429, headers: { 'retry-after': '1' } }),
  );
  pass(1);
  fail(MAX_FAILED_LOGINS);
  expect(() => fail(1)).toThrow(/Too many failed logins/);
});

it('A success makes the failures before it forgotten', () => {
  const { throttle, fail } = setUp();
  for (let round = 0; round < 3; round += 1) {
    fail(MAX_FAILED_LOGINS);
    throttle.succeeded('Ada');
  }
});

it('One user name does not block another', () => {
  const { fail } = setUp();
  fail(MAX_FAILED_LOGINS, 'ada');
  fail(MAX_FAILED_LOGINS, 'bob');
});
