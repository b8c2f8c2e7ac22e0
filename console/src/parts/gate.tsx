import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { shell } from '../strings/shell.ts';

/** A page for who is not inside yet. */
export function Gate({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = shell.titleOf(title);
  }, [title]);
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="flex w-full max-w-md flex-col gap-5 rounded-xl border border-line bg-surface p-6 shadow-pop">
        <div className="flex items-center gap-2 text-sm text-muted">
          <img src="/icon.svg" alt="" className="size-6" />
          {shell.product}
        </div>
        <h1 className="m-0 text-xl font-semibold">{title}</h1>
        {children}
      </div>
    </main>
  );
}
