import type { Static } from '#platform/http';
import type { Outgoing } from '#platform/http';
import { firstFailure } from './store.ts';
import type { CallRow, Sum } from './store.ts';
import type { usageRecord } from './shapes.ts';

/** A call as the API shows it. The names are part of the contract. */
export function toUsageRecord(row: CallRow): Outgoing<Static<typeof usageRecord>> {
  return {
    traffic_id: String(row.id),
    request_id: row.request_id,
    traffic_date: row.at.toISOString(),
    request_method: row.method,
    request_uri: row.uri,
    request_ip: row.ip,
    request_status: row.status < firstFailure ? 'SUCCESS' : 'FAILED',
    response_status: row.status,
    process_time: row.duration_ms,
    user_id: row.user_id,
    account_id: row.account_id,
    company_id: row.organization_id,
    company_external_id: String(row.organization_id),
    company_external_name: row.organization_name ?? '',
    element_api: row.is_hub,
    element_key: row.element_key,
    element_name: row.element_name,
    element_instance_id: row.instance_id,
    hub: row.hub,
    provider_status: row.provider_status,
    provider_time: row.provider_ms,
    provider_calls: row.provider_calls,
    message: row.message,
    provider_message: row.provider_message,
    element_instance_name: row.instance_name,
  };
}

export interface Outcomes {
  count: number;
  success: number;
  failed: number;
}

export function toOutcomes(sums: readonly Sum[]): Outcomes {
  const count = total(sums, 'calls');
  const failed = total(
    sums.filter(({ status }) => status >= firstFailure),
    'calls',
  );
  return { count, success: count - failed, failed };
}

/** How long calls took on average, and the longest one; in milliseconds. */
export function toTimes(sums: readonly Sum[]): {
  count: number;
  averageTime: number;
  averageProviderTime: number;
  longestTime: number;
} {
  const count = total(sums, 'calls');
  const average = (of: 'durationMs' | 'providerMs') =>
    count === 0 ? 0 : Math.round(total(sums, of) / count);
  return {
    count,
    averageTime: average('durationMs'),
    averageProviderTime: average('providerMs'),
    longestTime: Math.max(0, ...sums.map(({ longestMs }) => longestMs)),
  };
}

function total(sums: readonly Sum[], of: 'calls' | 'durationMs' | 'providerMs'): number {
  return sums.reduce((sum, one) => sum + one[of], 0);
}
