import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, Loose, TestApp } from '#test/app';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

// Documents of other kinds → drafts → elements → accounts → calls, as the provider gets them.

let app: TestApp;
let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({ allowHosts: [provider.host] });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});
beforeEach(() => provider.reset());

const convert = (body: string, query = '') =>
  app.call('POST', `/elements/convert${query}`, { body, headers: { 'content-type': 'text/plain' } });

/** Makes an element of a document and connects an account with it. */
async function connect(
  document: string,
  configuration: object,
): Promise<Connected & { draft: Loose; element: Loose }> {
  const { status, body: draft } = await convert(document);
  expect(status, JSON.stringify(draft)).toBe(200);
  const made = await app.call('POST', '/elements', { json: draft });
  expect(made.body).toMatchObject({ importReport: [] });
  const { status: connected, body } = await app.call('POST', '/instances', {
    json: {
      name: draft.key,
      element: { key: draft.key },
      configuration: { 'base.url': provider.url, ...configuration },
    },
  });
  expect(connected, JSON.stringify(body)).toBe(200);
  const authorization = app.asElement(body.token);
  return {
    id: body.id,
    token: body.token,
    authorization,
    draft,
    element: made.body,
    call: (method, path, options = {}) => app.call(method, path, { authorization, ...options }),
  };
}

describe('POST /elements/convert', () => {
  const petStore =
    '{"swagger":"2.0","info":{"title":"Pet Store"},"host":"a.example","paths":{"/pets":{"get":{}}}}';

  it('takes the document as the body or as a file of a form, and says by itself what it is', async () => {
    const form = new FormData();
    form.set('file', new Blob([petStore]), 'pets.json');
    const replies = [
      await convert(petStore),
      await convert(petStore, '?type=swagger'),
      await app.call('POST', '/elements/convert?type=swagger', { body: form }),
    ];
    for (const { status, body } of replies)
      expect({ status, body }).toMatchObject({ status: 200, body: { name: 'Pet Store', key: 'petstore' } });
    expect((await app.call('GET', '/elements/petstore')).status).toBe(404);
  });

  it.each([
    ['nothing', '', '', /it is empty/],
    ['no document', 'hello', '', /it is no object/],
    ['broken JSON', '{"openapi": ', '', /neither JSON nor YAML/],
    ['another kind than is said', petStore, '?type=soap', /it is no XML/],
    ['an unknown kind', petStore, '?type=raml', /documents of type 'raml' are not known/],
    ['other XML', '<a/>', '', /whose root is <a>/],
    ['broken XML', '<definitions>', '?type=soap', /it is no XML/],
    ['WSDL without a service', '<definitions/>', '?type=soap', /no service with a SOAP binding/],
    ['entities', '<!DOCTYPE a [<!ENTITY b "c">]><definitions>&b;</definitions>', '', /declares entities/],
    ['WSDL 2.0', '<description/>', '', /WSDL 2.0/],
    [
      'metadata without sets',
      '<Edmx><DataServices><Schema Namespace="a"/></DataServices></Edmx>',
      '',
      /no entity sets/,
    ],
  ])('refuses %s', async (_, document, query, message) => {
    const { status, body } = await convert(document, query);
    expect(status).toBe(400);
    expect(body.message).toMatch(message);
  });

  it('asks who is calling', async () => {
    expect(
      (await app.call('POST', '/elements/convert', { authorization: null, body: petStore })).status,
    ).toBe(401);
  });
});

