import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { bookshop, resource } from '#test/definition';
import type { Tenant } from '#test/tenant';

let app: TestApp;
/** Somebody of the organization whose roles give nothing. */
let nobody: Tenant;

beforeAll(async () => {
  app = await startTestApp({ elements: [bookshop([resource('GET', '/books')])] });
  nobody = await app.addTenant({ sameOrganization: true, roles: ['no-such-role'] });
});
afterAll(() => app.close());

const asNobody = () => `User ${nobody.userSecret}, Organization ${app.organizationSecret}`;

it('every operation that asks for a privilege refuses who has none, by its name and before it looks further', async () => {
  const { body: document } = await app.call('GET', '/docs/json');
  let checked = 0;
  for (const [path, item] of Object.entries(document.paths as Loose)) {
    for (const [method, operation] of Object.entries(item as Loose)) {
      const { 'x-privileges': privileges, security } = operation as Loose;
      if (!privileges) continue;
      const isElement = (security as object[]).some((one) => 'Element' in one);
      const asked = path.replace('/elements/api-v2', '').replaceAll(/\{[^}]+\}/g, '-1');
      const reply = await app.call(method.toUpperCase(), asked, {
        authorization: isElement ? nobody.asElement('x') : asNobody(),
        ...(method === 'get' ? {} : { json: [] }),
      });
      expect({ method, path, status: reply.status }).toEqual({ method, path, status: 403 });
      expect(Object.keys(reply.body)).toEqual(['requestId', 'message']);
      for (const privilege of privileges) expect(reply.body.message).toContain(`'${privilege}'`);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(30);
});

it('the catalog is there for who sends no credentials, but not for whose roles do not show it', async () => {
  expect((await app.call('GET', '/elements', { authorization: null })).status).toBe(200);
  expect((await app.call('GET', '/elements', { authorization: asNobody() })).status).toBe(403);
  expect((await app.call('GET', '/hubs/documents/elements', { authorization: asNobody() })).status).toBe(403);
});

it('what an organization has changed of a role counts as soon as it is told', async () => {
  const [organization] = await app.query(
    sql<{ id: number }>`select id from organization order by id limit 1`,
  );
  const id = organization?.id ?? 0;
  await app.query(sql`insert into role_change (organization_id, role_key, name, description, active, privileges)
    values (${id}, 'default-user', 'Default User', '', true, array['viewElements'])`);
  const user = await app.addTenant({ sameOrganization: true, roles: ['default-user'] });
  const authorization = `User ${user.userSecret}, Organization ${app.organizationSecret}`;
  const make = () => app.call('POST', '/elements', { authorization, json: {} });
  expect((await make()).body.message).toContain("'createElements'");
  await app.query(sql`update role_change set privileges = array['viewElements', 'createElements']`);
  await app.query(sql`select pg_notify('ligand_accounts', ${String(id)})`);
  await expect.poll(async () => (await make()).status).toBe(400);
  await app.query(sql`update role_change set active = false`);
  await app.query(sql`select pg_notify('ligand_accounts', ${String(id)})`);
  await expect.poll(async () => (await make()).status).toBe(403);
});
