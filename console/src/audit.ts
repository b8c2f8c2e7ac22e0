import { queryOptions } from '@tanstack/react-query';
import { call } from './api.ts';

/** One thing that was done. */
export interface AuditEntry {
  id: number;
  date: string;
  action: string;
  method: string;
  path: string;
  requestId: string;
  userId: number;
  accountId: number;
  /** Of the user, at that time. */
  email: string;
}

export const auditEntryQuery = (id: string) =>
  queryOptions({
    queryKey: ['audit', id],
    queryFn: () => call<AuditEntry>('GET', `/audit/${encodeURIComponent(id)}`),
  });
