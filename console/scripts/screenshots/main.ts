import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BrowserContext } from 'playwright-core';
import { type Scene, startScene } from '../../test/scene.ts';
import { type Shot, outside, shotsOf } from './pages.ts';
import { openApps, openDesk } from './provider.ts';
import { tell } from './story.ts';

const help = `Usage: npm run screenshots -- [options]

Starts the product on an empty folder with the simulated provider, works with it as people do, and takes the pictures of the console that the
README and the docs show, into docs/images.

  --all <folder>    Takes every page instead, light and dark, wide and narrow, for looking
  --only <text>     Only pages whose name has this in it
  --help            Show this text`;

const images = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const owner = fileURLToPath(new URL('../../../server/test/support/embedded-owner.ts', import.meta.url));
/** The same in each run, as some are in the pictures. */
const ports = { server: 8642, desk: 8651, apps: 8652 };
const sizes = {
  wide: { viewport: { width: 1440, height: 900 } },
  narrow: { viewport: { width: 390, height: 844 }, isMobile: true },
};
const settleTimeoutMs = 15_000;

const { values: flags } = parseArgs({
  options: { all: { type: 'string' }, only: { type: 'string', default: '' }, help: { type: 'boolean' } },
});

/** A PostgreSQL of its own, whose address is known: the pictures need a past. */
async function startDatabase(folder: string) {
  const child = spawn(process.execPath, [owner, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url = ''] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const ended = once(child, 'exit');
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function take(context: BrowserContext, origin: string, shot: Shot, path: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(origin + shot.path, { waitUntil: 'networkidle' });
  await shot.act?.(page);
  await page.waitForLoadState('networkidle');
  await page
    .locator('[aria-busy=true], .animate-pulse')
    .first()
    .waitFor({ state: 'detached', timeout: settleTimeoutMs })
    .catch(() => console.warn(`${shot.name} is still loading`));
  await page.screenshot({ path, animations: 'disabled', fullPage: flags.all !== undefined });
  await page.close();
}

/** Every page in both themes and at both widths. */
async function takeAll(scene: Scene, context: BrowserContext, shots: Shot[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const storageState = await context.storageState();
  for (const colorScheme of ['light', 'dark'] as const)
    for (const [size, device] of Object.entries(sizes)) {
      const inside = await scene.browser.newContext({ ...device, colorScheme, storageState });
      const stranger = await scene.browser.newContext({ ...device, colorScheme });
      for (const shot of [...shots, ...outside].filter(({ name }) => name.includes(flags.only))) {
        const where = outside.includes(shot) ? stranger : inside;
        await take(where, scene.origin, shot, join(folder, `${shot.name}.${size}.${colorScheme}.png`)).catch(
          (error) => console.warn(`${shot.name}: ${(error as Error).message.split('\n', 1)[0]}`),
        );
      }
      await Promise.all([inside.close(), stranger.close()]);
    }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ligand-screenshots-'));
  const database = await startDatabase(join(folder, 'database'));
  const [desk, apps] = await Promise.all([openDesk(ports.desk), openApps(ports.apps)]);
  const scene = await startScene({
    port: ports.server,
    allowHosts: [desk, apps],
    databaseUrl: database.url,
  });
  try {
    const { context, page } = await scene.open({ ...sizes.wide, colorScheme: 'light' });
    const told = await tell(scene, page, { desk, apps, databaseUrl: database.url });
    const shots = shotsOf(told);
    if (flags.all !== undefined) return await takeAll(scene, context, shots, flags.all);
    for (const shot of shots.filter(({ shown, name }) => shown && name.includes(flags.only)))
      await take(context, scene.origin, shot, join(images, `console-${shot.name}.png`));
  } finally {
    await scene.close();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (flags.help) console.log(help);
else await main();
