import { median, quantile } from '../../bench/load.ts';
import type { Row } from '../../bench/results.ts';
import type { TrafficOutcome } from './traffic.ts';
import type { Sample } from './watch-process.ts';

/** What a heap may move by between two collections. */
const mostGrowth = 1.1;
const mostMoreHandles = 16;

/** What is told of a drill, and what was wrong with it. The first third is the warm-up. */
export function judge(
  { sent, late, failed, providerFaults, unexplained, durationsMs }: TrafficOutcome,
  samples: Sample[],
  minutes: number,
): { rows: Row[]; faults: string[] } {
  const third = Math.ceil(samples.length / 3);
  const before = samples.slice(third, 2 * third);
  const after = samples.slice(-third);
  const megabytes = (of: Sample[]) => median(of.map(({ bytes }) => bytes)) / 1024 ** 2;
  const handles = (of: Sample[]) => median(of.map((one) => one.handles));
  const growth = megabytes(after) / megabytes(before);
  const faults = [
    ...unexplained,
    ...(failed === providerFaults
      ? []
      : [`${failed} calls failed, where the provider failed ${providerFaults} times`]),
    ...(growth > mostGrowth ? [`memory has grown ${growth.toFixed(2)} times after the warm-up`] : []),
    ...(handles(after) - handles(before) > mostMoreHandles
      ? [`${handles(before)} handles after the warm-up, ${handles(after)} at the end`]
      : []),
  ];
  const rows: Row[] = [
    {
      what: `calls in ${minutes} min`,
      value: String(sent),
      note: `p50 ${quantile(durationsMs, 0.5).toFixed(1)} ms, p99 ${quantile(durationsMs, 0.99).toFixed(1)} ms; ${late} started late`,
    },
    {
      what: 'calls that failed',
      value: String(failed),
      wanted: String(providerFaults),
      note: 'wanted: as many as the provider made fail',
    },
    { what: 'errors of another kind', value: String(unexplained.length), wanted: '0' },
    {
      what: 'memory after the warm-up and at the end',
      value: `${megabytes(before).toFixed(0)} → ${megabytes(after).toFixed(0)} MB`,
      ratio: growth,
      wanted: `≤ ${mostGrowth}`,
      note: 'of the server and its scripts',
    },
    {
      what: 'handles after the warm-up and at the end',
      value: `${handles(before)} → ${handles(after)}`,
      wanted: `≤ ${mostMoreHandles} more`,
    },
  ];
  return { rows, faults };
}
