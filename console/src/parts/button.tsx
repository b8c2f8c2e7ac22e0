import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

const looks: Record<Look, string> = {
  primary: 'bg-accent text-accent-ink border-transparent hover:brightness-110',
  plain: 'bg-surface text-ink border-line hover:bg-raised',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-raised',
  danger: 'bg-bad-soft text-bad border-transparent hover:brightness-95',
};

/** The classes of a button, for links that look like one. */
export function buttonClasses(look: Look = 'plain', extra?: string): string {
  return classNames(
    'inline-flex min-h-9 items-center justify-center gap-2 rounded-md border px-3 py-1.5 text-sm font-medium whitespace-nowrap no-underline transition-[filter,background-color] disabled:opacity-60',
    looks[look],
    extra,
  );
}

/** A button. While `busy` it keeps its place and its size, and cannot be pressed again. */
export function Button({
  look = 'plain',
  busy = false,
  className,
  children,
  ...more
}: ComponentProps<'button'> & { look?: Look; busy?: boolean }) {
  return (
    <button
      type="button"
      {...more}
      disabled={more.disabled || busy}
      aria-busy={busy || undefined}
      className={buttonClasses(look, className)}
    >
      {children}
    </button>
  );
}

/** A button that is only an icon; its name is for those who do not see it, and its tooltip. */
export function IconButton({
  label,
  children,
  ...more
}: ComponentProps<'button'> & { label: string; children: ReactNode }) {
  return (
    <button
      type="button"
      {...more}
      aria-label={label}
      title={label}
      className={classNames(
        'inline-flex size-9 shrink-0 items-center justify-center rounded-md text-muted hover:bg-raised hover:text-ink',
        more.className,
      )}
    >
      {children}
    </button>
  );
}
