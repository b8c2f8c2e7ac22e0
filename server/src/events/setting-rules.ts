import type { SettingRules } from '#instances';
import { checkPollPlan, parseObject } from './polling/plan.ts';
import { readHeaders } from './settings.ts';
import { secretFault } from './signature.ts';

/** What the values of event settings must be, whatever a definition says of them: each gives the rest of a sentence. */
export const eventSettingRules: SettingRules = {
  'event.vendor.type': eventType,
  'event.notification.type': eventType,
  'event.notification.callback.url': (value) =>
    /^https?:$/.test(URL.parse(value)?.protocol ?? '') || value === 'false'
      ? undefined
      : 'must be an http or https URL, such as https://example.com/events',
  'event.notification.webhook.secret': (value) =>
    value
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(secretFault)
      .find(Boolean),
  'event.notification.callback.headers': headersFault,
  'event.notification.order': (value) =>
    /^(object|none)$/.test(value) ? undefined : 'must be object, for changes of one object in order, or none',
  'event.poller.refresh_interval': (value) =>
    /^[1-9]\d{0,14}$/.test(value) ? undefined : 'must be a number of minutes, at least 1',
  'event.metadata': (value) => (parseObject(value) ? undefined : 'must be a JSON object'),
  'event.poller.configuration': (value) => {
    const faults = checkPollPlan(value);
    return faults.length > 0 ? `cannot be used. ${faults.join(' ')}` : undefined;
  },
};

function eventType(value: string): string | undefined {
  return /^(webhooks?|polling)$/.test(value) ? undefined : 'must be webhook or polling';
}

/** Headers that are ours to set, or the connection's. */
const reserved =
  /^(host|content-length|content-type|transfer-encoding|connection|upgrade|te|trailer|keep-alive|expect|proxy-.*|webhook-.*|elements-webhook-.*)$/i;

function headersFault(value: string): string | undefined {
  try {
    for (const [name, content] of Object.entries(readHeaders(value))) {
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return `has a header without a valid name: '${name}'`;
      if (reserved.test(name)) return `must not set ${name}`;
      // oxlint-disable-next-line no-control-regex -- these are what is looked for
      if (/[^\t\x20-\x7e\x80-\xff]/.test(content))
        return `has characters in ${name} that a header cannot have`;
    }
    return undefined;
  } catch {
    return 'must be a JSON object, or Name: value with commas between';
  }
}
