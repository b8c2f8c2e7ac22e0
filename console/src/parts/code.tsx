import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { parts } from '../strings/shell.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

const shownForMs = 2000;

/** Copies a text. It says so by itself, to those who do not see it too. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownForMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <Button
      aria-label={parts.copyOf(what)}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      <Icon aria-hidden className="size-4" />
      <span aria-live="polite">{copied ? parts.copied : parts.copy}</span>
    </Button>
  );
}

/** A text to be read as it is written, and copied. */
export function Code({
  children,
  what,
  className,
}: {
  children: string;
  /** What it is, for the name of the button. */
  what: string;
  className?: string;
}) {
  return (
    <div className="max-h-112 overflow-auto rounded-md border border-line bg-raised">
      {/* Only the first lines are shorter for it; it stays where a long text is scrolled. */}
      <div className="sticky top-2 float-right mt-2 mr-2 ml-3">
        <CopyButton text={children} what={what} />
      </div>
      <pre
        tabIndex={0}
        aria-label={what}
        className={classNames(
          'm-0 min-h-13 p-3 text-left font-mono text-xs leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]',
          className,
        )}
      >
        {children}
      </pre>
    </div>
  );
}
