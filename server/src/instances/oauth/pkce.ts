import { createHash, createHmac } from 'node:crypto';

/**
 * PKCE (RFC 7636) without a memory: the verifier is derived from a secret of ours and from what both halves of
 * the flow know, so that any process can do the second half.
 */
export interface Pkce {
  verifier(flow: Flow): string;
  challenge(flow: Flow): string;
}

interface Flow {
  elementKey: string;
  apiKey: string;
  callbackUrl: string;
  state: string;
}

export function createPkce(secret: Buffer): Pkce {
  const verifier = (flow: Flow) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['pkce', flow.elementKey, flow.apiKey, flow.callbackUrl, flow.state]))
      .digest('base64url');
  return {
    verifier,
    challenge: (flow) => createHash('sha256').update(verifier(flow)).digest('base64url'),
  };
}
