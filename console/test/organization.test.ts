import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Scene, person, provider, setUp, startScene } from './scene.ts';
import { walk } from './walk.ts';

// A whole server, a provider and a browser share the machine with other tests.
vi.setConfig({ testTimeout: 90_000 });
let scene: Scene;
let page: Page;
beforeAll(async () => {
  scene = await startScene();
  // The page's policy would refuse the script that looks at it.
  ({ page } = await scene.open({ bypassCSP: true }));
  await setUp(scene, page);
}, 180_000);
afterAll(() => scene.close());

const go = (path: string, on = page) => on.goto(`${scene.origin}/organization/${path}`);
const press = (name: string, on = page) => on.getByRole('button', { name, exact: true }).click();
const pressIn = (section: string, name: string) =>
  page
    .locator('section', { has: page.getByRole('heading', { name: section }) })
    .getByRole('button', { name })
    .click();
const confirm = (name: string) => page.getByRole('alertdialog').getByRole('button', { name }).click();
const grace = { email: 'grace@example.com', password: 'Zażółć-gęślą-1', next: 'Gęślą-jaźń-22' };

async function logInAs(email: string, password: string): Promise<Page> {
  const { page: other } = await scene.open();
  await other.goto(scene.origin);
  await other.getByLabel('E-mail').fill(email);
  await other.getByLabel('Password').fill(password);
  await press('Log in', other);
  await other.getByRole('heading', { name: 'Catalog' }).waitFor();
  return other;
}

describe('users', () => {
  it('are added; the faults of a password are told in words, and the secret is shown once', async () => {
    await go('users');
    await page.getByRole('link', { name: 'Add a user' }).click();
    await page.getByLabel('First name').fill('Grace');
    await page.getByLabel('Last name').fill('Hopper');
    await page.getByLabel('E-mail').fill(grace.email);
    await page.getByLabel('Password (required)').fill('grace');
    await press('Add a user');
    await page.getByRole('alert').getByText('at least 8 characters', { exact: false }).waitFor();
    await page.getByRole('alert').getByText('must not contain the first name', { exact: false }).waitFor();
    await page.getByLabel('Password (required)').fill('Correct-horse8');
    await press('Add a user');
    await page.getByRole('heading', { name: 'Grace Hopper is added' }).waitFor();
    expect(await page.getByLabel('User secret', { exact: true }).textContent()).toMatch(/^\S{20,}$/);
  });

  it('are found by a search that the address holds, and changed', async () => {
    await go('users');
    await page.getByLabel('Search by name or e-mail').fill('hopper');
    await page.waitForURL(/search=hopper/);
    await page.getByText('1–1 of 1').waitFor();
    await page.getByRole('link', { name: 'Grace Hopper' }).click();
    await page.getByLabel('Phone').fill('123');
    await press('Save');
    await page.getByText('Saved').first().waitFor();
    await page.getByLabel('Customer Administrator').check();
    await page.getByText('Given: Customer Administrator').first().waitFor();
    await page.getByLabel('Customer Administrator').uncheck();
    await page.getByText('Taken: Customer Administrator').first().waitFor();
    await page.getByLabel('New password (required)').fill(grace.password);
    await press('Set the password');
    await page.getByText('The password is set').waitFor();
  });

  it('who may do less are offered less, and a refusal is told in words', async () => {
    const other = await logInAs(grace.email, grace.password);
    await other.getByRole('link', { name: 'Organization' }).click();
    await other.getByRole('heading', { name: 'Secrets and passwords' }).waitFor();
    const links = other.getByRole('navigation', { name: 'Organization' }).getByRole('link');
    expect(await links.allTextContents()).toEqual([
      'Secrets and passwords',
      'OAuth apps',
      'Usage and limits',
    ]);
    await go('audit', other);
    await other.getByText('none of your roles has the privilege', { exact: false }).waitFor();

    await go('secrets', other);
    await other.getByLabel('Password in use (required)').fill(grace.password);
    await other.getByLabel('New password (required)').fill(grace.next);
    await press('Change the password', other);
    await other.getByText('The password is changed').first().waitFor();
    await other.reload();
    await press('Log out everywhere', other);
    await other.getByRole('alertdialog').getByRole('button', { name: 'Log out everywhere' }).click();
    await other.getByRole('heading', { name: 'Log in' }).waitFor();
    await (await logInAs(grace.email, grace.next)).context().close();
    await other.context().close();
  });

  it('are switched off and deleted after a question that says what is lost', async () => {
    await press('Deactivate');
    await confirm('Deactivate');
    await press('Activate');
    await page.getByRole('button', { name: 'Deactivate' }).waitFor();
    await press('Delete');
    await page.getByRole('alertdialog').getByText('secret stops working at once', { exact: false }).waitFor();
    await confirm('Delete');
    await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
    await page.getByRole('link', { name: 'Grace Hopper' }).waitFor({ state: 'detached' });
  });
});

