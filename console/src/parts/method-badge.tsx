import { Badge } from './badge.tsx';

/** A method of HTTP: what reads, what changes, and what deletes. All are as wide, so that what follows stands in line. */
export function MethodBadge({ of: method }: { of: string }) {
  return (
    <span className="inline-flex w-14 shrink-0">
      <Badge tone={method === 'GET' ? 'accent' : method === 'DELETE' ? 'bad' : 'warn'}>{method}</Badge>
    </span>
  );
}
