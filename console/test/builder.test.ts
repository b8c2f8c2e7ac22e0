import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Scene, answerProvider, askProvider, provider, setUp, startScene } from './scene.ts';
import { walk } from './walk.ts';

// A whole server and a browser share the machine with other tests.
vi.setConfig({ testTimeout: 90_000 });
let scene: Scene;
let page: Page;
let folder: string;
const complaints: string[] = [];

const definition = {
  name: 'Hat shop',
  key: 'hatshop',
  hub: 'ecommerce',
  authentication: { type: 'apiKey' },
  weight: 1,
  configuration: [
    { key: 'base.url', name: 'URL', description: 'Of the API', defaultValue: 'https://hats.example.com' },
  ],
  resources: [
    { method: 'GET', path: '/hats', vendorMethod: 'GET', vendorPath: '/v1/hats', type: 'api' },
    { method: 'GET', path: '/caps', vendorMethod: 'GET', vendorPath: '/v1/caps', kind: 'java', type: 'api' },
  ],
};
const models = [{ id: 3, name: 'Hat', modelFields: [{ name: 'id', dataType: { jsonType: 'string' } }] }];
const openapi = `openapi: 3.0.0
info: { title: Scarf shop, version: '1' }
servers: [{ url: https://scarves.example.com }]
paths:
  /scarves:
    get:
      responses: { '200': { description: All of them } }
`;

