import { writeFile } from 'node:fs/promises';
import type { Element } from '@ligand/sdk';
import { collect, print, report } from './output.ts';
import { openClient } from './settings.ts';
import type { Flags } from './usage.ts';

const columns = {
  id: ({ id }: Element) => id,
  key: ({ key }: Element) => key,
  hub: ({ hub }: Element) => hub,
  whose: (one: Element) => (one['private'] ? 'yours' : 'shipped'),
  name: ({ name }: Element) => name,
};

export async function listElements(flags: Flags & { where?: string }): Promise<number> {
  const client = await openClient(flags.url);
  const query = { abridged: true, pageSize: 200, where: flags.where };
  return print(flags, await collect(client.each('/elements', { query })), columns);
}

export async function showElement(keyOrId: string, flags: Flags): Promise<number> {
  const client = await openClient(flags.url);
  return print(flags, await client.elements.get(keyOrId), columns);
}

export async function exportElement(keyOrId: string, flags: Flags & { out?: string }): Promise<number> {
  const client = await openClient(flags.url);
  const text = await client.elements.export(keyOrId);
  if (flags.out) {
    await writeFile(flags.out, `${text}\n`);
    return report(flags, `Written to ${flags.out}.`, { file: flags.out });
  }
  process.stdout.write(`${text}\n`);
  return 0;
}

export async function cloneElement(keyOrId: string, flags: Flags): Promise<number> {
  const client = await openClient(flags.url);
  return print(
    flags,
    await client.post('/elements/{keyOrId}/clone', { path: { keyOrId }, json: {} }),
    columns,
  );
}

export async function removeElement(keyOrId: string, flags: Flags): Promise<number> {
  const client = await openClient(flags.url);
  await client.elements.remove(keyOrId);
  return report(flags, `The element ${keyOrId} is deleted.`, { deleted: keyOrId });
}
