import { classNames } from './class-names.ts';
import { Section } from './page.tsx';
import { Empty } from './states.tsx';

interface Series {
  name: string;
  /** The class of its colour. */
  fill: string;
}

interface Bar {
  /** Its own. */
  key: string;
  label: string;
  /** One for each series. */
  values: readonly number[];
}

/** Things with a bar each, the numbers beside it: to be read and to be seen. */
export function BarList({
  title,
  none,
  series,
  bars,
}: {
  title: string;
  /** What is said when nothing is there. */
  none: string;
  series: readonly Series[];
  bars: readonly Bar[];
}) {
  const most = Math.max(0, ...bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0)));
  if (most === 0)
    return (
      <Section title={title}>
        <Empty title={none} />
      </Section>
    );
  return (
    <Section title={title}>
      <ul className="m-0 flex list-none flex-col gap-3 p-0 text-sm">
        {bars.map(({ key, label, values }) => (
          <li key={key} className="flex flex-col gap-1">
            <span className="flex justify-between gap-4">
              <span className="min-w-0 truncate font-medium">{label}</span>
              <span className="shrink-0 text-muted tabular-nums">
                {series
                  .map(({ name }, at) => `${(values[at] ?? 0).toLocaleString()} ${name.toLowerCase()}`)
                  .join(' · ')}
              </span>
            </span>
            <span aria-hidden className="flex h-2 overflow-hidden rounded-full bg-raised">
              {series.map(({ name, fill }, at) => (
                <span
                  key={name}
                  className={classNames('block', fill)}
                  style={{ width: `${((values[at] ?? 0) / most) * 100}%` }}
                />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
