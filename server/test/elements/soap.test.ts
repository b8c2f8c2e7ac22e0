import { describe, expect, it } from 'vitest';
import { parameter, resource } from '#test/definition';
import { setScene } from '#test/scene';

// SOAP and XML: templates up, objects down.

const scene = setScene();
const xmlType = { 'content-type': 'text/xml' };

describe('SOAP and XML', () => {
  const envelope =
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><Add><a>{a}</a><b>{b}</b><k>{key}</k></Add></soap:Body></soap:Envelope>';
  const calculator = () =>
    scene.connect(
      [
        resource('POST', '/sums', {
          rootKey: '|soap:Envelope.soap:Body',
          parameters: [
            parameter('value', envelope, 'body', 'body'),
            parameter('body', 'body', 'bodyToken', 'body'),
            parameter('configuration', 'shop', 'bodyToken', 'key'),
            parameter('value', 'urn:Add', 'header', 'SOAPAction'),
          ],
        }),
      ],
      { protocolType: 'soap' },
    );

  it('fills the envelope from our JSON and reads the reply into JSON', async () => {
    const account = await calculator();
    scene.provider.answer({
      headers: xmlType,
      body: '<?xml version="1.0"?><soap:Envelope xmlns:soap="s"><soap:Body><AddResponse id="7"><Sum>3</Sum><Code>007</Code><Item>a</Item><Item>b</Item></AddResponse></soap:Body></soap:Envelope>',
    });
    const { body, headers } = await account.call('POST', '/sums', { json: { a: 1, b: '<2> & "3"' } });
    expect(scene.last()?.text).toBe(
      envelope.replace('{a}', '1').replace('{b}', '&lt;2&gt; &amp; &quot;3&quot;').replace('{key}', 's 1'),
    );
    expect(scene.last()?.headers).toMatchObject({
      soapaction: 'urn:Add',
      'content-type': 'text/xml; charset=utf-8',
    });
    expect(body).toEqual({ AddResponse: { '@id': '7', Sum: 3, Code: '007', Item: ['a', 'b'] } });
    expect(headers['content-type']).toMatch(/^application\/json/);
  });

  it('tells a fault in its own words', async () => {
    const account = await calculator();
    scene.provider.answer({
      status: 500,
      headers: xmlType,
      body: '<s:Envelope xmlns:s="s"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>No such sum</faultstring></s:Fault></s:Body></s:Envelope>',
    });
    const reply = await account.call('POST', '/sums', { json: { a: 1, b: 2 } });
    expect(reply).toMatchObject({ status: 502, body: { providerMessage: 'No such sum' } });
  });

  it.each([
    ['is cut off', '<a><b>'],
    ['declares entities', '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>'],
    ['is nested without end', '<a>'.repeat(20_000)],
  ])('says that a reply cannot be read that %s', async (_, text) => {
    const account = await calculator();
    scene.provider.answer({ headers: xmlType, body: text });
    const reply = await account.call('POST', '/sums', { json: { a: 1, b: 2 } });
    expect(reply.status).toBe(502);
    expect(reply.body.message).toMatch(/XML, but it cannot be read/);
  });

  it('writes our JSON as XML where the element sends XML', async () => {
    const account = await scene.connect(
      [resource('POST', '/orders', { parameters: [parameter('body', 'body')] })],
      { parameters: [parameter('value', 'application/xml', 'header', 'Content-Type')] },
    );
    scene.provider.answer({ headers: { 'content-type': 'application/xml' }, body: '<ok/>' });
    await account.call('POST', '/orders', { json: { order: { '@id': '1', line: ['a & b', 'c'] } } });
    expect(scene.last()?.text).toBe('<order id="1"><line>a &amp; b</line><line>c</line></order>');
    expect(scene.last()?.headers['content-type']).toBe('application/xml');
  });

  it('leaves an XML file alone that a resource downloads', async () => {
    const account = await scene.connect([
      resource('GET', '/files/{id}', { response: { contentType: 'application/octet-stream' } }),
    ]);
    scene.provider.answer({ headers: { 'content-type': 'application/xml' }, body: '<a>1</a>' });
    const { text, headers } = await account.call('GET', '/files/1');
    expect(text).toBe('<a>1</a>');
    expect(headers['content-type']).toBe('application/xml');
  });
});
