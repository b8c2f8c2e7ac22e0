import { expect, it } from 'vitest';
import { createStateSigner } from './state.ts';

const content = { organizationId: 1, proxyId: 2, applicationUrl: 'https://a.example/x', state: 'é . "' };

it('reads what it has signed, for an hour', () => {
  let nowMs = 0;
  const signer = createStateSigner(Buffer.from('secret'), { nowMs: () => nowMs });
  const signed = signer.sign(content);
  nowMs = 60 * 60 * 1000;
  expect(signer.read(signed)).toEqual(content);
  nowMs += 1;
  expect(signer.read(signed)).toBeUndefined();
});

it('reads nothing that another secret has signed', () => {
  const clock = { nowMs: () => 0 };
  const signed = createStateSigner(Buffer.from('other'), clock).sign(content);
  expect(createStateSigner(Buffer.from('secret'), clock).read(signed)).toBeUndefined();
});
