import { describe, expect, it } from 'vitest';
import { convertText } from './convert.ts';
import { convertApart } from './convert-apart.ts';
import { checked } from './testing.ts';
import type { Loose } from './testing.ts';

const schema = (content: string) =>
  `<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">${content}</x:schema>`;
/** A service with one operation, whose message is the element `ask`. */
const wsdl = (types: string, name = 'Do') => `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:t="urn:t" targetNamespace="urn:t">
  <types>${types}</types>
  <message name="m"><part name="p" element="t:ask"/></message>
  <portType name="p"><operation name="${name}"><input message="t:m"/></operation></portType>
  <binding name="b" type="t:p"><soap:binding/><operation name="${name}"><soap:operation soapAction="go"/><input><soap:body use="encoded"/></input></operation></binding>
  <service name="s"><port binding="t:b"><soap:address location="http://a.example/?a=1&amp;b=2"/></port></service>
</definitions>`;
const convert = (text: string): Loose => checked(convertText(text));

describe('WSDL', () => {
  it('of SOAP 1.2 says its action in the media type', () => {
    const { definition, notes } = convert(wsdl(schema('<x:element name="ask" type="x:string"/>')));
    expect(definition.configuration[0].defaultValue).toBe('http://a.example/?a=1&b=2');
    expect(definition.resources[0].parameters).toMatchObject([
      {
        type: 'value',
        vendorType: 'body',
        name: expect.stringContaining('http://www.w3.org/2003/05/soap-envelope'),
      },
      { vendorName: 'Content-Type', name: 'application/soap+xml; charset=utf-8; action="go"' },
      { name: 'ask', type: 'bodyField', vendorType: 'bodyToken', required: true },
    ]);
    expect(notes.join()).toContain('without their types');
  });

  const group = (name: string, content: string) =>
    `<x:group name="${name}"><x:sequence>${content}</x:sequence></x:group>`;
  it.each([
    [
      'types in a circle',
      '<x:complexType name="a"><x:complexContent><x:extension base="t:a"/></x:complexContent></x:complexType><x:element name="ask" type="t:a"/>',
    ],
    [
      'elements in a circle',
      '<x:element name="ask"><x:complexType><x:sequence><x:element ref="t:ask"/></x:sequence></x:complexType></x:element>',
    ],
    [
      'groups of groups',
      `${['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, at) => group(name, `<x:group ref="t:${'bcdefgha'[at]}"/>`.repeat(50))).join('')}<x:element name="ask"><x:complexType><x:group ref="t:a"/></x:complexType></x:element>`,
    ],
    ['a type of nowhere', '<x:element name="ask" type="t:nowhere"/>'],
    ['no such element', ''],
    [
      'odd names',
      '<x:element name="ask"><x:complexType><x:sequence><x:element name="{}"/><x:element name="__proto__"/><x:element/></x:sequence></x:complexType></x:element>',
    ],
  ])('with %s gives an element', (_, types) => {
    expect(convert(wsdl(schema(types))).definition.resources).toHaveLength(1);
  });

  it('with an operation of any name gives an element', () => {
    expect(convert(wsdl('', 'a b/{c}?d')).definition.resources).toHaveLength(1);
  });
});

it('XML that is nested without end is refused', () => {
  expect(() => convertText('<definitions>'.repeat(50_000))).toThrow(/it is no XML/);
});

describe('a thread of its own', () => {
  it('takes documents of several MB while others are served', async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, at) => [
        `/things/${at}`,
        { get: { description: 'x'.repeat(1_000) } },
      ]),
    );
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    const { definition } = await convertApart(JSON.stringify({ openapi: '3.0.0', paths }), undefined);
    clearInterval(timer);
    expect((definition as Loose).resources).toHaveLength(3_000);
    expect(turns).toBeGreaterThan(3);
  });

  it('hands on what is wrong, and takes the next ones', async () => {
    const all = ['{', '{"openapi":"3.0.0"}', 'x', '{"swagger":"2.0"}', '<a/>'];
    const made = await Promise.allSettled(all.map((text) => convertApart(text, undefined)));
    expect(made.map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
    ]);
  });
});
