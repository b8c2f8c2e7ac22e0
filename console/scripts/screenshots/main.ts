import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BrowserContext, BrowserContextOptions } from 'playwright-core';
import { type Scene, logIn, startScene } from '../../test/scene.ts';
import { type Shot, type Viewer, shotsOf } from './pages.ts';
import { openApps, openDesk } from './provider.ts';
import { type Told, tell } from './story.ts';

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
  await page.goto(new URL(shot.path, origin).href, { waitUntil: 'networkidle' });
  await shot.act?.(page);
  await page.locator('h1').first().waitFor({ timeout: settleTimeoutMs });
  await page.waitForLoadState('networkidle');
  await page
    .locator('[aria-busy=true], .animate-pulse')
    .first()
    .waitFor({ state: 'detached', timeout: settleTimeoutMs })
    .catch(() => console.warn(`${shot.name} is still loading`));
  // A picture of the whole page begins at its top.
  if (flags.all !== undefined) await page.evaluate('window.scrollTo(0, 0)');
  await page.screenshot({ path, animations: 'disabled', fullPage: flags.all !== undefined });
  await page.close();
}

/** Every page in both themes and at both widths; the two widths side by side, as most of the time is waiting. */
async function takeAll(scene: Scene, told: Told, states: States, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const shots = shotsOf(told).filter(({ name }) => name.includes(flags.only));
  for (const colorScheme of ['light', 'dark'] as const)
    await Promise.all(
      Object.entries(sizes).map(async ([size, device]) => {
        const open = (viewer: Viewer) =>
          scene.browser.newContext({ ...device, ...states[viewer], colorScheme });
        const contexts = {
          owner: await open('owner'),
          newcomer: await open('newcomer'),
          stranger: await open('stranger'),
        };
        for (const shot of shots) {
          const path = join(folder, `${shot.name}.${size}.${colorScheme}.png`);
          await take(contexts[shot.viewer ?? 'owner'], scene.origin, shot, path).catch((error) =>
            console.warn(`${shot.name}: ${(error as Error).message.split('\n', 1)[0]}`),
          );
        }
        for (const context of Object.values(contexts)) await context.close();
      }),
    );
}

/** What the browsers of those who look begin with. */
type States = Record<Viewer, BrowserContextOptions>;

async function logInAs(scene: Scene, who: { email: string; password: string }) {
  const { context, page } = await scene.open();
  await logIn(scene, page, who);
  const storageState = await context.storageState();
  await context.close();
  return { storageState };
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ligand-screenshots-'));
  const database = await startDatabase(join(folder, 'database'));
  const origin = `http://127.0.0.1:${ports.server}`;
  const [desk, apps] = await Promise.all([openDesk(ports.desk), openApps(ports.apps, origin)]);
  const scene = await startScene({
    port: ports.server,
    allowHosts: [desk, apps],
    databaseUrl: database.url,
  });
  try {
    const { context, page } = await scene.open({ ...sizes.wide, colorScheme: 'light' });
    const told = await tell(scene, page, { desk, apps, databaseUrl: database.url });
    if (flags.all !== undefined) {
      const states = {
        owner: { storageState: await context.storageState() },
        newcomer: await logInAs(scene, told.newcomer),
        stranger: {},
      };
      return await takeAll(scene, told, states, flags.all);
    }
    for (const shot of shotsOf(told).filter(({ shown, name }) => shown && name.includes(flags.only)))
      await take(context, scene.origin, shot, join(images, `console-${shot.name}.png`));
  } finally {
    await scene.close();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (flags.help) console.log(help);
else await main();
