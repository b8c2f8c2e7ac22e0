import { describe, expect, it } from 'vitest';
import { configurationRow, literal, setBank } from '#test/bank';
import { parameter } from '#test/definition';

// How accounts with keys, OAuth 1.0a and AWS signatures are connected and called.

const { scene, element, connect, connected, last } = setBank();

describe('an account with keys', () => {
  it.each([
    ['basic', [], { username: 'ann', password: 'p:w' }, `Basic ${btoa('ann:p:w')}`],
    ['basic without a name', [], { password: 'key' }, `Basic ${btoa(':key')}`],
  ])('sends %s', async (_, rows, configuration, header) => {
    const account = await connected(await element('basic', rows), configuration);
    scene.provider.answer({ body: {} });
    await account.call('GET', '/money');
    expect(last()?.headers['authorization']).toBe(header);
  });

  it.each([
    [
      'a literal with CE.b64 and configuration',
      {
        ...parameter('header', 'Authorization', 'value'),
        vendorName: 'Basic CE.b64(${configuration.key}:x)',
      },
      { authorization: `Basic ${btoa('k1:x')}` },
    ],
    [
      'a header of a literal',
      literal('Token ${configuration.key}', 'header', 'X-Api-Key'),
      { 'x-api-key': 'Token k1' },
    ],
    [
      'a header of the configuration',
      parameter('configuration', 'key', 'header', 'X-Key'),
      { 'x-key': 'k1' },
    ],
  ])('puts its key where the element says: %s', async (_, row, headers) => {
    for (const type of ['apiKey', 'custom', 'basic']) {
      const key = await element(type, [configurationRow('key')], [], { parameters: [row] });
      const account = await connected(key, { key: 'k1' });
      scene.provider.answer({ body: {} });
      await account.call('GET', '/money');
      expect(last()?.headers).toMatchObject(headers);
      if (!('authorization' in headers)) expect(last()?.headers).not.toHaveProperty('authorization');
    }
  });

  it('puts its key into the query', async () => {
    const key = await element('apiKey', [configurationRow('key')], [], {
      parameters: [parameter('configuration', 'key', 'query', 'api_key')],
    });
    const account = await connected(key, { key: 'a b&c' });
    scene.provider.answer({ body: {} });
    await account.call('GET', '/money');
    expect(last()?.url).toBe('/money?api_key=a%20b%26c');
  });
});

