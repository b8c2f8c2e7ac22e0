import { toText } from '#kernel/json';
import type { Calls } from '#calls';
import type { Element } from '#elements';
import type { Exchange, Outbound } from '#platform/outbound';
import { watchOutbound } from '#platform/outbound';
import type { ExchangeLog } from '#usage';
import { keptBodyBytes } from '#usage';
import { effectiveConfiguration } from './instance.ts';
import { secretsOf } from './secret.ts';

interface Wanted {
  element: Element;
  configuration: Record<string, unknown>;
  /** What the account has already. */
  stored?: Record<string, string>;
  traceId: string | undefined;
}

/**
 * Does something that calls a provider. Where a trace is wanted, each exchange is kept under its id when this is over, and
 * also when it fails: that is when somebody wants to see it.
 */
export async function traced<P extends { outbound: Outbound; calls: Calls }, T>(
  { exchangeLog, provisioning }: { exchangeLog: ExchangeLog; provisioning: P },
  { organizationId, accountId }: { organizationId: number; accountId: number },
  { element, configuration, stored, traceId }: Wanted,
  run: (parts: P) => Promise<T>,
): Promise<T> {
  if (traceId === undefined) return run(provisioning);
  const exchanges: Exchange[] = [];
  const outbound = watchOutbound(provisioning.outbound, (exchange) => void exchanges.push(exchange), {
    bodyBytes: keptBodyBytes,
  });
  const calls: Calls = {
    ...provisioning.calls,
    execute: (resource, input, target) =>
      provisioning.calls.execute(resource, input, { ...target, outbound }),
  };
  try {
    return await run({ ...provisioning, outbound, calls });
  } finally {
    const given = Object.entries(configuration).map(([key, value]) => [key, toText(value)] as const);
    const values = effectiveConfiguration(element, { ...stored, ...Object.fromEntries(given) });
    const origin = {
      organizationId,
      accountId,
      instanceId: undefined,
      elementKey: element.key,
      requestId: traceId,
      traceTag: undefined,
    };
    await exchangeLog.keepNow(origin, exchanges, secretsOf(element, values));
  }
}
