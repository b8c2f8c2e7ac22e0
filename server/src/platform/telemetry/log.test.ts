import { describe, expect, test } from 'vitest';
import { createLog, type Log } from './log.ts';

const planted = 'Sup3r-Planted/Secret+Value=';

function capture(): { log: Log; text: () => string; lines: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const log = createLog({ level: 'trace', destination: { write: (line) => void written.push(line) } });
  return {
    log,
    text: () => written.join(''),
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('a secret is not in the log', () => {
  class VendorError extends Error {
    response = { headers: { 'set-cookie': [planted] }, config: { auth: { password: planted } } };
  }
  const circular: Record<string, unknown> = { token: planted };
  circular['self'] = circular;

  test.each<[string, (log: Log) => void]>([
    ['as a header', (log) => log.info({ headers: { Authorization: planted, cookie: planted } }, 'x')],
    ['as raw headers', (log) => log.info({ rawHeaders: ['Host', 'a.b', 'Authorization', planted] }, 'x')],
    ['as a set of headers', (log) => log.info({ headers: new Headers({ authorization: planted }) }, 'x')],
    ['as a map', (log) => log.info({ map: new Map([['password', planted]]) }, 'x')],
    ['as a list of header values', (log) => log.info({ headers: { 'set-cookie': [planted, planted] } }, 'x')],
    ['deep inside', (log) => log.info({ a: { b: [{ c: { clientSecret: planted } }] } }, 'x')],
    ['as an object under a secret name', (log) => log.info({ credentials: { one: planted } }, 'x')],
    [
      'in a configuration',
      (log) => log.info({ configuration: { 'oauth.user.refresh_token': planted } }, 'x'),
    ],
    [
      'as an API key and secret',
      (log) => log.info({ 'oauth.api.key': planted, 'oauth.api.secret': planted }, 'x'),
    ],
    [
      'as an entry of a list',
      (log) => log.info({ list: [{ key: 'oauth.user.token', propertyValue: planted }] }, 'x'),
    ],
    ['as a named value', (log) => log.info({ list: [{ name: 'X-Api-Key', value: planted }] }, 'x')],
    ['as an OAuth code', (log) => log.info({ code: planted, state: 'acton' }, 'x')],
    ['as a code with a prefix', (log) => log.info({ 'oauth.code': planted }, 'x')],
    [
      'in other spellings',
      (log) =>
        log.info(
          {
            PASSWORD: planted,
            api_key: planted,
            apiKey: planted,
            accessToken: planted,
            private_key: planted,
            DATABASE_URL: planted,
          },
          'x',
        ),
    ],
    ['in a query', (log) => log.info({ url: `https://a.b/c?code=${planted}&x=1` }, 'x')],
    [
      'in the query of a path',
      (log) => log.info({ path: `/elements/api-v2/hubs/crm/x?where=${planted}` }, 'x'),
    ],
    ['in a URL object', (log) => log.info({ url: new URL(`https://a.b/c?code=${planted}`) }, 'x')],
    ['in the fragment of a URL', (log) => log.info({ url: `https://a.b/c#access_token=${planted}` }, 'x')],
    [
      'as credentials of a URL',
      (log) => log.info({ url: `postgres://me:${encodeURIComponent(planted)}@db/x` }, 'x'),
    ],
    [
      'as raw credentials of a URL',
      (log) => log.info({ database: 'postgres://me:Sup3r-Planted@db:5432/x' }, 'x'),
    ],
    ['in the sentence', (log) => log.warn({}, `The call to https://a.b/c?token=${planted} failed`)],
    [
      'in a sentence alone',
      (log) => log.warn(`Sent with Authorization: User ${planted}, Element ${planted}`),
    ],
    ['in an argument of the sentence', (log) => log.warn({}, 'Sent to %s', `https://a.b/?x=${planted}`)],
    ['in an argument that a name goes before', (log) => log.warn({}, 'password=%s was wrong', planted)],
    [
      'in an object as an argument',
      (log) => log.warn({}, 'Sent %j and %o', { token: planted }, { a: { token: planted } }),
    ],
    ['behind a scheme', (log) => log.warn({ note: `Bearer ${planted} was refused` }, 'x')],
    ['as JSON inside a text', (log) => log.warn({ note: `{"access_token":"${planted}","a":1}` }, 'x')],
    [
      'as JSON in JSON',
      (log) => log.warn({ note: JSON.stringify(JSON.stringify({ password: planted })) }, 'x'),
    ],
    [
      'as a form inside a text',
      (log) => log.warn({ note: `grant_type=x&client_secret=${planted}&a=b` }, 'x'),
    ],
    [
      'as XML inside a text',
      (log) =>
        log.warn({ note: `<a><wsse:Password Type="text">${planted}</wsse:Password><b>c</b></a>` }, 'x'),
    ],
    [
      'in the message of an error',
      (log) => log.error({ err: new Error(`GET https://a.b/?key=${planted}`) }, 'x'),
    ],
    ['in an error alone', (log) => log.error(new Error(`GET https://a.b/?key=${planted}`))],
    ['in an error under another name', (log) => log.error({ reason: new Error(`password=${planted}`) }, 'x')],
    [
      'in the cause of an error',
      (log) => log.error({ err: new Error('a', { cause: new Error(`Bearer ${planted}`) }) }, 'x'),
    ],
    [
      'in one of several errors',
      (log) => log.error({ err: new AggregateError([new Error(`token: ${planted}`)]) }, 'x'),
    ],
    ['in the fields of an error', (log) => log.error({ err: new VendorError('a') }, 'x')],
    ['in the bindings of a child', (log) => log.child({ token: planted }).info({}, 'x')],
    [
      'in the bindings of a child, deep',
      (log) => log.child({ a: { url: `https://a.b?x=${planted}` } }).info('x'),
    ],
    ['in a circle', (log) => log.info(circular, 'x')],
    ['in bytes', (log) => log.info({ body: Buffer.from(planted) }, 'x')],
    [
      'too deep to look',
      (log) => log.info({ a: { b: { c: { d: { e: { f: { g: { h: { i: { j: planted } } } } } } } } } }, 'x'),
    ],
  ])('%s', (_where, write) => {
    const { log, text } = capture();
    write(log);
    expect(text()).not.toBe('');
    expect(text()).not.toContain('Sup3r-Planted');
    expect(text()).not.toContain(encodeURIComponent('Sup3r-Planted/Secret'));
    expect(text()).not.toContain(Buffer.from(planted).toString('base64'));
  });
});

describe('what is no secret stays', () => {
  test('details, their types and the sentence', () => {
    const { log, lines } = capture();
    const at = new Date(0);
    log.info(
      { status: 200, ok: true, none: null, at, instanceId: 7, path: '/hubs/crm/x', list: [1, 'a'] },
      'Hello %s',
      'you',
    );
    expect(lines()[0]).toMatchObject({
      level: 'info',
      msg: 'Hello you',
      status: 200,
      ok: true,
      none: null,
      at: at.toISOString(),
      instanceId: 7,
      path: '/hubs/crm/x',
      list: [1, 'a'],
    });
  });

  test('what an error says and where it was thrown', () => {
    const { log, lines } = capture();
    const err = Object.assign(new TypeError('No user was found', { cause: new Error('below') }), {
      code: 'ECONNRESET',
    });
    log.error({ err }, 'x');
    expect(lines()[0]).toMatchObject({
      err: {
        type: 'TypeError',
        code: 'ECONNRESET',
        message: 'No user was found',
        stack: expect.stringContaining('log.test.ts'),
        cause: { message: 'below' },
      },
    });
  });

  test('words about secrets, and when they end', () => {
    const { log, lines } = capture();
    const details = {
      tokenExpiresInMs: 5,
      hasSecret: true,
      note: 'User did not answer, Element acton is fine',
    };
    log.info(details, 'The Organization secrets were read');
    expect(lines()[0]).toMatchObject({ ...details, msg: 'The Organization secrets were read' });
  });
});

test('a log writes only from its level on', () => {
  const written: string[] = [];
  const log = createLog({ level: 'warn', destination: { write: (line) => void written.push(line) } });
  log.info({}, 'no');
  log.warn({}, 'yes');
  expect(written).toHaveLength(1);
});

test('a long text of any kind is redacted without delay', () => {
  const { log, text } = capture();
  for (const piece of [
    'a',
    'a.',
    '/a',
    'a=',
    'a ',
    ':',
    '\\',
    '" ',
    'http://',
    'token',
    'token: ',
    'User ',
    '<a',
    '<a >',
  ]) {
    log.info({ note: piece.repeat(100_000) }, 'x');
  }
  expect(text().split('\n')).toHaveLength(15);
});
