import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#kernel/clock';

/** What has to come back with a consent that goes through a proxy. */
export interface ProxiedState {
  organizationId: number;
  proxyId: number;
  applicationUrl: string;
  /** The application's own. */
  state: string;
}

/** Longest that a person may take at the provider. */
const lifeMs = 60 * 60 * 1000;

/** Makes states that nobody else can make, since a state says where a person is sent to. */
export function createStateSigner(secret: Buffer, clock: Clock) {
  const key = createHmac('sha256', secret).update('oauth proxy state').digest();
  const tagOf = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    sign({ organizationId, proxyId, applicationUrl, state }: ProxiedState): string {
      const content = [organizationId, proxyId, applicationUrl, state, clock.nowMs() + lifeMs];
      const text = Buffer.from(JSON.stringify(content)).toString('base64url');
      return `${text}.${tagOf(text).toString('base64url')}`;
    },

    /** Undefined when it was not made here, or too long ago. */
    read(signed: string): ProxiedState | undefined {
      const [text = '', tag = ''] = signed.split('.');
      const given = Buffer.from(tag, 'base64url');
      const right = tagOf(text);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      const [organizationId, proxyId, applicationUrl, state, endsMs] = JSON.parse(
        Buffer.from(text, 'base64url').toString(),
      ) as [number, number, string, string, number];
      return clock.nowMs() > endsMs ? undefined : { organizationId, proxyId, applicationUrl, state };
    },
  };
}
