import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'ligand-main-'));
const source = join(folder, 'server/src/process.ts');
const inputs = join(folder, 'server/dist/inputs.json');

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const started = () =>
  execFileSync(process.execPath, [join(folder, 'server/src/main.js')], { encoding: 'utf8' }).trim();

beforeEach(() => {
  write(join(folder, 'package.json'), '{"type":"module"}');
  write(source, "const name: string = 'source';\nconsole.log(name);\n");
  write(join(folder, 'server/dist/process.js'), "console.log('bundle');\n");
  copyFileSync(fileURLToPath(new URL('../src/main.js', import.meta.url)), join(folder, 'server/src/main.js'));
  const { mtimeMs, size } = statSync(source);
  write(inputs, JSON.stringify([{ path: 'server/src/process.ts', mtimeMs, sizeBytes: size }]));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the door of the server', () => {
  it('takes the bundle while nothing that it was made of has changed', () => {
    expect(started()).toBe('bundle');
  });

  it.each<[string, () => void]>([
    ['was edited', () => utimesSync(source, new Date(), new Date(Date.now() + 5))],
    ['became older', () => utimesSync(source, new Date(), new Date(0))],
    ['has another size', () => write(source, "console.log('source');\n")],
  ])('takes the sources when one %s', (_, change) => {
    change();
    expect(started()).toBe('source');
  });

  it.each<[string, () => void]>([
    ['was made', () => rmSync(inputs)],
    ['was made to its end', () => write(inputs, '[{"path":')],
    ['knows all files', () => write(inputs, '[{"path":"server/src/gone.ts","mtimeMs":1,"sizeBytes":1}]')],
  ])('takes the sources when no bundle %s', (_, change) => {
    change();
    expect(started()).toBe('source');
  });
});
