import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { helpText, readConfig, settings } from './config.ts';

function configOf(argv: string[], environment: NodeJS.ProcessEnv = {}) {
  const outcome = readConfig(argv, environment);
  if (outcome.kind !== 'config') throw new Error('help was asked for');
  return outcome.config;
}

describe('settings', () => {
  it('have defaults, of which none is a secret', () => {
    expect(configOf([])).toEqual({
      port: 8642,
      host: '127.0.0.1',
      dataFolder: resolve('.ligand'),
      databaseUrl: undefined,
      masterKey: undefined,
      adminEmail: undefined,
      adminPassword: undefined,
      allowHosts: [],
      demo: false,
      elementsFolder: resolve(import.meta.dirname, '../../elements'),
      elementDefaults: {},
      logLevel: 'info',
      pacingMaxWaitMs: 30_000,
      publicUrl: undefined,
      eventDays: 30,
      eventMostGb: 10,
      auditDays: 365,
      usageCallDays: 30,
      usageMostCalls: 1_000_000,
      usageCountDays: 400,
    });
  });

  it.each([
    [['--port', '1'], {}, { port: 1 }],
    [['--port=0'], {}, { port: 0 }],
    [[], { LIGAND_PORT: '9000' }, { port: 9000 }],
    [['--port', '1'], { LIGAND_PORT: '9000' }, { port: 1 }],
    [[], { LIGAND_PORT: '' }, { port: 8642 }],
    [['--host', '0.0.0.0'], {}, { host: '0.0.0.0' }],
    [['--data', 'x/y'], {}, { dataFolder: resolve('x/y') }],
    [['--public-url', 'https://a.example/x/'], {}, { publicUrl: 'https://a.example/x' }],
    [[], { DATABASE_URL: 'postgres://a:b@c/d' }, { databaseUrl: 'postgres://a:b@c/d' }],
    [
      [],
      { DATABASE_URL: 'postgresql://c/d?sslmode=require' },
      { databaseUrl: 'postgresql://c/d?sslmode=require' },
    ],
    [['--demo'], {}, { demo: true }],
    [['--demo=false'], { LIGAND_DEMO: '1' }, { demo: false }],
    [[], { LIGAND_DEMO: 'true' }, { demo: true }],
    [['--demo', '--port', '5'], {}, { demo: true, port: 5 }],
    [
      [],
      { LIGAND_ALLOW_HOSTS: ' localhost:9000, 10.0.0.1,My.Host ,[::1]:80,::1,' },
      { allowHosts: ['localhost:9000', '10.0.0.1', 'my.host', '[::1]:80', '::1'] },
    ],
    [[], { LIGAND_ELEMENT_DEFAULTS: '{"k":{"a.b":"c"}}' }, { elementDefaults: { k: { 'a.b': 'c' } } }],
    [['--log-level', 'DEBUG'], {}, { logLevel: 'debug' }],
    [[], { LIGAND_PACING_MAX_WAIT_MS: '0' }, { pacingMaxWaitMs: 0 }],
    [[], { LIGAND_AUDIT_DAYS: '7' }, { auditDays: 7 }],
    [['--admin-email', 'a@localhost'], {}, { adminEmail: 'a@localhost' }],
  ])('%j with %j', (argv, environment, expected) => {
    expect(configOf(argv, environment)).toMatchObject(expected);
  });

  it.each([
    [['--prot', '1'], {}, 'Unknown option --prot; see --help.'],
    [['-x'], {}, 'Unknown option -x; see --help.'],
    [['start'], {}, 'Unexpected argument "start"; see --help.'],
    [['--port'], {}, '--port needs a value; see --help.'],
    [['--data='], {}, '--data needs a value; see --help.'],
    [['--data', '--demo'], {}, '--data needs a value; see --help.'],
    [['--port', 'abc'], {}, '--port "abc" is not a port number (0 to 65535).'],
    [['--port', '65536'], {}, '--port "65536" is not a port number (0 to 65535).'],
    [[], { LIGAND_PORT: '1e3' }, 'LIGAND_PORT "1e3" is not a port number (0 to 65535).'],
    [[], { LIGAND_DEMO: 'maybe' }, 'LIGAND_DEMO "maybe" is neither true nor false.'],
    [
      [],
      { LIGAND_ALLOW_HOSTS: 'a.b, http://c' },
      'LIGAND_ALLOW_HOSTS "a.b, http://c" has "http://c", which is neither host nor host:port.',
    ],
    [[], { LIGAND_PORT: 'a\nb' }, 'LIGAND_PORT "a\\nb" is not a port number (0 to 65535).'],
    [['--log-level', 'loud'], {}, /^--log-level "loud" is not one of trace, debug, /],
    [[], { LIGAND_ADMIN_EMAIL: 'me' }, 'LIGAND_ADMIN_EMAIL "me" is not an e-mail address.'],
    [['--audit-days', '0'], {}, /^--audit-days "0" is not a number of days/],
    [['--pacing-max-wait-ms', '-1'], {}, /^--pacing-max-wait-ms "-1" is not a number of milliseconds/],
    [['--master-key', 'x'], {}, 'Unknown option --master-key; see --help.'],
  ])('are refused with one line: %j with %j', (argv, environment, message) => {
    expect(() => readConfig(argv, environment)).toThrow(message);
    expect(() => readConfig(argv, environment)).toThrow(/^[^\n]+$/);
  });

  it.each([
    [{ DATABASE_URL: 'mysql://u:hidden@h/d' }, /^DATABASE_URL is not a URL like postgres:/],
    [
      { LIGAND_ELEMENT_DEFAULTS: '{"k":{"secret":"hidden"}' },
      /^LIGAND_ELEMENT_DEFAULTS must be a JSON object like/,
    ],
    [{ LIGAND_ELEMENT_DEFAULTS: '{"k":"hidden"}' }, /^LIGAND_ELEMENT_DEFAULTS must be/],
    [{ LIGAND_ELEMENT_DEFAULTS: '{"k":{"hidden":1}}' }, /^LIGAND_ELEMENT_DEFAULTS must be/],
  ])('that are secret are not repeated when they are wrong: %j', (environment, message) => {
    expect(() => readConfig([], environment)).toThrow(message);
    expect(() => readConfig([], environment)).not.toThrow(/hidden/);
  });

  it('are all in the help text, which --help asks for before anything else', () => {
    const outcome = readConfig(['--help', '--port', 'abc'], {});
    expect(outcome).toEqual({ kind: 'help', text: helpText() });
    for (const each of Object.values(settings)) expect(helpText()).toContain(each.env);
    expect(helpText()).toMatch(/--port <number> {2}or {2}LIGAND_PORT\n .*Default: 8642\./);
    expect(helpText()).toContain('Default: ./.ligand.');
  });

  it('that are secret have no option, since all users of a machine see its command lines', () => {
    for (const each of Object.values(settings)) if (each.secret) expect(each).not.toHaveProperty('flag');
  });
});
