import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { call } from './call.ts';
import { cloneElement, exportElement, listElements, removeElement, showElement } from './elements.ts';
import { importElements } from './import.ts';
import { createInstance, listInstances, removeInstance, showInstance, switchInstance } from './instances.ts';
import { login } from './login.ts';
import { showLogs, showUsage } from './logs.ts';
import { defaultUrl } from './settings.ts';
import { collectPairs, rest } from './usage.ts';

/** What a command does; gives the exit status. */
type Action = (...given: never[]) => Promise<number>;

/** All commands, their arguments and options. */
export function createProgram(): { program: Command; status(): number } {
  let exitStatus = 0;
  const does =
    (action: Action) =>
    async (...given: unknown[]) => {
      given.pop(); // Commander's own command
      exitStatus = await action(...(given as never[]));
    };

  const program = new Command('ligand')
    .description('Ligand at the command line')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(inOurWords(text)) })
    .showSuggestionAfterError(false)
    .addHelpText('after', rest);
  const group = (name: string, about: string) => refuseOthers(program.command(name).description(about));
  const add = (parent: Command, usage: string, about: string, action: Action) =>
    parent
      .command(usage)
      .description(about)
      .option('--url <url>', `the server; else LIGAND_URL, else where you logged in, else ${defaultUrl}`)
      .option('--json', 'write JSON')
      .action(does(action));

  add(
    program,
    'login',
    'ask for the password, or take it from LIGAND_PASSWORD, and keep the secrets',
    login,
  ).option('--email <e-mail>', 'else LIGAND_EMAIL, else it is asked for');
  addElements(group('elements', 'connectors: list, import, export, clone, delete'), add);
  addInstances(group('instances', 'connected accounts: list, create, switch, delete'), add);
  addCalls(program, add);
  refuseOthers(program);
  tab(program);
  return { program, status: () => exitStatus };
}

/** What is no command of this one. */
function refuseOthers(parent: Command): Command {
  return parent.argument('[command]').action((word: string | undefined) => {
    const parents = parent.parent ? `${parent.name()} ` : '';
    parent.error(`There is no command '${`${parents}${word ?? ''}`.trim()}'. See ligand --help.`);
  });
}

type Add = (parent: Command, usage: string, about: string, action: Action) => Command;

function addElements(elements: Command, add: Add): void {
  add(elements, 'list', 'the elements that you can use', listElements).option(
    '--where <ceql>',
    "such as hub = 'crm'",
  );
  add(elements, 'show <key-or-id>', 'one element', showElement);
  add(
    elements,
    'import <places...>',
    'files, folders or - with elements as Cloud Elements exported them, OpenAPI, Swagger, WSDL and OData documents',
    importElements,
  )
    .option('--update', 'change those of yours that are there already')
    .option('--dry-run', 'only tell what would be imported');
  add(elements, 'export <key-or-id>', 'the definition, as it was imported', exportElement).option(
    '--out <file>',
    'write it to a file',
  );
  add(elements, 'clone <key-or-id>', 'make one of your own of it', cloneElement);
  add(elements, 'delete <key-or-id>', 'delete one of your own', removeElement).alias('remove');
}

function addInstances(instances: Command, add: Add): void {
  add(instances, 'list', 'the accounts that are connected', listInstances)
    .option('--search <text>', 'part of the name')
    .option('--tag <tag>', 'only those with this tag');
  add(instances, 'show <id>', 'one of them, its secrets masked', showInstance).option(
    '--token',
    'only the Element token',
  );
  add(instances, 'create <element>', 'connect an account', createInstance)
    .requiredOption('--name <name>', 'what to call it')
    .option(
      '-c, --configuration <key=value>',
      'a value of the configuration; may be said again',
      collectPairs,
    )
    .option('-d, --data <json>', 'the whole body: JSON, @file, or - for standard input')
    .option('--tag <tag...>', 'tags');
  for (const [verb, about] of [
    ['enable', 'let hub calls through again'],
    ['disable', 'refuse hub calls until it is enabled'],
  ] as const)
    add(instances, `${verb} <id>`, about, (id: string, flags: object) => switchInstance(verb, id, flags));
  add(instances, 'delete <id>', 'disconnect it', removeInstance).alias('remove');
}

function addCalls(program: Command, add: Add): void {
  add(
    program,
    'call <instance> <method> <path>',
    'call a connected account: /contacts, or /hubs/crm/contacts',
    call,
  )
    .option('-q, --query <name=value>', 'of the query; may be said again', collectPairs)
    .option('-H, --header <name=value>', 'a header; may be said again', collectPairs)
    .option('-d, --data <body>', 'the body: text, @file, or - for standard input')
    .option('-i, --include', 'write the status and the headers of the reply too');
  add(program, 'logs', 'calls of connected accounts, the newest last', showLogs)
    .option('--element <key>', 'only calls of this element')
    .option('--status <status>', 'success or failed')
    .option('--search <text>', 'part of the path, the request id or what a failure said')
    .option('--from <time>', 'ISO 8601')
    .option('--to <time>', 'ISO 8601')
    .option('-n, --limit <number>', 'at most so many', '50')
    .option('-f, --follow', 'go on with those that come');
  add(program, 'usage', 'how many calls there were', showUsage)
    .option('--element <key>', 'only those of this element')
    .option('--interval <interval>', 'year, month, week, day, hour or minute', 'day')
    .option('--from <time>', 'ISO 8601')
    .option('--to <time>', 'ISO 8601');
}

/** `error: unknown option '--fast'` → one line that says where to look. */
function inOurWords(text: string): string {
  const plain =
    text
      .trim()
      .replace(/^error: /, '')
      .split('\n', 1)[0] ?? '';
  return `ligand: ${plain}${/--help/.test(plain) ? '' : ' (see ligand --help)'}\n`;
}
