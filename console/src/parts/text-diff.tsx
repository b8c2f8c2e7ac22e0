import { diffLines } from 'diff';
import { versions as words } from '../strings/builder.ts';
import { classNames } from './class-names.ts';

/** Unchanged lines around a change; more of them say nothing. */
const contextLines = 3;

interface Line {
  sign: '+' | '-' | ' ' | '…';
  text: string;
}

/** Two states of a text, line by line. What was added and removed is told by signs, not by colour alone. */
export function TextDiff({ label, before, after }: { label: string; before: string; after: string }) {
  return (
    <pre
      tabIndex={0}
      aria-label={label}
      className="m-0 max-h-96 overflow-auto rounded-md border border-line bg-surface p-0 py-2 font-mono text-xs leading-relaxed"
    >
      {toLines(before, after).map(({ sign, text }, index) => (
        <span
          key={index}
          className={classNames(
            'block px-3 whitespace-pre-wrap [overflow-wrap:anywhere]',
            sign === '+' && 'bg-good-soft text-good',
            sign === '-' && 'bg-bad-soft text-bad',
            sign === '…' && 'text-muted',
          )}
        >
          {`${sign} ${text}`}
        </span>
      ))}
    </pre>
  );
}

function toLines(before: string, after: string): Line[] {
  const parts = diffLines(before, after);
  return parts.flatMap(({ value, added, removed }, index) => {
    const lines = value.replace(/\n$/, '').split('\n');
    if (added) return lines.map((text): Line => ({ sign: '+', text }));
    if (removed) return lines.map((text): Line => ({ sign: '-', text }));
    const head = index === 0 ? 0 : contextLines;
    const tail = index === parts.length - 1 ? 0 : contextLines;
    const plain = (some: string[]) => some.map((text): Line => ({ sign: ' ', text }));
    if (lines.length <= head + tail + 1) return plain(lines);
    const left = lines.length - head - tail;
    return [
      ...plain(lines.slice(0, head)),
      { sign: '…' as const, text: words.unchanged(left) },
      ...plain(lines.slice(lines.length - tail)),
    ];
  });
}
