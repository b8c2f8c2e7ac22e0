import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CredentialKind, parseAuthorization } from './authorization.ts';

const U = 'QUJD+/ZGVm0123456789QUJD+/ZGVm0123456789abc=';
const O = '0123456789abcdef0123456789abcdef';
const E = 'RWxl+/bWVudA==';

describe('the Authorization header', () => {
  it.each<[CredentialKind, string, object]>([
    ['user', `User ${U}, Organization ${O}`, { user: U, organization: O }],
    ['user', `User ${U},Organization ${O},Element ${E}`, { user: U, organization: O, element: E }],
    ['user', `Element ${E}, User ${U}, Organization ${O}`, { user: U, organization: O, element: E }],
    ['user', `  organization\t${O}  ,  USER   ${U}  `, { user: U, organization: O }],
    ['element', `User ${U}, Element ${E}`, { user: U, element: E }],
    ['element', `element ${E},organization ${O},user ${U}`, { user: U, organization: O, element: E }],
    ['login', 'Bearer abc-_123', { bearer: 'abc-_123' }],
    ['login', 'bearer abc', { bearer: 'abc' }],
  ])('for %s access may be %j', (kind, header, expected) => {
    expect(parseAuthorization(header, kind)).toEqual(expected);
  });

  it.each<[CredentialKind, string | undefined, RegExp]>([
    [
      'user',
      undefined,
      /^The Authorization header is missing\. Please send the header: Authorization: User <secret>, Organization <secret>$/,
    ],
    ['element', '', /is missing.*User <secret>, Element <token>$/],
    ['login', '  ', /is missing.*Bearer <token>$/],
    ['user', `User ${U}`, /has no Organization part/],
    ['user', `Organization ${O}`, /has no User part/],
    ['element', `User ${U}, Organization ${O}`, /no Element part.*own paths.*\/docs/],
    ['element', `Element ${E}`, /has no User part/],
    ['user', 'Bearer SECRET', /has no User part/],
    ['login', `User ${U}, Organization ${O}`, /has no Bearer part/],
    ['user', `User ${U}, User ${U}, Organization ${O}`, /has more than one User part/],
    [
      'user',
      `User ${U}, Organization ${O}, element SECRET, Element SECRET`,
      /has more than one Element part/,
    ],
    [
      'user',
      `User ${U}, Organization`,
      /Part 2 of the Authorization header has no secret after Organization/,
    ],
    ['user', `User , Organization ${O}`, /Part 1 .* has no secret after User/],
    [
      'user',
      `User ${U} Organization SECRET`,
      /Part 1 .* has blanks inside the secret, or a comma is missing/,
    ],
    ['user', `User ${U}, Organization ${O},`, /Part 3 .* is empty/],
    ['user', `User ${U},, Organization ${O}`, /Part 2 .* is empty/],
    ['user', 'SECRET', /Part 1 .* does not begin with User, Organization, Element or Bearer/],
    ['user', `User ${U}, SECRET ${O}`, /Part 2 .* does not begin with/],
    ['user', 'User:SECRET', /Part 1 .* does not begin with/],
    ['user', 'constructor SECRET', /does not begin with/],
    ['user', 'Basic SECRET', /does not begin with/],
  ])('for %s access may not be %j', (kind, header, message) => {
    const parse = () => parseAuthorization(header, kind);
    expect(parse).toThrow(message);
    expect(parse).toThrow(expect.objectContaining({ status: 401 }));
    for (const secret of ['SECRET', U, O, E]) expect(parse).not.toThrow(secret);
  });

  it('is refused with 401 or gives secrets as they were sent, whatever it holds', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('User', 'Element', 'organization', ',', ' ', 'x='));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const header = words.join(' ');
        try {
          for (const secret of Object.values(parseAuthorization(header, 'element')))
            expect(header).toContain(secret);
        } catch (error) {
          expect(error).toMatchObject({ status: 401 });
        }
      }),
    );
  });
});
