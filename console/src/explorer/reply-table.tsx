import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/states.tsx';
import { explorer as words } from '../strings/explorer.ts';
import { ExactNumber } from './reply.ts';

type Record_ = Record<string, unknown>;
const atOnce = 100;

/** The records of a reply; undefined where it is no list of them. */
export function recordsOf(value: unknown): Record_[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const isRecord = (one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one);
  return value.every(isRecord) ? (value as Record_[]) : undefined;
}

/** A list of records: a column for each field that any of them has. */
export function ReplyTable({ records }: { records: Record_[] }) {
  const [shown, setShown] = useState(atOnce);
  if (records.length === 0) return <Empty title={words.emptyList} />;
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return (
    <div className="flex flex-col gap-2">
      <div
        role="group"
        aria-label={words.table}
        tabIndex={0}
        className="max-h-[36rem] overflow-auto rounded-md border border-line"
      >
        <table className="w-full border-collapse text-left text-xs">
          <thead className="sticky top-0 bg-raised text-muted">
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {records.slice(0, shown).map((record, at) => (
              <tr key={at} className="border-t border-line">
                {columns.map((column) => (
                  <td key={column} className="max-w-72 truncate px-3 py-1.5 whitespace-nowrap">
                    {textOf(record[column])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {records.length > shown && (
        <div>
          <Button onClick={() => setShown(shown + atOnce)}>
            {words.showMore(Math.min(atOnce, records.length - shown))}
          </Button>
        </div>
      )}
    </div>
  );
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value instanceof ExactNumber) return value.source;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
