import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { createClient } from '#test/client';
import { library, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

// What one customer's hooks do to themselves, and to nobody else.

const attacks: Record<string, string> = {
  'ends the process': 'done({ n: "x".repeat(2 ** 28).split("").length })',
  'fills the memory': 'const all = []; for (;;) all.push(new Array(100000).fill(all.length))',
  'cannot be stopped': '[].indexOf.call({ length: 2 ** 53 - 1 }, 1); done()',
  'never waits': 'const bomb = () => Promise.resolve().then(bomb); bomb()',
  'traps whoever reads its error': 'throw { get message() { for (;;) {} } }',
};

let app: TestApp;
let provider: Provider;
let other: Connected;

const hooked = (path: string, body: string) =>
  resource('GET', path, { hooks: [{ type: 'preRequest', mimeType: 'application/javascript', body }] });

beforeAll(async () => {
  provider = await startProvider();
  const resources = Object.values(attacks).map((body, index) => hooked(`/attack/${index}`, body));
  const fine = hooked('/fine', 'done({ request_vendor_parameters: { fine: request_path } })');
  app = await startTestApp({
    elements: [library([...resources, fine], { authentication: { type: 'custom' } })],
    elementDefaults: { library: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  other = await app.connect('library', { configuration: { username: 'a', password: 'b' } });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

describe('while a script of another customer', () => {
  it.each(Object.keys(attacks).map((name, index) => [name, index] as const))(
    '%s, calls with hooks work',
    async (_, index) => {
      const { userSecret, organizationSecret = '' } = await app.addTenant();
      const client = createClient(app.origin, { userSecret, organizationSecret });
      const attacker = await client.connect('library', { configuration: { username: 'a', password: 'b' } });
      provider.answer({ body: { ok: true } });
      const attack = attacker.call('GET', `/attack/${index}`);
      for (let served = 0; served < 10; served++) {
        expect(await other.call('GET', '/fine')).toMatchObject({ status: 200, body: { ok: true } });
      }
      const { status, body } = await attack;
      expect(status).toBe(500);
      expect(body.message).toMatch(/^Hook "library GET \/attack\/\d preRequest" failed/);
      expect(await attacker.call('GET', '/fine')).toMatchObject({ status: 200 });
      expect((await app.call('GET', '/health')).status).toBe(200);
    },
  );
});
