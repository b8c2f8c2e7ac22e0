import type { FastifyInstance } from 'fastify';
import { type AuditEntry, stateOf } from './state.ts';

/** Where the audit trail goes; to the log, when nobody sets this. It must not throw. */
export function setAuditor(app: FastifyInstance, auditor: (entry: AuditEntry) => void): void {
  stateOf(app).auditor = auditor;
}
