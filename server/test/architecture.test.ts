import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, readTree, root, withoutComments } from './support/source-tree.ts';
import type { Files, Import } from './support/source-tree.ts';

// The rules of ARCHITECTURE.md. Each is tried on the sources, and on a violation planted among them.

const sources = readTree(
  ['server/src', 'server/migrations', 'simulators', 'elements', 'demo', 'sdk', 'cli', 'console'],
  ['.ts', '.tsx', '.js', '.sql', '.json', '.md'],
);

/** Who is imported by whom: a module may import those before it. */
const order = [
  'kernel',
  'platform',
  'accounts',
  'usage',
  'elements',
  'calls',
  'instances',
  'gateway',
  'events',
  'console',
];
const domains = order.slice(2);

/** The door of each library. */
const doors: [library: RegExp, door: RegExp][] = [
  [/^(pg|kysely)$/, /^server\/src\/(platform\/storage\/|\w+\/([a-z]+-)?store\.ts$)/],
  [/^(fastify|@fastify\/.*)$/, /^server\/src\/platform\/http\//],
  [/^undici$/, /^server\/src\/platform\/outbound\//],
  [/^isolated-vm$/, /^server\/src\/platform\/scripting\//],
  [/^pino$/, /^server\/src\/platform\/telemetry\//],
  [/^typebox(\/.*)?$/, /^server\/src\/platform\/http\//],
  [/^find-my-way$/, /^server\/src\/elements\//],
  [/^oauth4webapi$/, /^server\/src\/instances\/oauth\//],
  [/^(oauth-1\.0a|aws4fetch)$/, /^server\/src\/calls\/sign-/],
  [/^fast-xml-parser$/, /^server\/src\/(calls|elements\/convert)\/xml\.ts$/],
  [/^csv-(parse|stringify)(\/.*)?$/, /^server\/src\/elements\/samples\//],
  [/^fflate$/, /^server\/src\/elements\/client-sdk\//],
  [/^yaml$/, /^server\/src\/elements\/convert\//],
];

/** The settings; and PATH, which is handed on to PostgreSQL's binaries. */
const environmentReaders = new Set([
  'server/src/config.ts',
  'server/src/platform/storage/embedded/launcher.ts',
]);

const face = new RegExp(`^#(kernel/[\\w-]+|platform/[\\w-]+|${domains.join('|')})$`);
const environment =
  /process\s*(\.|\?\.|\[['"])env\b|\benv\b[^;]*\bfrom 'node:process'|\{[^}]*\benv\b[^}]*\} = process\b/;
const mostLines = 400;
/** Written by `npm run reference`, and compared by a test. */
const generated = new Set(['sdk/src/api-types.ts']);
const idleNames = /(^|-)(utils?|helpers?|common|manager|service)(-|\.|$)/;
const elementKeys = readdirSync(`${root}elements`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const isSource = (path: string) => path.startsWith('server/src/') && !path.endsWith('.test.ts');
const isCode = (path: string) => /\.(ts|tsx|js)$/.test(path);

/** `platform/http` and `gateway` are modules; files at the top of `src` are the composition root. */
function moduleOf(path: string): string | undefined {
  return /^server\/src\/(platform\/[\w-]+|[\w-]+)\//.exec(path)?.[1];
}

function moduleOfImport({ specifier, target }: Import): string | undefined {
  if (!specifier.startsWith('#')) return moduleOf(target);
  return specifier.slice(1).replace(/^kernel\/.*/, 'kernel');
}

const rankOf = (module: string) => order.indexOf(module.split('/', 1)[0] ?? '');

function importRule(breaks: (one: Import) => boolean): (files: Files) => string[] {
  return (files) =>
    importsOf(files)
      .filter(({ from }) => isSource(from))
      .filter(breaks)
      .map(({ from, specifier }) => `${from} imports ${specifier}`);
}

function fileRule(breaks: (path: string, text: string) => boolean): (files: Files) => string[] {
  return (files) => [...files].filter(([path, text]) => breaks(path, text)).map(([path]) => path);
}

/** The modules from which a way of imports leads back to them. */
function cycles(files: Files): string[] {
  const below = new Map<string, Set<string>>();
  for (const one of importsOf(files)) {
    const [from, to] = [moduleOf(one.from), moduleOfImport(one)];
    if (!isSource(one.from) || !from || !to || from === to) continue;
    below.set(from, (below.get(from) ?? new Set()).add(to));
  }
  const reached = (start: string): Set<string> => {
    const found = new Set<string>();
    const walk = (module: string): void => {
      for (const next of below.get(module) ?? []) {
        if (found.has(next)) continue;
        found.add(next);
        walk(next);
      }
    };
    walk(start);
    return found;
  };
  return [...below.keys()].filter((module) => reached(module).has(module));
}

interface Rule {
  rule: string;
  find: (files: Files) => string[];
  /** A file that breaks it, and what that takes besides. */
  planted: [path: string, text: string, ...more: [path: string, text: string][]];
}

const rules: Rule[] = [
  {
    rule: 'a module is entered by its face only',
    find: importRule((one) => {
      const [from, to] = [moduleOf(one.from), moduleOfImport(one)];
      return one.specifier.startsWith('.') && to !== undefined && from !== to;
    }),
    planted: ['server/src/gateway/deep.ts', "import { createStore } from '../instances/store.ts';"],
  },
  {
    rule: 'a name with # is that of a face, or of a file of the kernel',
    find: importRule(({ specifier }) => specifier.startsWith('#') && !face.test(specifier)),
    planted: ['server/src/gateway/deeper.ts', "import { startPostgres } from '#platform/storage/embedded';"],
  },
  {
    rule: 'a module imports only those below it',
    find: importRule((one) => {
      const [from, to] = [moduleOf(one.from), moduleOfImport(one)];
      if (!from || !to || from === to || rankOf(to) === -1) return false;
      return rankOf(to) > rankOf(from) || (rankOf(to) === rankOf(from) && domains.includes(to));
    }),
    planted: ['server/src/elements/up.ts', "import type { Instances } from '#instances';"],
  },
  {
    rule: 'no module imports itself through others',
    find: cycles,
    planted: [
      'server/src/platform/crypto/there.ts',
      "import '#platform/outbound';",
      ['server/src/platform/outbound/back.ts', "import '#platform/crypto';"],
    ],
  },
  {
    rule: 'the platform knows no domain module',
    find: importRule(
      (one) =>
        moduleOf(one.from)?.startsWith('platform/') === true && domains.includes(moduleOfImport(one) ?? ''),
    ),
    planted: ['server/src/platform/http/noun.ts', "import { createAccounts } from '#accounts';"],
  },
  {
    rule: 'the kernel imports nothing but Node and itself',
    find: importRule(
      (one) =>
        moduleOf(one.from) === 'kernel' &&
        moduleOfImport(one) !== 'kernel' &&
        !one.specifier.startsWith('node:'),
    ),
    planted: ['server/src/kernel/reach.ts', "import { openStorage } from '#platform/storage';"],
  },
  {
    rule: 'only app.ts, health.ts, config.ts and process.ts put modules together',
    find: importRule(
      (one) => /^server\/src\/[\w-]+\//.test(one.from) && /^server\/src\/[\w-]+\.ts$/.test(one.target),
    ),
    planted: ['server/src/calls/root.ts', "import { buildApp } from '../app.ts';"],
  },
  {
    rule: 'no file imports the face of its own module',
    find: importRule((one) => {
      const own = moduleOf(one.from);
      return (
        own !== undefined &&
        (one.target === `server/src/${own}/index.ts` || one.specifier === `#${own}`) &&
        !/declare module/.test(one.from)
      );
    }),
    planted: ['server/src/calls/self.ts', "import { createCalls } from './index.ts';"],
  },
  {
    rule: 'each library has one door',
    find: importRule((one) =>
      doors.some(([library, door]) => library.test(one.specifier) && !door.test(one.from)),
    ),
    planted: ['server/src/gateway/quick.ts', "import { request } from 'undici';"],
  },
  {
    rule: 'only config.ts reads the environment',
    find: fileRule(
      (path, text) =>
        isSource(path) && environment.test(withoutComments(text)) && !environmentReaders.has(path),
    ),
    planted: ['server/src/instances/debug.ts', 'export const debug = process.env.DEBUG;'],
  },
  {
    rule: "no provider's name in the engine",
    find: fileRule(
      (path, text) =>
        (isSource(path) || (/^(sdk|cli|console\/src)\//.test(path) && !path.endsWith('.test.ts'))) &&
        elementKeys.some((key) => new RegExp(`\\b${key}\\b`, 'i').test(text)),
    ),
    planted: ['server/src/calls/quirk.ts', "export const quirk = (key: string) => key === 'acton';"],
  },
  {
    rule: 'server, simulators and elements do not import each other',
    find: (files) =>
      importsOf(files)
        .filter(({ from }) => !from.endsWith('.test.ts') && isCode(from))
        .filter(({ from, target }) => {
          const place = (path: string) => /^(server|simulators|elements)\//.exec(path)?.[1];
          const [one, other] = [place(from), place(target)];
          return one !== undefined && other !== undefined && one !== other;
        })
        .map(({ from, specifier }) => `${from} imports ${specifier}`),
    planted: [
      'simulators/acton/src/cheat.ts',
      "import { compileElement } from '../../../server/src/elements/compile.ts';",
    ],
  },
  {
    rule: 'cli speaks through sdk alone, and sdk through HTTP alone',
    find: (files) =>
      importsOf(files)
        .filter(({ from }) => /^(sdk|cli)\//.test(from) && isCode(from) && !from.endsWith('.test.ts'))
        .filter(({ from, specifier, target }) => {
          if (specifier.startsWith('node:')) return false;
          if (/^(sdk|cli)\/scripts\//.test(from)) return false; // they make files of it, and are no part of it
          const own = from.split('/', 1)[0] ?? '';
          return specifier.startsWith('.')
            ? !target.startsWith(`${own}/`)
            : own !== 'cli' || !['@ligand/sdk', 'commander', '@bomb.sh/tab/commander'].includes(specifier);
        })
        .map(({ from, specifier }) => `${from} imports ${specifier}`),
    planted: ['cli/src/short-cut.ts', "import { keyOf } from '../../server/src/elements/definition.ts';"],
  },
  {
    rule: 'the console speaks through sdk alone: its api.ts imports that, and nothing else does',
    find: (files) =>
      importsOf(files)
        .filter(({ from }) => from.startsWith('console/src/'))
        .filter(({ from, specifier, target }) =>
          specifier.startsWith('.')
            ? !target.startsWith('console/src/')
            : specifier.startsWith('node:') ||
              (specifier.startsWith('@ligand/') &&
                !(specifier === '@ligand/sdk' && from === 'console/src/api.ts')),
        )
        .map(({ from, specifier }) => `${from} imports ${specifier}`),
    planted: ['console/src/pages/near.tsx', "import { createClient } from '@ligand/sdk';"],
  },
  {
    rule: `no file has more than ${mostLines} lines`,
    find: fileRule(
      (path, text) => isCode(path) && !generated.has(path) && text.split('\n').length > mostLines + 1,
    ),
    planted: ['server/src/calls/long.ts', '\n'.repeat(mostLines + 1)],
  },
  {
    rule: 'files are named by what they hold, in kebab-case',
    find: fileRule((path) => {
      const name = basename(path);
      return (
        isCode(path) &&
        (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z-]+)*\.(ts|tsx|js)$/.test(name) || idleNames.test(name))
      );
    }),
    planted: ['server/src/calls/stringUtils.ts', ''],
  },
  {
    rule: 'a domain module has a face, its errors, and a README of at most 40 lines',
    find: (files) =>
      domains
        .filter((domain) => [...files.keys()].some((path) => path.startsWith(`server/src/${domain}/`)))
        .flatMap((domain) => {
          const missing = ['index.ts', 'errors.ts', 'README.md'].filter(
            (name) => !files.has(`server/src/${domain}/${name}`),
          );
          const long = (files.get(`server/src/${domain}/README.md`) ?? '').trimEnd().split('\n').length > 40;
          return [
            ...missing.map((name) => `${domain} has no ${name}`),
            ...(long ? [`${domain}/README.md is too long`] : []),
          ];
        }),
    planted: ['server/src/calls/README.md', 'a line\n'.repeat(41)],
  },
  {
    rule: 'a face has no code of its own',
    find: fileRule(
      (path, text) =>
        /^server\/src\/.*\/index\.ts$/.test(path) &&
        /^\s*(function|class|const|let|export (function|class|const|async))\b/m.test(withoutComments(text)),
    ),
    planted: ['server/src/calls/index.ts', 'export const answer = 42;'],
  },
  {
    rule: 'a migration says at its top why it is there',
    find: fileRule((path, text) => /^server\/migrations\/.*\.sql$/.test(path) && !/^-- \S/.test(text)),
    planted: ['server/migrations/9999_silent.sql', 'create table silent (id int);'],
  },
  {
    rule: 'routes are made by route(), which asks for access and audit',
    find: fileRule(
      (path, text) =>
        isSource(path) &&
        !path.startsWith('server/src/platform/http/') &&
        /\b(app|scope|http)\.(get|post|put|patch|delete|route|all)\(/.test(withoutComments(text)),
    ),
    planted: ['server/src/gateway/back-door.ts', "app.get('/open', () => 'everything');"],
  },
];

describe.each(rules)('$rule', ({ find, planted: [path, text, ...more] }) => {
  it('holds', () => expect(find(sources)).toEqual([]));

  it('bites', () => {
    const before = find(sources).length;
    expect(find(new Map([...sources, [path, text], ...more])).length).toBeGreaterThan(before);
  });
});

it('the modules of the order are the modules that there are', () => {
  const found = new Set([...sources.keys()].flatMap((path) => moduleOf(path)?.split('/', 1)[0] ?? []));
  expect([...found].toSorted()).toEqual([...order].toSorted());
});
