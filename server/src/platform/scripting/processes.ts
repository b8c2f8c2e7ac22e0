import { LRUCache } from 'lru-cache';
import type { Log } from '#kernel/log';
import type { Limits } from './tenant.ts';
import { createScriptProcess } from './script-process.ts';
import type { ScriptProcess } from './script-process.ts';

export interface ScriptProcesses {
  /** Where a tenant's scripts run now. */
  of(tenant: string): ScriptProcess;
  close(): Promise<void>;
}

const mostApart = 8;
const apartMs = 60_000;

/**
 * One process for all tenants. Who was at work in it when a script ended it gets one of its own for a minute: the next
 * time, nobody else is hit.
 */
export function createScriptProcesses(limits: Limits, log: Log): ScriptProcesses {
  const apart = new LRUCache<string, ScriptProcess>({
    max: mostApart,
    ttl: apartMs,
    ttlAutopurge: true,
    updateAgeOnGet: false,
    dispose: (one) => one.retire(),
  });
  const separate = (tenants: ReadonlySet<string>) => {
    for (const tenant of tenants)
      if (!apart.has(tenant))
        apart.set(
          tenant,
          createScriptProcess(limits, log, () => {}),
        );
  };
  const shared = createScriptProcess(limits, log, separate);
  return {
    of: (tenant) => apart.get(tenant) ?? shared,
    async close() {
      await Promise.all([shared, ...apart.values()].map((one) => one.close()));
    },
  };
}
