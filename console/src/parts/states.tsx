import { CircleAlert, Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { LigandError } from '../api.ts';
import { parts } from '../strings/shell.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

/** Nothing is there, and what to do about it. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-lg border border-dashed border-line px-6 py-12 text-center">
      <Inbox aria-hidden className="size-7 text-muted" />
      <p className="m-0 font-medium">{title}</p>
      {children && <div className="max-w-prose text-sm text-muted">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}

/** A sentence about any failure; the server's own where it has one. */
export function sentenceOf(error: unknown): string {
  if (error instanceof LigandError) return error.status === 0 ? parts.unreachable : error.message;
  return error instanceof Error ? error.message : String(error);
}

/** A failure: what the server says, what the provider said, the id to quote, and another try. */
export function Failure({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const { providerMessage, requestId } = error instanceof LigandError ? error : {};
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-line bg-bad-soft p-4 text-sm text-bad">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-col items-start gap-2">
        <p className="m-0 break-words">{sentenceOf(error)}</p>
        {providerMessage && <p className="m-0 font-mono text-xs break-words">{providerMessage}</p>}
        {requestId && <p className="m-0 font-mono text-xs">{parts.requestId(requestId)}</p>}
        {retry && <Button onClick={retry}>{parts.tryAgain}</Button>}
      </div>
    </div>
  );
}

/** A grey place of the size of what is to come, so that nothing jumps when it does. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('animate-pulse rounded-md bg-raised', className)} />;
}

/** Says once to those who do not see the skeletons that something is loading. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <div role="status">
      <span className="sr-only">{parts.loading}</span>
      {children}
    </div>
  );
}

interface Asked<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** What becomes of a query: its skeleton, its failure, or its data. */
export function Await<T>({
  query,
  skeleton,
  children,
}: {
  query: Asked<T>;
  skeleton: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Loading>{skeleton}</Loading>;
}
