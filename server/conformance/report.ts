import type { ElementOutcome } from './run-element.ts';

export interface Summary {
  elements: number;
  imported: number;
  exportedEqual: number;
  provisioned: number;
  resources: number;
  called: number;
  passed: number;
  failures: { element: string; resource: string; reason: string }[];
}

export function toSummary(outcomes: readonly ElementOutcome[]): Summary {
  const sum = (count: (one: ElementOutcome) => number) =>
    outcomes.reduce((total, one) => total + count(one), 0);
  return {
    elements: outcomes.length,
    imported: sum(({ imported }) => Number(imported)),
    exportedEqual: sum(({ exportedEqual }) => Number(exportedEqual)),
    provisioned: sum(({ provisioned }) => Number(provisioned)),
    resources: sum(({ resources }) => resources),
    called: sum(({ called }) => called),
    passed: sum(({ passed }) => passed),
    failures: outcomes.flatMap(({ element, failures }) =>
      failures.map((failure) => ({ element, ...failure })),
    ),
  };
}

/** A line for each element, then the reasons. */
export function printTable(outcomes: readonly ElementOutcome[], summary: Summary): string {
  const head = [
    'element',
    'imported',
    'export equal',
    'provisioned',
    'resources',
    'called',
    'passed',
    'failed',
  ];
  const yes = (value: boolean) => (value ? 'yes' : 'no');
  const rows = outcomes.map((one) => [
    one.element,
    yes(one.imported),
    yes(one.exportedEqual),
    yes(one.provisioned),
    String(one.resources),
    String(one.called),
    String(one.passed),
    String(one.called - one.passed),
  ]);
  const total = [
    'all',
    ...[summary.imported, summary.exportedEqual, summary.provisioned].map(
      (count) => `${count}/${summary.elements}`,
    ),
    ...[summary.resources, summary.called, summary.passed, summary.called - summary.passed].map(String),
  ];
  const all = [head, ...rows, total];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  const notes = outcomes.flatMap((one) => [
    ...one.failures.map(({ resource, reason }) => `${one.element}: ${resource}: ${reason}`),
    ...one.report.map((line) => `${one.element}: import report: ${line}`),
  ]);
  return `${lines.join('\n')}\n${notes.length > 0 ? `\n${notes.join('\n')}\n` : ''}`;
}
