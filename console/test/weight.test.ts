import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../dist/', import.meta.url));
const mostBytes = 200_000;

interface Chunk {
  file: string;
  imports?: string[];
}

const manifest = JSON.parse(readFileSync(`${folder}.vite/manifest.json`, 'utf8')) as Record<string, Chunk>;

/** Everything that a browser loads before it shows a page, compressed as an old browser gets it. */
function weightOf(...entries: string[]): number {
  const files = new Set<string>();
  const walk = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`Nothing was built of ${name}`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(walk);
  };
  entries.forEach(walk);
  const sizeOf = (file: string): number => {
    try {
      return statSync(`${folder}${file}.gz`).size;
    } catch {
      return statSync(`${folder}${file}`).size;
    }
  };
  return [...files].reduce((sum, file) => sum + sizeOf(file), 0);
}

it.each(
  Object.keys(manifest)
    .filter((name) => name.startsWith('src/pages/'))
    .map((page) => [page]),
)('a first view of %s loads less than 200 kB of compressed JavaScript', (page) => {
  expect(weightOf('index.html', page)).toBeLessThan(mostBytes);
});
