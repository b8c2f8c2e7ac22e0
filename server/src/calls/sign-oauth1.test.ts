import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signOAuth1, toAuthorizationHeader, withQueryFields } from './sign-oauth1.ts';

const app = { consumerKey: 'dpf43f3p2l4k3l03', consumerSecret: 'kd94hf93k423kf44' };

/** RFC 5849 §1.2, and the example of OAuth Core 1.0 (Appendix A.5), which has a version. */
it.each([
  [
    'a call with a version',
    { method: 'GET', url: 'http://photos.example.net/photos?file=vacation.jpg&size=original' },
    { token: 'nnch734d00sl2jdk', tokenSecret: 'pfkkdhi9sl3r4s00' },
    { timestamp: '1191242096', nonce: 'kllo9940pd9333jh', version: '1.0' as const },
    'tR3+Ty81lMeYAr/Fid0kMTYa/WM=',
  ],
  [
    'the request for a token',
    { method: 'POST', url: 'https://photos.example.net/token' },
    {
      token: 'hh5s93j4hdidpola',
      tokenSecret: 'hdhd0244k9j7ao03',
      more: { oauth_verifier: 'hfdp7dh39dks9884' },
    },
    { timestamp: '137131201', nonce: 'walatlh' },
    'gKgrFCywp7rO0OXSjdot/IHF7IU=',
  ],
  [
    'a call',
    { method: 'GET', url: 'http://photos.example.net/photos?file=vacation.jpg&size=original' },
    { token: 'nnch734d00sl2jdk', tokenSecret: 'pfkkdhi9sl3r4s00' },
    { timestamp: '137131202', nonce: 'chapoH' },
    'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
  ],
])('signs %s as the standard does', (_, request, account, fixed, signature) => {
  const fields = signOAuth1({ ...request, form: undefined }, { ...app, ...account }, fixed);
  expect(fields['oauth_signature']).toBe(signature);
});

/** RFC 5849 §3.4.1.1: names and values with every kind of encoding, in query and form, one name in both. */
it('signs query and form with all their encodings', () => {
  const base =
    'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D' +
    '%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1' +
    '%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7';
  const fields = signOAuth1(
    {
      method: 'POST',
      url: 'http://EXAMPLE.com:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
      form: 'c2&a3=2+q',
    },
    {
      consumerKey: '9djdj82h48djs9d2',
      consumerSecret: 'j49sk3j29djd',
      token: 'kkk9d7dh3k39sjv7',
      tokenSecret: 'dh893hdasih9',
    },
    { timestamp: '137131201', nonce: '7d8f3e4a' },
  );
  const expected = createHmac('sha1', 'j49sk3j29djd&dh893hdasih9').update(base).digest('base64');
  expect(fields['oauth_signature']).toBe(expected);
});

describe('the fields', () => {
  const fields = { oauth_nonce: "a!b'c(d)*", oauth_token: 'x y/ü' };
  it('stand in a header, encoded', () => {
    expect(toAuthorizationHeader(fields)).toBe(
      'OAuth oauth_nonce="a%21b%27c%28d%29%2A", oauth_token="x%20y%2F%C3%BC"',
    );
  });
  it.each([
    ['https://a.example/x', 'https://a.example/x?oauth_nonce=a%21b%27c%28d%29%2A&oauth_token=x%20y%2F%C3%BC'],
    [
      'https://a.example/x?y=1',
      'https://a.example/x?y=1&oauth_nonce=a%21b%27c%28d%29%2A&oauth_token=x%20y%2F%C3%BC',
    ],
  ])('or in the query of %s', (url, expected) => {
    expect(withQueryFields(url, fields)).toBe(expected);
  });
  it('are new for each request', () => {
    const once = () => signOAuth1({ method: 'GET', url: 'https://a.example/', form: undefined }, app);
    expect(once()['oauth_nonce']).not.toBe(once()['oauth_nonce']);
    expect(once()).toMatchObject({
      oauth_version: '1.0',
      oauth_timestamp: expect.stringMatching(/^\d{10}$/),
    });
  });
});
