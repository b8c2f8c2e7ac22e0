import type { CallRecord } from './call-record.ts';

/** For tests: a call, of an account at a provider unless it says otherwise. */
export function callRecord(
  more: Partial<CallRecord> & { instanceId?: number; passed?: boolean } = {},
): CallRecord {
  const { instanceId = 7, passed = true, ...rest } = more;
  return {
    organizationId: 1,
    accountId: 2,
    userId: 3,
    atMs: Date.parse('2026-11-25T10:20:30Z'),
    requestId: 'a'.repeat(24),
    method: 'GET',
    uri: '/elements/api-v2/books',
    ip: '127.0.0.1',
    status: 200,
    durationMs: 10,
    hubCall: {
      connected: { instanceId, elementKey: 'shop', elementName: 'Shop', hub: 'crm', tags: ['a', 'b'] },
      passed,
      providerStatus: 200,
      providerMs: 6.4,
      providerCalls: 1,
      steps: [],
    },
    message: undefined,
    providerMessage: undefined,
    ...rest,
  };
}
