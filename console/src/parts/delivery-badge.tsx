import { events as words } from '../strings/events.ts';
import { Badge, type Tone } from './badge.tsx';

const tones: Record<string, Tone> = {
  delivered: 'good',
  failed: 'bad',
  queued: 'warn',
  retry: 'warn',
  NOTIFIED: 'good',
  DISPATCHED: 'accent',
};

/** Where a delivery, or an event, is on its way. */
export function DeliveryBadge({ status }: { status: string }) {
  return (
    <Badge tone={tones[status] ?? 'neutral'}>
      {words.deliveryStatuses[status] ?? words.states[status] ?? status}
    </Badge>
  );
}
