import { classNames } from './class-names.ts';

export interface Series {
  name: string;
  /** The classes of its colour, for a bar and for the legend. */
  fill: string;
  values: readonly number[];
}

interface ChartProps {
  title: string;
  /** What it shows in a sentence, for those who do not see it. */
  summary: string;
  /** When each bucket begins, ISO 8601. */
  times: readonly string[];
  /** Stacked, the first at the bottom. */
  series: readonly Series[];
  format: (value: number) => string;
}

const [width, height] = [1000, 160];
const gridLines = [0, 0.5, 1];

/** Stacked bars over time. The numbers themselves belong into a table beside it. */
export function Chart({ title, summary, times, series, format }: ChartProps) {
  const totals = times.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  const most = niceAbove(Math.max(...totals, 0));
  const step = width / Math.max(1, times.length);
  const gap = Math.min(2, step * 0.2);
  const [first, last] = [times[0], times.at(-1)];
  const nameOf = namerOf(times);
  return (
    <figure className="m-0 flex min-w-0 flex-col gap-2">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-sm">
        <span className="font-medium">{title}</span>
        <span className="flex gap-3 text-xs text-muted">
          {series.map(({ name, fill }) => (
            <span key={name} className="flex items-center gap-1.5">
              <svg aria-hidden viewBox="0 0 10 10" className={classNames('size-2.5', fill)}>
                <rect width={10} height={10} rx={2} />
              </svg>
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      <div className="grid grid-cols-[auto_1fr] gap-x-2 text-xs text-muted">
        <span aria-hidden className="flex h-40 flex-col justify-between text-right tabular-nums">
          <span className="-mt-2">{format(most)}</span>
          <span className="-mb-2">{format(0)}</span>
        </span>
        <svg
          role="img"
          aria-label={`${title}: ${summary}`}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="h-40 w-full overflow-visible"
        >
          {gridLines.map((at) => (
            <line key={at} x1={0} x2={width} y1={height * at} y2={height * at} className="stroke-line" />
          ))}
          {times.map((time, index) => (
            <Bar
              key={time}
              {...{ name: nameOf(time), index, series, most, format }}
              left={index * step + gap / 2}
              wide={step - gap}
            />
          ))}
        </svg>
        <span />
        <span aria-hidden className="mt-1 flex justify-between gap-3">
          <span>{first && nameOf(first)}</span>
          <span className="text-right">{last && last !== first && nameOf(last)}</span>
        </span>
      </div>
    </figure>
  );
}

function Bar({
  name: time,
  index,
  series,
  most,
  format,
  left,
  wide,
}: Pick<ChartProps, 'series' | 'format'> & {
  name: string;
  index: number;
  most: number;
  left: number;
  wide: number;
}) {
  let below = 0;
  const parts = series.map(({ name, fill, values }) => {
    const value = values[index] ?? 0;
    const [from, tall] = [below, (value / most) * height];
    below += tall;
    return { name, fill, value, y: height - from - tall, tall };
  });
  const told = [time, ...parts.map(({ name, value }) => `${name}: ${format(value)}`)].join('\n');
  return (
    <g>
      {parts.map(
        ({ name, fill, y, tall }) =>
          tall > 0 && <rect key={name} className={fill} x={left} y={y} width={wide} height={tall} />,
      )}
      <rect x={left} y={0} width={wide} height={height} className="fill-transparent hover:fill-ink/10">
        <title>{told}</title>
      </rect>
    </g>
  );
}

/** A round number that is not less: one digit, or one and a half, and zeros. */
function niceAbove(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value) ?? 10;
  return digit * power;
}

const dayMs = 86_400_000;

/**
 * How a chart names its buckets: as short as their length lets it, with the zone. Days and months are those of the server's counting, UTC.
 */
export function namerOf(times: readonly string[]): (iso: string) => string {
  const [first, second] = times;
  const stepMs = first && second ? Date.parse(second) - Date.parse(first) : 0;
  const day = { month: 'short', day: 'numeric' } as const;
  const options: Intl.DateTimeFormatOptions =
    stepMs > 27 * dayMs
      ? { month: 'short', year: 'numeric', timeZone: 'UTC' }
      : stepMs >= dayMs
        ? { ...day, timeZone: 'UTC' }
        : { ...day, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' };
  return (iso) => new Date(iso).toLocaleString(undefined, options);
}