describe('an element of an OpenAPI document', () => {
  it('calls the provider', async () => {
    const shop = await connect(
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Toy Shop' },
        servers: [{ url: 'https://toys.example' }],
        security: [{ key: [] }],
        paths: {
          '/v1/toys': {
            get: {
              parameters: [
                { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 3 } },
                { name: 'offset', in: 'query', schema: { type: 'integer' } },
              ],
              responses: {
                200: {
                  content: {
                    'application/json': {
                      schema: { type: 'object', properties: { toys: { type: 'array', items: {} } } },
                    },
                  },
                },
              },
            },
            post: {
              requestBody: {
                content: {
                  'application/x-www-form-urlencoded': {
                    schema: { properties: { name: { type: 'string' } } },
                  },
                },
              },
            },
          },
          '/v1/toys/{id}/picture': { put: { requestBody: { content: { 'image/png': {} } } } },
        },
        components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      }),
      { 'api.token': 's3cret' },
    );
    const toys = Array.from({ length: 7 }, (_, id) => ({ id }));
    provider.on({
      'GET /v1/toys': ({ query }) => {
        const from = Number(query.get('offset'));
        return { body: { toys: toys.slice(from, from + Number(query.get('limit'))) } };
      },
      'POST /v1/toys': { body: { id: 8 } },
      'PUT /v1/toys/a%2Fb/picture': { body: {} },
    });
    const page = await shop.call('GET', '/hubs/general/v1/toys?pageSize=5&page=1');
    expect(page.body).toEqual(toys.slice(0, 5));
    expect(provider.received[0]).toMatchObject({ headers: { authorization: 'Bearer s3cret' } });
    const made = await shop.call('POST', '/hubs/general/v1/toys', { json: { name: 'Bear & Co' } });
    expect(made.body).toEqual({ id: 8 });
    expect(provider.received.at(-1)?.form()).toEqual({ name: 'Bear & Co' });
    const options = { body: Buffer.from([1, 2, 3]), headers: { 'content-type': 'image/png' } };
    expect((await shop.call('PUT', '/hubs/general/v1/toys/a%2Fb/picture', options)).status).toBe(200);
    expect(provider.received.at(-1)).toMatchObject({
      headers: { 'content-type': 'image/png' },
      body: options.body,
    });
  });
});

const wsdl = `<?xml version="1.0"?>
<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:mill" name="Mill" targetNamespace="urn:mill">
 <w:types>
  <x:schema targetNamespace="urn:mill" elementFormDefault="qualified">
   <x:complexType name="Line"><x:sequence>
     <x:element name="sku" type="x:string"/><x:element name="count" type="x:int" minOccurs="0"/>
     <x:element name="line" type="t:Line" minOccurs="0"/>
   </x:sequence></x:complexType>
   <x:element name="Order"><x:complexType><x:sequence>
     <x:element name="customer" type="x:string"/>
     <x:element name="note" type="x:string" minOccurs="0"/>
     <x:element name="address" minOccurs="0"><x:complexType><x:sequence><x:element name="city" type="x:string"/></x:sequence></x:complexType></x:element>
     <x:element name="lines" type="t:Line" minOccurs="0" maxOccurs="unbounded"/>
     <x:element name="tags" type="x:string" minOccurs="0" maxOccurs="5"/>
   </x:sequence></x:complexType></x:element>
   <x:element name="OrderResponse"><x:complexType><x:sequence><x:element name="number" type="x:long"/></x:sequence></x:complexType></x:element>
   <x:element name="Login"><x:complexType><x:all><x:element name="user" type="x:string"/><x:element name="password" type="x:string"/></x:all></x:complexType></x:element>
  </x:schema>
 </w:types>
 <w:message name="OrderIn"><w:part name="body" element="t:Order"/></w:message>
 <w:message name="OrderOut"><w:part name="body" element="t:OrderResponse"/></w:message>
 <w:message name="LoginIn"><w:part name="login" element="t:Login"/></w:message>
 <w:message name="PingIn"><w:part name="times" type="x:int"/></w:message>
 <w:message name="PingOut"/>
 <w:portType name="MillPort">
  <w:operation name="Order"><w:documentation>Orders flour.</w:documentation><w:input message="t:OrderIn"/><w:output message="t:OrderOut"/></w:operation>
  <w:operation name="Ping"><w:input message="t:PingIn"/><w:output message="t:PingOut"/></w:operation>
 </w:portType>
 <w:binding name="MillBinding" type="t:MillPort">
  <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
  <w:operation name="Order"><soap:operation soapAction="urn:mill#Order"/>
   <w:input><soap:header message="t:LoginIn" part="login" use="literal"/><soap:body use="literal"/></w:input><w:output><soap:body use="literal"/></w:output></w:operation>
  <w:operation name="Ping"><soap:operation soapAction="" style="rpc"/><w:input><soap:body use="literal" namespace="urn:rpc"/></w:input></w:operation>
 </w:binding>
 <w:binding name="Mill12" type="t:MillPort"><soap12:binding/><w:operation name="Ping"><soap12:operation/></w:operation></w:binding>
 <w:service name="FlourMill"><w:port name="M" binding="t:MillBinding"><soap:address location="https://mill.example/soap"/></w:port></w:service>
</w:definitions>`;
const ns = 'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"';
const start = '<?xml version="1.0" encoding="UTF-8"?><soap:Envelope';

