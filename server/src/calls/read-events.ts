import { isRow } from '#kernel/json';
import { AppError } from '#kernel/error';
import type { Hook } from '#elements';
import { ScriptError } from '#platform/scripting';
import type { Target } from './call.ts';
import { noteOutcome } from './hooks.ts';
import type { HookParts } from './hooks.ts';
import { withVariables } from './instance-variables.ts';

/** What a definition's event hooks made of a provider's call to us. */
export interface EventsRead {
  /** As the script gave them: `event_object_type`, `event_object_id`, `event_type`, `event_date`. */
  events: Record<string, unknown>[];
  /** What the script wants answered to the provider, for handshakes of its own. */
  answer: { status: number; body: unknown } | undefined;
}

/**
 * Runs event hooks, each with what the one before made of the events.
 *
 * @throws 500 with the hook's name and line when it threw or broke a limit.
 */
export async function readEvents(
  parts: HookParts,
  hooks: Hook[],
  payload: Record<string, unknown>,
  plain: Target,
): Promise<EventsRead> {
  const target = withVariables(plain);
  const read: EventsRead = { events: [], answer: undefined };
  let events: unknown = payload;
  for (const hook of hooks) {
    const bindings = { events, configuration: { ...target.configuration }, request_body_map: payload };
    try {
      const outcome = await parts.scripting.run(hook, bindings, {
        tenant: target.tenant,
        ...(target.scriptFetch ? { fetch: target.scriptFetch } : {}),
      });
      noteOutcome(parts.log, hook, target, outcome);
      const result = outcome.result ?? {};
      if (result['events'] !== undefined) {
        read.events = [result['events']].flat().filter(isRow);
        events = result['events'];
      }
      if (result['response_body'] !== undefined || result['response_status_code'] !== undefined)
        read.answer = {
          status: Number(result['response_status_code']) || 200,
          body: result['response_body'],
        };
    } catch (error) {
      if (error instanceof ScriptError) throw new AppError('event-hook-failed', 500, error.message);
      throw error;
    }
  }
  return read;
}
