import { classNames } from './class-names.ts';

export interface Span {
  name: string;
  detail?: string;
  startMs: number;
  durationMs: number;
  /** The class of its colour. */
  fill: string;
  /** Start and length in words. */
  text: string;
}

/** What took how long, one below the other. A list, whose bars are drawn and whose times are said. */
export function Waterfall({ label, spans, totalMs }: { label: string; spans: Span[]; totalMs: number }) {
  const most = Math.max(totalMs, ...spans.map(({ startMs, durationMs }) => startMs + durationMs), 0.1);
  const percent = (ms: number) => `${(ms / most) * 100}%`;
  return (
    <ol aria-label={label} className="m-0 flex list-none flex-col gap-3 p-0 text-sm">
      {spans.map(({ name, detail, startMs, durationMs, fill, text }, index) => (
        <li
          key={index}
          className="grid gap-x-4 gap-y-1 md:grid-cols-[minmax(10rem,18rem)_1fr] md:items-center"
        >
          <span className="min-w-0">
            <span className="block">{name}</span>
            {detail && <span className="block text-xs break-words text-muted">{detail}</span>}
          </span>
          <span className="min-w-0">
            <span aria-hidden className="relative block h-4 rounded bg-raised">
              <span
                className={classNames('absolute inset-y-0 min-w-0.5 rounded', fill)}
                style={{ left: percent(startMs), width: percent(durationMs) }}
              />
            </span>
            <span className="text-xs text-muted tabular-nums">{text}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
