/** Runs before the tests: makes sure of what npm does not install, or says in one line what to install. */
import { spawnSync } from 'node:child_process';
import { findChromium, isExecutable } from './chromium.ts';

const ADVICE = 'install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable';

function prepareChromium(): string | undefined {
  const found = findChromium();
  if (found) return isExecutable(found) ? undefined : `CHROMIUM_PATH=${found} cannot be run: ${ADVICE}`;
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) {
    return `The browser tests need a Chromium: ${ADVICE}`;
  }
  console.log('Installing Chromium for the browser tests (apt-get install chromium) …');
  const installed =
    apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  return installed && findChromium() ? undefined : `Chromium could not be installed: ${ADVICE}`;
}

function apt(...args: string[]): boolean {
  const { status, stderr } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) console.error(stderr);
  return status === 0;
}

const fault = prepareChromium();
if (fault !== undefined) {
  console.error(fault);
  process.exitCode = 1;
}
