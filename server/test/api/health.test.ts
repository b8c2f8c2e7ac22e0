import { expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import { createTestDatabase } from '#test/database';

it('health says ready to anybody, and why not when the database is away', async () => {
  const database = await createTestDatabase();
  const app = await startTestApp({ databaseUrl: database.url });
  const ready = await app.call('GET', '/health', { authorization: null });
  expect(ready).toMatchObject({ status: 200, body: { status: 'ready', version: 'test' } });
  expect(ready.headers['elements-request-id']).toMatch(/^[0-9a-f]{24}$/);
  await database.drop();
  const away = await app.call('GET', '/health', { authorization: null });
  expect(away).toMatchObject({
    status: 503,
    body: { status: 'unavailable', reason: expect.stringMatching(/\S/) },
  });
  expect(away.text).not.toMatch(/postgres:\/\//);
  await app.close();
});