describe('an element of a WSDL document', () => {
  let mill: Awaited<ReturnType<typeof connect>>;
  beforeAll(async () => {
    mill = await connect(wsdl, { 'soap.header.Login.user': 'me', 'soap.header.Login.password': 'a<b' });
  });
  const xml = (body: string) => ({
    headers: { 'content-type': 'text/xml' },
    body: `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${body}</S:Body></S:Envelope>`,
  });
  const order = (json: object) => mill.call('POST', '/hubs/general/Order', { json });

  it('is named as old converters name it, and tells of its models', async () => {
    expect(mill.draft).toMatchObject({
      name: 'urn:mill',
      key: 'flourmill',
      protocolType: 'soap',
      configuration: [
        { key: 'base.url', defaultValue: 'https://mill.example/soap' },
        { key: 'soap.header.Login.user' },
        { key: 'soap.header.Login.password', type: 'PASSWORD' },
      ],
      models: {
        OrderRequest: {
          properties: { lines: { type: 'array', items: { properties: { count: { type: 'integer' } } } } },
        },
        OrderReply: { properties: { OrderResponse: { properties: { number: { format: 'int64' } } } } },
      },
    });
    expect(mill.element.resources[0]).toMatchObject({
      description: 'Orders flour.',
      path: '/hubs/general/Order',
    });
  });

  it('sends what is given, and nothing of what is not', async () => {
    provider.answer(xml('<OrderResponse><number>12345678901234567890</number></OrderResponse>'));
    const { status, text } = await order({ customer: 'A & B {x}' });
    expect(status).toBe(200);
    expect(text).toContain('{"OrderResponse":{"number":12345678901234567890}}');
    const [received] = provider.received;
    expect(received).toMatchObject({ method: 'POST', headers: { soapaction: '"urn:mill#Order"' } });
    expect(received?.headers['content-type']).toMatch(/^text\/xml/);
    expect(received?.text).toBe(
      `${start} ${ns} xmlns:ns1="urn:mill"><soap:Header> <ns1:Login><ns1:user>me</ns1:user><ns1:password>a&lt;b</ns1:password></ns1:Login></soap:Header>` +
        '<soap:Body> <ns1:Order> <ns1:customer>A &amp; B {x}</ns1:customer></ns1:Order></soap:Body></soap:Envelope>',
    );
  });

  it('repeats what is a list', async () => {
    provider.answer(xml('<OrderResponse/>'));
    const lines = [
      { sku: 'a{customer}<', count: 2 },
      { sku: 'b', line: { sku: 'no deeper' } },
    ];
    await order({ customer: 'C', lines, tags: ['x', 'y'], address: { city: 'Ulm' } });
    const [received] = provider.received;
    expect(received?.text).toContain(
      '<ns1:address><ns1:city>Ulm</ns1:city></ns1:address>' +
        '<ns1:lines><ns1:sku>a&#123;customer&#125;&lt;</ns1:sku><ns1:count>2</ns1:count></ns1:lines><ns1:lines><ns1:sku>b</ns1:sku></ns1:lines>' +
        '<ns1:tags>x</ns1:tags><ns1:tags>y</ns1:tags></ns1:Order>',
    );
  });

  it('asks for what is required, and passes faults on', async () => {
    expect(await order({})).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('customer') },
    });
    expect(provider.received).toHaveLength(0);
    provider.answer({ ...xml('<S:Fault><faultstring>No flour left</faultstring></S:Fault>'), status: 500 });
    expect((await order({ customer: 'C' })).body.providerMessage).toBe('No flour left');
  });

  it('wraps the parts of a remote procedure call', async () => {
    provider.answer(xml('<PingResponse/>'));
    await mill.call('POST', '/hubs/general/Ping', { json: { times: 3 } });
    expect(provider.received[0]?.text).toContain('<ns1:Ping> <times>3</times></ns1:Ping>');
    expect(provider.received[0]?.text).toContain('xmlns:ns1="urn:rpc"');
  });
});

