import { useState } from 'react';
import { usage as words } from '../strings/organization.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Section } from './page.tsx';
import { Empty } from './states.tsx';

export interface Series {
  name: string;
  tone: 'good' | 'bad' | 'accent' | 'muted';
}

/** One place on the axis, with a number for each series. */
export interface Bar {
  label: string;
  values: readonly number[];
}

const fills: Record<Series['tone'], string> = {
  good: 'bg-good',
  bad: 'bg-bad',
  accent: 'bg-accent',
  muted: 'bg-line-strong',
};

/** Numbers as stacked bars, or as the table that says the same to who does not see them. */
export function BarChart({
  title,
  of,
  series,
  bars,
  format = (value) => value.toLocaleString(),
  isStacked = true,
  isList = false,
}: {
  title: string;
  /** What a bar stands for, the head of the table. */
  of: string;
  series: readonly Series[];
  bars: readonly Bar[];
  format?: (value: number) => string;
  /** Else the bars stand side by side. */
  isStacked?: boolean;
  /** Bars of things, each under its name, and not of times in a row. */
  isList?: boolean;
}) {
  const [isTable, setTable] = useState(false);
  const heights = bars.map(({ values }) =>
    isStacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values),
  );
  const most = Math.max(0, ...heights);
  if (most === 0)
    return (
      <Section title={title}>
        <Empty title={words.none} />
      </Section>
    );
  return (
    <Section
      title={title}
      actions={
        <Button aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? words.asChart : words.asTable}
        </Button>
      }
    >
      {isTable ? (
        <NumberTable title={title} of={of} series={series} bars={bars} format={format} />
      ) : (
        <>
          <div className="flex flex-wrap justify-between gap-3 text-xs text-muted">
            <span>{format(most)}</span>
            <span className="flex gap-3">
              {series.map(({ name, tone }) => (
                <span key={name} className="flex items-center gap-1.5">
                  <span aria-hidden className={classNames('size-2.5 rounded-sm', fills[tone])} />
                  {name}
                </span>
              ))}
            </span>
          </div>
          {isList ? (
            <Rows series={series} bars={bars} most={most} format={format} />
          ) : (
            <Columns
              title={title}
              series={series}
              bars={bars}
              most={most}
              format={format}
              isStacked={isStacked}
            />
          )}
        </>
      )}
    </Section>
  );
}

function NumberTable({
  title,
  of,
  series,
  bars,
  format,
}: {
  title: string;
  of: string;
  series: readonly Series[];
  bars: readonly Bar[];
  format: (value: number) => string;
}) {
  return (
    <div className="max-h-96 overflow-auto" tabIndex={0} role="group" aria-label={title}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr className="text-left text-xs text-muted">
            <th className="py-1.5 font-medium">{of}</th>
            {series.map(({ name }) => (
              <th key={name} className="py-1.5 pl-4 text-right font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.map(({ label, values }) => (
            <tr key={label} className="border-t border-line">
              <th className="py-1.5 text-left font-normal">{label}</th>
              {series.map(({ name }, at) => (
                <td key={name} className="py-1.5 pl-4 text-right tabular-nums">
                  {format(values[at] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Drawn {
  series: readonly Series[];
  bars: readonly Bar[];
  most: number;
  format: (value: number) => string;
}

function Columns({
  title,
  series,
  bars,
  most,
  format,
  isStacked,
}: Drawn & { title: string; isStacked: boolean }) {
  return (
    <>
      <div
        role="img"
        aria-label={words.summary(title, bars.length, most)}
        className="flex h-44 items-end gap-px border-b border-line-strong sm:gap-0.5"
      >
        {bars.map(({ label, values }) => (
          <div
            key={label}
            title={`${label} · ${series.map(({ name }, at) => `${name}: ${format(values[at] ?? 0)}`).join(' · ')}`}
            className={classNames(
              'flex h-full min-w-0 grow hover:bg-raised',
              isStacked ? 'flex-col-reverse' : 'items-end',
            )}
          >
            {series.map(({ name, tone }, at) => (
              <span
                key={name}
                className={classNames('block', fills[tone], isStacked ? 'w-full' : 'grow')}
                style={{ height: `${((values[at] ?? 0) / most) * 100}%` }}
              />
            ))}
          </div>
        ))}
      </div>
      <div aria-hidden className="flex justify-between gap-2 text-xs text-muted">
        <span>{bars[0]?.label}</span>
        {bars.length > 1 && <span>{bars.at(-1)?.label}</span>}
      </div>
    </>
  );
}

function Rows({ series, bars, most, format }: Drawn) {
  return (
    <ul className="m-0 flex list-none flex-col gap-3 p-0 text-sm">
      {bars.map(({ label, values }) => (
        <li key={label} className="flex flex-col gap-1">
          <span className="flex justify-between gap-4">
            <span className="min-w-0 truncate">{label}</span>
            <span className="text-muted tabular-nums">{values.map(format).join(' · ')}</span>
          </span>
          <span aria-hidden className="flex h-2.5 overflow-hidden rounded bg-raised">
            {series.map(({ name, tone }, at) => (
              <span
                key={name}
                className={classNames('block', fills[tone])}
                style={{ width: `${((values[at] ?? 0) / most) * 100}%` }}
              />
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
