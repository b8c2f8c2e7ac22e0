import { Badge, type Tone } from './badge.tsx';

function toneOf(status: number): Tone {
  if (status < 300) return 'good';
  if (status < 400) return 'accent';
  return status < 500 ? 'warn' : 'bad';
}

/** An HTTP status. */
export function StatusBadge({ status }: { status: number }) {
  return <Badge tone={toneOf(status)}>{status}</Badge>;
}
