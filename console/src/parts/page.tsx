import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { shell } from '../strings/shell.ts';

/** Whether a page was shown before this one: the first must not take the focus from the browser. */
let isFirst = true;

/**
 * A page: its title in the tab and at its top. On the way from another page the focus goes to the title, so that who does not see the
 * page hears where they are.
 */
export function Page({
  title,
  lead,
  actions,
  children,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = shell.titleOf(title);
  }, [title]);
  useEffect(() => {
    if (!isFirst) heading.current?.focus();
    isFirst = false;
  }, []);
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-5 p-4 sm:p-6">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-[1_1_20rem]">
          <h1 ref={heading} tabIndex={-1} className="m-0 text-2xl font-semibold break-words">
            {title}
          </h1>
          {lead && <div className="mt-1 text-sm text-muted">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with a title of its own. */
export function Section({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="m-0 text-base font-semibold">{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** Names and values. */
export function Facts({ rows }: { rows: readonly [name: string, value: ReactNode][] }) {
  return (
    <dl className="m-0 grid gap-x-6 gap-y-0.5 text-sm sm:grid-cols-[minmax(8rem,14rem)_1fr] sm:gap-y-2">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="m-0 mb-2 min-w-0 break-words sm:mb-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