const metadata = (version: string, name: string) => `<?xml version="1.0"?>
<edmx:Edmx Version="${version}" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
 <Schema Namespace="${name}" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="Thing"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.Int32"/></EntityType>
  <EntityType Name="Book" BaseType="${name}.Thing"><Property Name="Title" Type="Edm.String" MaxLength="80"/><NavigationProperty Name="Pages" Type="Collection(${name}.Page)"/></EntityType>
  <EntityType Name="Page"><Key><PropertyRef Name="Book"/><PropertyRef Name="Code"/></Key><Property Name="Book" Type="Edm.Guid"/><Property Name="Code" Type="Edm.String"/></EntityType>
  <Action Name="Burn"/>
  <EntityContainer Name="C"><EntitySet Name="Books" EntityType="${name}.Book"/><EntitySet Name="Pages" EntityType="${name}.Page"/></EntityContainer>
 </Schema></edmx:DataServices></edmx:Edmx>`;

describe('an element of OData metadata', () => {
  it('lists, reads and changes entities of version 4', async () => {
    const library = await connect(metadata('4.0', 'Shelves'), {});
    expect(library.draft).toMatchObject({ name: 'Shelves', protocolType: 'odata' });
    expect(library.draft.models.Book).toMatchObject({ allOf: [{ $ref: '#/definitions/Thing' }, {}] });
    expect(library.draft.importNotes.join()).toContain('Functions and actions are left out: Burn');
    provider.answer(({ method, path }) => ({
      body: method === 'GET' && path === '/Books' ? { value: [{ Id: 1 }, { Id: 2 }] } : { Id: 1 },
    }));
    const call = async (method: string, path: string, json?: object) => {
      const reply = await library.call(method, `/hubs/general${path}`, json ? { json } : {});
      return { status: reply.status, body: reply.body as unknown };
    };
    const where = encodeURIComponent("Title LIKE 'A%' and Id > 3");
    expect(await call('GET', `/Books?where=${where}&pageSize=2&page=3&fields=Id`)).toEqual({
      status: 200,
      body: [{ Id: 1 }, { Id: 2 }],
    });
    const [{ query, headers } = { query: new URLSearchParams(), headers: {} }] = provider.received;
    expect(Object.fromEntries(query)).toEqual({
      $filter: "startswith(Title,'A') and Id gt 3",
      $skip: '4',
      $top: '2',
      $select: 'Id',
    });
    expect(headers).toMatchObject({ 'odata-maxversion': '4.01' });
    await call('POST', '/Books', { Title: 'x' });
    await call('PATCH', '/Books/1', { Title: 'y' });
    await call('GET', '/Pages/0c1d/a%20b');
    await call('DELETE', '/Books/1');
    expect(provider.received.slice(1).map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /Books',
      'PATCH /Books(1)',
      "GET /Pages(Book=0c1d,Code='a%20b')",
      'DELETE /Books(1)',
    ]);
  });

  it('writes keys, filters and changes of version 2 as these are written there', async () => {
    const library = await connect(metadata('1.0', 'Cellars'), {});
    provider.answer(({ path }) => ({
      body: { d: path === '/Books' ? { results: [{ Id: 1 }] } : { Id: 1 } },
    }));
    const where = encodeURIComponent("Title LIKE '%A%'");
    expect((await library.call('GET', `/hubs/general/Books?where=${where}`)).body).toEqual([{ Id: 1 }]);
    expect((await library.call('GET', '/hubs/general/Pages/0c1d/x')).body).toEqual({ Id: 1 });
    await library.call('PATCH', '/hubs/general/Books/1', { json: {} });
    expect(provider.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /Books',
      "GET /Pages(Book=guid'0c1d',Code='x')",
      'MERGE /Books(1)',
    ]);
    expect(provider.received[0]?.query.get('$filter')).toBe("substringof('A',Title)");
  });
});
