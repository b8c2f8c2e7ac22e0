import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { createPeople } from '#test/people';
import type { Person } from '#test/people';

let app: TestApp;
let user: Person;
let stranger: Person;

beforeAll(async () => {
  app = await startTestApp();
  const people = createPeople(app);
  user = await people.add(['org']);
  stranger = await people.addCustomer();
});
afterAll(() => app.close());
beforeEach(() => app.call('DELETE', path));

const path = '/organizations/branding';
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const colours = [
  'headerColor bodyColor themePrimaryColor themeSecondaryColor themeHighlightColor buttonPrimaryBackgroundColor',
  'buttonPrimaryTextColor buttonSecondaryBackgroundColor buttonSecondaryTextColor buttonDeleteBackgroundColor',
  'buttonDeleteTextColor logoBackgroundColor topBarBackgroundColor topBarNavigationColor topBarTitleColor',
  'navigationBackgroundColor navigationLinkBackground navigationLinkBackgroundHover navigationLinkBackgroundActive',
  'navigationLinkForeground navigationLinkForegroundHover navigationLinkForegroundActive navigationItemBorderColor',
  'contextBackgroundColor cardHeaderColor cardBackground cardMenuBackground cardMenuLinkColor tableHeaderBackground',
  'tableHeaderForeground tableBodyBackground tableBodyForeground componentsBorderColor',
].flatMap((line) => line.split(' '));
const branding: Record<string, string> = {
  ...Object.fromEntries(colours.map((name) => [name, '#fa0'])),
  headerFont: "'Open Sans', sans-serif",
  bodyFont: 'Arial',
  navigationIconSize: '16px',
  navigationLabelSize: '0.9em',
  navigationWidth: '240',
  documentationUrl: 'https://docs.example.com/start?x=1#here',
};

describe('the branding of an organization', () => {
  it('is empty, is put, replaced and forgotten', async () => {
    expect((await app.call('GET', path)).body).toEqual({});
    const put = await app.call('PUT', path, { json: { ...branding, logo: 'x', more: 'left out' } });
    expect(put).toMatchObject({ status: 200, body: branding });
    expect(put.body).toEqual(branding);
    const next = { ...branding, headerColor: '#123456' };
    expect((await app.call('PUT', path, { json: next })).body).toEqual(next);
    expect((await app.call('GET', path)).body).toEqual(next);
    expect((await app.call('DELETE', path)).status).toBe(200);
    expect((await app.call('GET', path)).body).toEqual({});
  });

  it('needs every field, and says which are missing', async () => {
    const { bodyFont: _font, cardHeaderColor: _color, ...rest } = branding;
    for (const json of [rest, { ...rest, bodyFont: null, cardHeaderColor: '' }]) {
      const { status, body } = await app.call('PUT', path, { json });
      expect(status).toBe(400);
      expect(body.message).toBe(`Branding missing required field(s): bodyFont, cardHeaderColor.`);
    }
    expect((await app.call('PUT', path, { json: {} })).body.message).toContain('documentationUrl');
    expect((await app.call('GET', path)).body).toEqual({});
  });

  it.each([
    ['headerColor', 'blah'],
    ['bodyColor', '#12345'],
    ['tableBodyForeground', 5],
    ['cardBackground', 'red;} body{display:none'],
    ['bodyFont', 'x</style><script>'],
    ['navigationWidth', 'calc(1px)'],
    ['documentationUrl', 'javascript:alert(1)'],
  ])('has no %s like %j', async (name, value) => {
    const { status, body } = await app.call('PUT', path, { json: { ...branding, [name]: value } });
    expect(status).toBe(400);
    expect(body.message).toBe(`Branding contains invalid field(s): ${name}.`);
  });

  it('is seen by everybody in the organization, and changed by who may', async () => {
    await app.call('PUT', path, { json: branding });
    expect((await user.call('GET', path)).body).toEqual(branding);
    expect((await user.call('PUT', path, { json: branding })).status).toBe(403);
    expect((await user.call('DELETE', path)).status).toBe(403);
    expect((await user.call('PATCH', `${path}/logo`, { body: png })).status).toBe(403);
    expect((await app.call('GET', path, { authorization: null })).status).toBe(401);
  });

  it('is that of one organization alone', async () => {
    await app.call('PUT', path, { json: branding });
    await app.call('PATCH', `${path}/logo`, { body: png });
    expect((await stranger.call('GET', path)).body).toEqual({});
    await stranger.call('DELETE', path);
    expect((await app.call('GET', path)).body).toMatchObject({ ...branding, logo: expect.any(String) });
  });
});

describe.each(['logo', 'favicon'])('the %s', (kind) => {
  const send = (body: Buffer | FormData | string) => app.call('PATCH', `${path}/${kind}`, { body });
  const form = (content: Buffer) => {
    const data = new FormData();
    data.set('file', new Blob([new Uint8Array(content)]), 'picture');
    return data;
  };

  it('is sent as a file, and shown to everybody who knows its URL', async () => {
    const { status, body } = await send(form(png));
    expect(status).toBe(200);
    const url = body[kind] as string;
    expect(url).toMatch(new RegExp(`^${app.origin}/images/${kind}/[0-9a-f]{32}$`));
    const shown = await fetch(url);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(png);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await app.call('GET', path)).body).toEqual({ [kind]: url });
  });

  it('has another URL when it is another one, and none after the branding was forgotten', async () => {
    const first = (await send(png)).body[kind] as string;
    const second = (await send(Buffer.from('0000010001', 'hex'))).body[kind] as string;
    expect(second).not.toBe(first);
    expect((await fetch(second)).headers.get('content-type')).toBe('image/x-icon');
    expect((await fetch(first)).status).toBe(404);
    await app.call('DELETE', path);
    expect((await fetch(second)).status).toBe(404);
  });

  it('may not be what can hold scripts, nothing, or too large', async () => {
    for (const body of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '', form(Buffer.from('<html>'))])
      expect((await send(body)).status).toBe(400);
    expect((await send(Buffer.concat([png, Buffer.alloc(512 * 1024)]))).status).toBe(413);
    for (const name of ['x', '0'.repeat(32), '%00'])
      expect([400, 404]).toContain((await fetch(`${app.origin}/images/${kind}/${name}`)).status);
  });
});
