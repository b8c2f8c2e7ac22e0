import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../server/test/support/chromium.ts';

// Runs the demo and takes the picture of it that the README shows: npm run picture

const shownFrom = /^.*2\. /m;
const mostLines = 46;
const colours: Record<string, string> = { 1: 'b', 2: 'dim', 31: 'red', 32: 'green', 34: 'blue', 36: 'cyan' };

async function runDemo(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ligand-picture-'));
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(
        process.execPath,
        [fileURLToPath(new URL('main.ts', import.meta.url)), '--exit', '--data', folder],
        {
          env: { ...process.env, FORCE_COLOR: '1' },
        },
      );
      let said = '';
      child.stdout.on('data', (chunk) => (said += String(chunk)));
      child.on('close', (status) =>
        status === 0 ? resolve(said) : reject(new Error(`The demo ended with status ${status}`)),
      );
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** ESC [ … m; built from a string, since an escape character in a literal reads as a mistake. */
const ansiStyle = new RegExp(String.raw`\x1b\[(\d+)m`, 'g');

/** Terminal colours as spans. */
function toHtml(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  let open = 0;
  return safe.replaceAll(ansiStyle, (_, code: string) => {
    const style = colours[code];
    if (style) {
      open++;
      return `<span class="${style}">`;
    }
    return open-- > 0 ? '</span>' : '';
  });
}

const page = (lines: string) => `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #101418; color: #d5dde5; width: 62rem }
pre { margin: 0; padding: 1.25rem 1.5rem; font: 13px/1.45 'DejaVu Sans Mono', monospace; white-space: pre-wrap; overflow-wrap: anywhere }
.b { font-weight: bold } .dim { color: #93a1ae } .red { color: #ff8f8f } .green { color: #7fd88f } .blue { color: #86b7ff } .cyan { color: #6fd3e0 }
</style><pre>${lines}</pre>`;

const said = await runDemo();
const lines = said.slice(said.search(shownFrom)).split('\n').slice(0, mostLines).join('\n');

const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const tab = await browser.newPage({ viewport: { width: 992, height: 400 }, deviceScaleFactor: 1.5 });
  await tab.setContent(page(toHtml(lines)));
  await tab.screenshot({
    path: fileURLToPath(new URL('../docs/images/demo.png', import.meta.url)),
    fullPage: true,
  });
} finally {
  await browser.close();
}