describe('OAuth 1.0a', () => {
  const rows = () => [
    configurationRow('oauth.request.url', `${scene.provider.url}/request`),
    configurationRow('oauth.token.url', `${scene.provider.url}/access`),
    configurationRow('oauth.authorization.url', `${scene.provider.url}/consent?scope={scope}`),
    configurationRow('scope', 'read,write'),
  ];
  const keys = {
    'oauth.api.key': 'client',
    'oauth.api.secret': 'hush',
    'oauth.callback.url': 'https://scene.app.example/cb',
  };
  const query = 'apiKey=client&apiSecret=hush&callbackUrl=https%3A%2F%2Fapp.example%2Fcb';
  const form = (fields: Record<string, string>) => ({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  const consent = { oauth_token: 'temp', oauth_verifier: 'v1', secret: 'tempsecret' };
  const grant = () =>
    scene.provider.on({
      'POST /request': form({ oauth_token: 'temp', oauth_token_secret: 'tempsecret' }),
      'POST /access': form({ oauth_token: 'token', oauth_token_secret: 'tokensecret' }),
      'GET /money': { body: { rich: true } },
      'POST /money': { body: {} },
    });

  it('gets a request token, sends the person to the consent, exchanges the verifier and signs calls', async () => {
    grant();
    const key = await element('oauth1', rows());
    const request = await scene.app.call('GET', `/elements/${key}/oauth/token?${query}`);
    expect(request.body).toEqual({ token: 'temp', secret: 'tempsecret' });
    expect(last()?.headers['authorization']).toMatch(
      /^OAuth oauth_callback="https%3A%2F%2Fapp.example%2Fcb", oauth_consumer_key="client", oauth_nonce="\w+", oauth_signature="[^"]+", oauth_signature_method="HMAC-SHA1", oauth_timestamp="\d+", oauth_version="1.0"$/,
    );
    const url = await scene.app.call('GET', `/elements/${key}/oauth/url?${query}&requestToken=temp`);
    expect(url.body.oauthUrl).toBe(`${scene.provider.url}/consent?scope=read%2Cwrite&oauth_token=temp`);
    const account = await connected(key, keys, consent);
    expect(last()?.headers['authorization']).toMatch(/oauth_token="temp".*oauth_verifier="v1"/s);
    expect((await account.call('GET', '/money?x=1')).body).toEqual({ rich: true });
    expect(last()?.headers['authorization']).toMatch(/oauth_consumer_key="client".*oauth_token="token"/s);
    const shown = await scene.app.call('GET', `/instances/${account.id}`);
    expect(shown.text).not.toMatch(/tokensecret|hush/);
  });

  it('signs in the query where the element says so', async () => {
    grant();
    const key = await element('oauth1', [
      ...rows(),
      configurationRow('oauth.request.authorization.type', 'query'),
    ]);
    const account = await connected(key, keys, consent);
    await account.call('GET', '/money');
    expect(last()?.headers).not.toHaveProperty('authorization');
    expect(last()?.query.get('oauth_token')).toBe('token');
    expect(last()?.query.get('oauth_signature')).toMatch(/=$/);
  });

  it.each([
    ['the verifier', { oauth_token: 'temp', secret: 's' }, /oauth_verifier is missing/],
    ['everything', {}, /oauth_token and providerData.oauth_verifier are missing/],
  ])('says what is missing: %s', async (_, data, message) => {
    const reply = await connect(await element('oauth1', rows()), keys, data);
    expect(reply.status).toBe(400);
    expect(reply.body.message).toMatch(message);
    expect(scene.provider.received).toEqual([]);
  });

  it.each([
    ['refuses', { status: 401, body: 'bad verifier' }, 400, 'bad verifier'],
    ['is away', { status: 503, body: 'later' }, 502, 'later'],
    ['answers rubbish', { body: '<html>' }, 502, undefined],
  ])('tells when the provider %s', async (_, answer, status, said) => {
    scene.provider.answer(answer);
    const key = await element('oauth1', rows());
    const reply = await connect(key, keys, consent);
    expect(reply.status).toBe(status);
    if (said) expect(reply.body.providerMessage).toBe(said);
    expect((await scene.app.call('GET', `/elements/${key}/instances`)).status).toBe(404);
  });

  it('has no request token for other elements, and needs one for its URL', async () => {
    expect(
      (await scene.app.call('GET', `/elements/${await element('basic', [])}/oauth/token?${query}`)).status,
    ).toBe(400);
    const reply = await scene.app.call(
      'GET',
      `/elements/${await element('oauth1', rows())}/oauth/url?${query}`,
    );
    expect(reply.body.message).toContain("'requestToken' is missing");
  });
});

describe('AWS signatures', () => {
  it('version 4 covers the request as it is sent', async () => {
    const account = await connected(await element('awsv4', [configurationRow('aws.region', 'eu-west-1')]), {
      'aws.access.key': 'AKID',
      'aws.secret.key': 'hush',
      'aws.service': 'execute-api',
    });
    scene.provider.answer({ body: {} });
    await account.call('GET', '/money?b=2&a=1');
    expect(last()?.headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/execute-api\/aws4_request, SignedHeaders=accept;host;x-amz-date, Signature=[0-9a-f]{64}$/,
    );
  });

  it('version 2 stands in the query', async () => {
    const account = await connected(await element('awsv2', []), {
      accessKeyId: 'AKID',
      secretAccessKey: 'hush',
    });
    scene.provider.answer({ body: {} });
    await account.call('GET', '/money');
    expect(last()?.query.get('AWSAccessKeyId')).toBe('AKID');
    expect(last()?.query.get('Signature')).toMatch(/=$/);
  });

  it.each(['awsv2', 'awsv4'])('%s says which keys are missing before anything is called', async (type) => {
    const reply = await connect(await element(type, []));
    expect(reply.status).toBe(400);
    expect(reply.body.message).toContain('aws.access.key and aws.secret.key');
  });
});
