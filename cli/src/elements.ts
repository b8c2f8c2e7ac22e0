import { writeFile } from 'node:fs/promises';
import type { Element } from '@ligand/sdk';
import type { Flags } from './main.ts';
import { openClient } from './settings.ts';
import { toTable } from './table.ts';

const pageSize = 200;

export async function listElements(flags: Flags): Promise<number> {
  const client = await openClient(flags.url);
  const all: Element[] = [];
  for (let page = 1; ; page++) {
    const some = await client.elements.list({ abridged: true, page, pageSize });
    all.push(...some);
    if (some.length < pageSize) break;
  }
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(all, undefined, 2)}\n`);
    return 0;
  }
  const rows = all.map((one) => [
    String(one.id),
    one.key,
    one.hub,
    one.private ? 'yours' : 'shipped',
    one.name,
  ]);
  process.stdout.write(`${toTable(['id', 'key', 'hub', 'whose', 'name'], rows)}\n`);
  return 0;
}

export async function exportElement(keyOrId: string, flags: Flags): Promise<number> {
  const client = await openClient(flags.url);
  const text = await client.elements.export(keyOrId);
  if (flags.out) {
    await writeFile(flags.out, `${text}\n`);
    process.stderr.write(`Written to ${flags.out}.\n`);
  } else process.stdout.write(`${text}\n`);
  return 0;
}

export async function removeElement(keyOrId: string, flags: Flags): Promise<number> {
  const client = await openClient(flags.url);
  await client.elements.remove(keyOrId);
  process.stderr.write(`The element ${keyOrId} is deleted.\n`);
  return 0;
}