describe('roles, accounts and apps', () => {
  it('a role is changed, and all are reset', async () => {
    await go('roles');
    await page.getByRole('link', { name: 'Default User' }).click();
    await page.getByLabel('See elements').uncheck();
    await press('Save');
    await page.getByText('Saved').first().waitFor();
    await page.reload();
    await page.getByLabel('See elements').waitFor();
    expect(await page.getByLabel('See elements').isChecked()).toBe(false);
    await go('roles');
    await press('Reset all roles');
    await confirm('Reset all roles');
    await page.getByText('All roles are what they are by default').first().waitFor();
  });

  it('an account is added, limited, switched off and found as such', async () => {
    await go('accounts');
    await page.getByRole('link', { name: 'Add an account' }).click();
    await page.getByLabel('Id in your own systems').fill('acme');
    await press('Add an account');
    await page.getByRole('heading', { name: 'acme' }).waitFor();
    await page.getByLabel('Calls a minute').fill('600');
    await pressIn('Limits of hub calls', 'Save');
    await page.getByText('0 of 600 used', { exact: false }).waitFor();
    await press('Deactivate');
    await confirm('Deactivate');
    await page.getByText('acme is switched off').first().waitFor();
    await go('accounts');
    await page.getByLabel('State').selectOption({ label: 'Switched off' });
    await page.waitForURL(/state=inactive/);
    await page.getByRole('link', { name: 'acme' }).waitFor();
  });

  it('an OAuth app is stored, masked and deleted', async () => {
    await go('apps');
    await press('Store an app');
    await page.getByRole('link', { name: 'Act-On' }).click();
    await page.getByLabel('Client id').fill(provider.apiKey);
    await page.getByLabel('Client secret', { exact: true }).fill(provider.apiSecret);
    await press('Save');
    await page.getByText('Kept as it is').first().waitFor();
    expect(await page.getByLabel('Client secret', { exact: true }).inputValue()).not.toContain('demo');
    await press('Delete');
    await confirm('Delete');
    await page.getByText('No app is stored').waitFor();
  });
});

describe('secrets and the audit log', () => {
  it('secrets are shown after a question, and replaced with a time in which the old one works', async () => {
    await go('secrets');
    await press('Show the secrets');
    await confirm('Show the secrets');
    const shown = await page.getByLabel('Organization secret', { exact: true }).textContent();
    await press('Hide the secrets');
    await page.getByLabel('Which').selectOption({ label: 'Organization secret' });
    await press('Make a new secret');
    await confirm('Make a new secret');
    await page.getByText('The old one works until').waitFor();
    const made = await page.getByLabel('Organization secret', { exact: true }).textContent();
    expect([made?.length, made === shown]).toEqual([shown?.length, false]);
    await press('End the old one now');
    await confirm('End the old one now');
    await page.getByText('The old secret does not work any more').first().waitFor();
  });

  it('the log is filtered by who, what and when, and an entry is opened with the keyboard', async () => {
    await go(`audit?action=role.reset&user=${person.email}&from=2020-01-01`);
    await page.getByText('1–1 of 1').waitFor();
    await page.getByRole('table').getByRole('link').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Role reset', level: 1 }).waitFor();
    await page.getByText('PUT /organizations/roles/reset').waitFor();
  });
});

it(
  'axe finds nothing serious on any page, and none is wider than the screen',
  { timeout: 240_000 },
  async () => {
    const paths = [
      'users',
      'users/new',
      'users/1',
      'roles',
      'roles/3',
      'accounts',
      'accounts/new',
      'accounts/9999999',
      'secrets',
      'apps?add=true',
      `apps/${provider.key}`,
      'audit',
      'audit/1',
      'usage?range=day',
    ];
    expect(
      await walk(
        page,
        scene.origin,
        paths.map((path) => `/organization/${path}`),
      ),
    ).toEqual([]);
  },
);