beforeAll(async () => {
  scene = await startScene();
  folder = await mkdtemp(join(tmpdir(), 'ligand-import-'));
  ({ page } = await scene.open());
  page.on('console', (message) => {
    // A refusal that a test asks for is told by the browser too.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await setUp(scene, page);
}, 120_000);
afterAll(async () => {
  await scene.close();
  await rm(folder, { recursive: true, force: true });
});

const go = async (path: string) => {
  await page.goto(scene.origin + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
};
const row = (name: string) => page.getByRole('listitem').filter({ hasText: name }).first();
const save = async () => {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).first().waitFor();
};

async function drop(files: Record<string, string>): Promise<void> {
  const transfer = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    for (const [name, text] of Object.entries(${JSON.stringify(files)})) data.items.add(new File([text], name));
    return data;
  })()`);
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

describe('importing', () => {
  it('takes files that are dropped: an element with what cannot work, a document, and what is neither', async () => {
    await go('/catalog');
    await page.getByRole('link', { name: 'Import' }).click();
    await page.getByRole('heading', { name: 'Import elements' }).waitFor();
    await drop({
      'hats.json': JSON.stringify(definition),
      'scarves.yaml': openapi,
      'notes.json': '{"a": 1}',
      'broken.json': '{"name": ',
    });
    await page.getByText('4 of 4 done').waitFor();
    await page.getByText('1 problem', { exact: true }).waitFor();
    await row('hats.json').getByText('GET /caps').waitFor();
    await row('scarves.yaml').getByRole('link', { name: 'Open Scarf shop' }).waitFor();
    await row('notes.json').getByText('It is no element', { exact: false }).waitFor();
    await row('broken.json').getByText('cannot be read', { exact: false }).waitFor();
  });

  it('of a key that is taken changes the element that is there, or takes another key', async () => {
    const file = join(folder, 'again.json');
    await writeFile(file, JSON.stringify({ ...definition, description: 'Again', models }));
    await page.locator('input[type=file]').setInputFiles(file);
    await row('again.json').getByRole('button', { name: 'Change the element that is there' }).click();
    await row('again.json').getByRole('link', { name: 'Open Hat shop' }).waitFor();
    await page.getByText('Paste a document').click();
    await page.getByLabel('Document').fill(JSON.stringify(definition));
    await page.getByRole('button', { name: 'Import this text' }).click();
    await row('Pasted text').getByLabel('Another key').fill('hatshop2');
    await row('Pasted text').getByRole('button', { name: 'Import under another key' }).click();
    await row('Pasted text').getByRole('link', { name: 'Open Hat shop' }).click();
    await page.waitForURL(/\/catalog\/hatshop2$/);
  });
});

describe('an element', () => {
  it('is exported as it was imported', async () => {
    await go('/catalog/hatshop');
    await page.getByRole('button', { name: 'More' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Export' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('hatshop.json');
    const text = await readFile(await download.path(), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ key: 'hatshop', weight: 1, description: 'Again' });
  });

  it('is cloned when it is a shipped one, and deleted after a question', async () => {
    await go('/catalog/acton');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Clone' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Clone' }).click();
    await page.waitForURL(/\/catalog\/actonclone$/);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText('This cannot be undone', { exact: false }).waitFor();
    await question.getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/\/catalog$/);
  });

  it('that is shipped gets resources of one’s own', async () => {
    await go('/catalog/acton');
    await page.getByRole('link', { name: 'Extend' }).click();
    await page.getByText('No resources of your own').waitFor();
    await page.getByRole('link', { name: 'Add a resource' }).click();
    await page.getByLabel('Path (required)').fill('/mine');
    await save();
    await page.getByRole('heading', { name: 'GET /hubs/marketing/mine' }).waitFor();
  });
});

describe('the builder', () => {
  it('shows what the server finds wrong at its field', async () => {
    await go('/catalog/hatshop/edit');
    await page.getByLabel('Name (required)').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    const name = page.getByLabel('Name (required)');
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    await name.fill('Hat shop');
    await page.getByRole('tab', { name: 'Configuration' }).click();
    await page.getByRole('link', { name: 'Add a configuration row' }).click();
    await page.getByLabel('Key (required)').fill('shop');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.getByLabel('Name (required)').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Name (required)').fill('Shop');
    await page.getByLabel('Help text (required)').fill('Which one');
    await save();
    await page.getByRole('heading', { name: 'shop', exact: true }).waitFor();
  });

  it('asks before unsaved changes are lost', async () => {
    await page.getByLabel('Help text (required)').fill('Whichever');
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByLabel('Help text (required)').inputValue()).toBe('Whichever');
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('table', { name: 'Configuration' }).waitFor();
  });

  it('changes a resource with its parameters and scripts in one go', async () => {
    await page.getByRole('tab', { name: 'Resources' }).click();
    await page.getByRole('link', { name: '/hats' }).click();
    await page.getByLabel("Provider's path").fill('/v2/hats');
    await page.getByRole('button', { name: 'Add a parameter' }).click();
    await page.getByLabel('Name (required)').fill('colour');
    await page.getByLabel("Provider's name").fill('color');
    await page.getByRole('button', { name: 'Add a hook' }).click();
    const editor = page.getByRole('textbox', { name: /^Script: / });
    await editor.waitFor();
    await page.getByText('request_vendor_parameters').first().waitFor();
    await editor.press('Control+a');
    await editor.pressSequentially('done({ request_vendor_b');
    await page
      .locator('.cm-tooltip-autocomplete')
      .getByText('request_vendor_body', { exact: true })
      .waitFor();
    await editor.press('Escape');
    await page.getByText('Unsaved changes').waitFor();
    await editor.press('Control+a');
    await editor.pressSequentially('console.log(request_path);');
    await editor.press('Control+s');
    await page.getByText('Saved', { exact: true }).first().waitFor();
    await page.reload();
    await page.getByText('colour (query) → color (query)').waitFor();
    await page.getByText('console.log(request_path);').first().waitFor();
  });
});

const writeInto = async (editor: string, text: string) => {
  await page.getByRole('textbox', { name: editor }).press('Control+a');
  await page.keyboard.insertText(text);
};

describe('objects and models', () => {
  it('an object is made with its fields, and keeps its name', async () => {
    await go('/catalog/hatshop2/edit?tab=objects');
    await page.getByText('No objects').waitFor();
    await page.getByRole('link', { name: 'Add an object' }).click();
    const name = page.getByLabel('Name (required)').first();
    await page.getByLabel("Provider's name").fill('Hat');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    await name.fill('hats');
    await page.getByLabel('Primary key').fill('id');
    await page.getByLabel('Accounts may have custom fields in it').check();
    await page.getByRole('button', { name: 'Add a field' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Field 1 has no name', { exact: false }).waitFor();
    await page.getByLabel('Name (required)').last().fill('width');
    await page.getByLabel('Type').selectOption('number');
    await page.getByLabel("Provider's path").fill('size.width');
    await page.getByLabel('Custom field', { exact: true }).check();
    await save();
    await page.getByRole('heading', { name: 'hats', exact: true }).waitFor();
    await page.reload();
    await page.getByText('width (number)').click();
    expect(await page.getByLabel("Provider's path").inputValue()).toBe('size.width');
    expect(await page.getByLabel('Primary key').inputValue()).toBe('id');
    await name.fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  it('a model is a schema whose faults are told where it is written', async () => {
    await page.getByRole('tab', { name: 'Models' }).click();
    await page.getByText('No models').waitFor();
    await page.getByRole('link', { name: 'Add a model' }).click();
    await page.getByLabel('Name (required)').fill('Hat');
    const write = (text: string) => writeInto('JSON schema', text);
    await write('{"type": ');
    await page.getByText('This is no JSON', { exact: false }).waitFor();
    await page.locator('.cm-lintPoint-error').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('This is no JSON', { exact: false }).waitFor();
    await write('[]');
    await page.getByText('A model is a JSON object', { exact: false }).first().waitFor();
    await write('{"type": "object", "properties": {"id": {"type": "string"}, "width": {"type": "number"}}}');
    await save();
    await page.getByRole('heading', { name: 'Hat', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.getByRole('row', { name: 'Hat 2' }).waitFor();
    await page.getByRole('link', { name: 'Add a model' }).click();
    await page.getByLabel('Name (required)').fill('Hat');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('There is a model Hat already').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.getByRole('link', { name: 'Hat', exact: true }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No models').waitFor();
  });
});

describe('versions', () => {
  it('tell what each change was, and bring an earlier state back', async () => {
    await go('/catalog/hatshop/versions');
    await page
      .getByLabel(/GET .*\/hats: vendorPath/)
      .getByText('+ /v2/hats')
      .waitFor();
    await page.getByRole('navigation', { name: 'Versions' }).getByRole('link').nth(1).click();
    await page.waitForURL(/version=/);
    await page.getByText('configuration shop').waitFor();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click();
    await page.getByText('is the definition again', { exact: false }).first().waitFor();
    await page
      .getByLabel(/vendorPath/)
      .getByText('- /v2/hats')
      .waitFor();
  });
});

it('a model of a newer definition is a row with its fields, and may get another name', async () => {
  await go('/catalog/hatshop/edit?tab=models');
  await page.getByRole('link', { name: 'Hat', exact: true }).click();
  await page.getByLabel('Name (required)').fill('Headgear');
  await writeInto('The model as JSON', '{"modelFields": [{"name": "id"}, {"name": "width"}]}');
  await save();
  await page.reload();
  await page.getByRole('heading', { name: 'Headgear', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await page.getByRole('row', { name: 'Headgear 2' }).waitFor();
});

describe('a resource', () => {
  it('is tried for an account: our call, what went to the provider, and the reply', async () => {
    await answerProvider(await askProvider(scene, page), 'Allow');
    await page.waitForURL(/\/instances\/\d+/);
    await go(`/catalog/${provider.key}/try`);
    await page.getByLabel('Resource').selectOption({ label: 'GET /hubs/marketing/lists' });
    await page.waitForURL(/resource=/);
    await page.getByLabel('More query parameters').fill('pageSize=1');
    await page.getByRole('button', { name: 'Send' }).click();
    const exchange = page.getByRole('article', { name: 'Request 1' });
    await exchange.getByText(/GET http.*count=1/).waitFor();
    await page.getByText('GET /hubs/marketing/lists?pageSize=1').waitFor();
    expect(await page.getByLabel('The reply: Body', { exact: true }).textContent()).toContain('"id"');
  });
});

it('has broken neither the policy nor anything else', () => expect(complaints).toEqual([]));

describe('for everybody', () => {
  it('axe finds nothing serious, and no page is wider than the screen', async () => {
    const { page: looked, context } = await scene.open({
      // The page's policy would refuse the script that looks at it.
      bypassCSP: true,
      storageState: await page.context().storageState(),
    });
    const found = await walk(looked, scene.origin, [
      '/import',
      '/catalog/hatshop?tab=report',
      '/catalog/hatshop/edit',
      '/catalog/hatshop/edit?tab=hooks',
      '/catalog/hatshop2/edit?tab=objects&row=1',
      '/catalog/hatshop/edit?tab=models&row=%2B',
      '/catalog/hatshop/edit?tab=resources&row=1',
      '/catalog/hatshop/versions',
      '/catalog/hatshop/try',
    ]);
    expect(found).toEqual([]);
    await context.close();
  });
});
