import type { Instance, NewInstance } from '@ligand/sdk';
import { collect, print, readGiven, report } from './output.ts';
import { openClient } from './settings.ts';
import { type Flags, UsageError } from './usage.ts';

const elementOf = (instance: Instance) => (instance['element'] as { key?: string } | undefined)?.key;
const columns = {
  id: ({ id }: Instance) => id,
  element: elementOf,
  state: ({ disabled, valid }: Instance) =>
    disabled ? 'disabled' : valid ? 'enabled' : 'to be connected again',
  tags: ({ tags }: Instance) => tags.join(' '),
  name: ({ name }: Instance) => name,
};

export async function listInstances(flags: Flags & { search?: string; tag?: string }): Promise<number> {
  const client = await openClient(flags.url);
  const query = { pageSize: 200, searchText: flags.search, 'tags[]': flags.tag };
  try {
    return print(flags, await collect(client.each('/instances', { query })), columns);
  } catch (error) {
    // The API says so of a list that is empty.
    if ((error as { status?: number }).status !== 404) throw error;
    return print(flags, [] as Instance[], columns);
  }
}

export async function showInstance(id: string, flags: Flags & { token?: boolean }): Promise<number> {
  const client = await openClient(flags.url);
  const instance = await client.get('/instances/{id}', { path: { id } });
  if (!flags.token) return print(flags, instance, columns);
  process.stdout.write(`${instance.token}\n`);
  return 0;
}

interface NewFlags extends Flags {
  name: string;
  configuration?: Record<string, string>;
  data?: string;
  tag?: string[];
}

export async function createInstance(element: string, flags: NewFlags): Promise<number> {
  const client = await openClient(flags.url);
  const given = flags.data === undefined ? {} : readBody(await readGiven(flags.data));
  const instance = await client.post('/instances', {
    json: {
      ...given,
      name: flags.name,
      element: /^\d+$/.test(element) ? { id: Number(element) } : { key: element },
      ...(flags.tag && { tags: flags.tag }),
      configuration: { ...given.configuration, ...flags.configuration },
    },
  });
  return print(flags, instance, columns);
}

function readBody(text: string): Partial<NewInstance> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // The same is to be said of it.
  }
  throw new UsageError('What --data gives is no JSON object.');
}

export async function switchInstance(verb: 'enable' | 'disable', id: string, flags: Flags): Promise<number> {
  const client = await openClient(flags.url);
  const call = verb === 'enable' ? client.put : client.delete;
  await call('/instances/{id}/enabled', { path: { id } });
  return report(flags, `The account ${id} is ${verb}d.`, { id: Number(id), disabled: verb === 'disable' });
}

export async function removeInstance(id: string, flags: Flags): Promise<number> {
  const client = await openClient(flags.url);
  await client.delete('/instances/{id}', { path: { id } });
  return report(flags, `The account ${id} is disconnected.`, { deleted: Number(id) });
}
