/*
 * What a hook can use and give back, for completion: docs/guides/mapping.md tells more of each. A test compares it with what the
 * server gives to a hook.
 */

export interface Name {
  label: string;
  detail: string;
}

const named = (detail: string, ...labels: string[]): Name[] => labels.map((label) => ({ label, detail }));

const request: Name[] = [
  ...named('our call', 'request_method', 'request_path', 'request_path_variables', 'request_parameters'),
  ...named('our call', 'request_headers', 'request_expression', 'request_body', 'request_body_map'),
  ...named("the provider's call", 'request_vendor_method', 'request_vendor_path', 'request_vendor_url'),
  ...named("the provider's call", 'request_vendor_parameters', 'request_vendor_headers'),
  ...named("the provider's call", 'request_vendor_body', 'request_vendor_body_map'),
  ...named('the call before, in a chain', 'request_previous_response', 'request_previous_response_headers'),
];

const response: Name[] = [
  ...named('the reply', 'response_body', 'response_body_map', 'response_status_code', 'response_headers'),
  ...named('the reply', 'response_iserror', 'response_error'),
  ...named('the reply as it came', 'response_body_raw', 'response_body_raw_map'),
];

const about: Name[] = [
  ...named("the account's values", 'configuration'),
  ...named('of the resource', 'object_name', 'request_root_key'),
];

const tools: Name[] = named(
  'tool',
  'done',
  'require',
  'CE',
  'notify',
  'getArray',
  'getMap',
  'setTimeout',
  'console',
);

const event: Name[] = named('what the provider sent', 'events', 'request_body_map');

/** Variables of a hook of a kind. */
export function variablesOf(type: string): Name[] {
  if (type === 'event') return [...event, ...named("the account's values", 'configuration'), ...tools];
  return type === 'preRequest'
    ? [...request, ...about, ...tools]
    : [...request, ...response, ...about, ...tools];
}

/** What `done({…})` takes. */
export function resultsOf(type: string): Name[] {
  if (type === 'event')
    return [
      ...named('rows of event_object_type, event_object_id, event_type', 'events'),
      ...named('our answer to the provider', 'response_body', 'response_status_code'),
    ];
  const ours = named(
    'of the reply',
    'response_body',
    'response_body_raw',
    'response_headers',
    'response_status_code',
    'response_error',
    'response_error_message',
  );
  const theirs = named(
    "of the provider's call",
    'request_vendor_method',
    'request_vendor_path',
    'request_vendor_url',
    'request_vendor_parameters',
    'request_vendor_headers',
    'request_vendor_body',
    'request_vendor_body_map',
  );
  const kept = named('kept in the account', 'configuration');
  const go = named('false: no call is made', 'continue');
  return type === 'preRequest' ? [...theirs, ...go, ...kept, ...ours] : [...ours, ...kept];
}

export const modules = ['lodash', 'lodash/fp', 'moment', 'util', 'buffer', 'http', 'https'];

export const members: Record<string, Name[]> = {
  CE: named('tool', 'randomString', 'randomEmail', 'md5', 'b64', 'decode64', 'hmac', 'hmacSha256Base64'),
  notify: named('is logged; nothing is sent', 'email'),
  console: named('is logged', 'log'),
};
