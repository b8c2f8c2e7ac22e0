import { expect, it } from 'vitest';
import { signAwsV2, signAwsV4 } from './sign-aws.ts';

/** The account of AWS's published test suite for Signature Version 4. */
const suite = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
};

it.each([
  ['get-vanilla', 'GET', '/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  [
    'get-vanilla-query-order-key-case',
    'GET',
    '/?Param2=value2&Param1=value1',
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
  ['post-vanilla', 'POST', '/', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
])('signs %s as version 4 wants', async (_, method, path, signature) => {
  const request = { method, url: `https://example.amazonaws.com${path}`, headers: {}, body: null };
  const headers = await signAwsV4(request, suite, '20150830T123600Z');
  expect(headers['authorization']).toBe(
    `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  );
  expect(headers['x-amz-date']).toBe('20150830T123600Z');
});

it('keeps headers, adds the token of a session, and reads region and service off the host', async () => {
  const headers = await signAwsV4(
    {
      method: 'POST',
      url: 'https://dynamodb.eu-west-1.amazonaws.com/',
      headers: {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Target': 'DynamoDB_20120810.ListTables',
      },
      body: '{}',
    },
    { accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T' },
  );
  expect(headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'DynamoDB_20120810.ListTables',
    'x-amz-security-token': 'T',
    authorization: expect.stringMatching(
      /\/eu-west-1\/dynamodb\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token;x-amz-target,/,
    ),
  });
});

/** The example of AWS's documentation of Signature Version 2. */
it('signs as version 2 wants', () => {
  const url = signAwsV2(
    {
      method: 'GET',
      url: 'https://elasticmapreduce.amazonaws.com?Action=DescribeJobFlows&Version=2009-03-31',
    },
    { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    '2011-10-03T15:19:30',
  );
  expect(new URL(url).searchParams.get('Signature')).toBe('i91nKc4PWAt0JJIdXwz9HxZCJDdiy6cf/Mj6vPxyYIs=');
});
