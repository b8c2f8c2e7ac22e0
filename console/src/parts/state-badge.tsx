import type { Instance } from '../instances.ts';
import { instance as words } from '../strings/instances.ts';
import { Badge } from './badge.tsx';

/** Whether a connected account can be called. */
export function StateBadge({ of: { disabled, valid } }: { of: Pick<Instance, 'disabled' | 'valid'> }) {
  if (disabled) return <Badge>{words.states.disabled}</Badge>;
  return valid ? (
    <Badge tone="good">{words.states.working}</Badge>
  ) : (
    <Badge tone="bad">{words.states.dead}</Badge>
  );
}
