import { useState } from 'react';
import type { Problem } from '../element-edit.ts';
import { report as words } from '../strings/builder.ts';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';

/** More than a person looks through at once. */
const firstShown = 20;

/** What of an element cannot work and why, by resource. */
export function ImportReport({ problems }: { problems: readonly Problem[] }) {
  const [all, setAll] = useState(false);
  if (problems.length === 0) return <p className="m-0 text-sm text-good">{words.none}</p>;
  const groups = [...Map.groupBy(problems, ({ method, path }) => [method, path].filter(Boolean).join(' '))];
  return (
    <>
      <ul className="m-0 flex list-none flex-col gap-2 p-0">
        {groups.slice(0, all ? groups.length : firstShown).map(([resource, found]) => (
          <li key={resource} className="flex flex-col gap-1 border-l-2 border-warn pl-3 text-sm">
            {resource ? (
              <code className="text-xs break-all">{resource}</code>
            ) : (
              <span className="text-xs font-medium">{words.element}</span>
            )}
            {found.map(({ reason }, index) => (
              <span key={index} className="break-words text-muted">
                {reason}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {!all && groups.length > firstShown && (
        <div>
          <Button onClick={() => setAll(true)}>{words.more(groups.length)}</Button>
        </div>
      )}
    </>
  );
}

/** The report of an import in a line, and what is behind it. */
export function ReportSummary({
  problems,
  notes,
}: {
  problems: readonly Problem[];
  notes: readonly string[];
}) {
  return (
    <>
      {problems.length === 0 ? (
        <ImportReport problems={problems} />
      ) : (
        <details open={problems.length <= firstShown}>
          <summary className="py-1 text-sm">
            <Badge tone="warn">{words.count(problems.length)}</Badge>
          </summary>
          <div className="mt-2 flex flex-col gap-2">
            <ImportReport problems={problems} />
          </div>
        </details>
      )}
      {notes.length > 0 && (
        <details>
          <summary className="py-1 text-sm">
            {words.notes} ({notes.length})
          </summary>
          <ul className="m-0 flex flex-col gap-1 pl-5 text-sm text-muted">
            {notes.map((note) => (
              <li key={note} className="break-words">
                {note}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
