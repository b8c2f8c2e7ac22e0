import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { parts } from '../strings/shell.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Skeleton } from './states.tsx';

export interface Column<Row> {
  /** Its head; also the key. */
  head: string;
  cell: (row: Row) => ReactNode;
  /** A track of a grid, such as `2fr`; `1fr` when it is not said. */
  width?: string;
  /** The same where the screen is narrow, if it is another. */
  narrow?: string;
  /** Left out where the screen is narrow. */
  wide?: boolean;
}

interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while they are loading. */
  rows: readonly Row[] | undefined;
  keyOf: (row: Row) => string | number;
}

const rowHeightPx = 52;
const mostVisiblePx = rowHeightPx * 14;

/**
 * A table of as many rows as there are: only those in view are in the page. It keeps its place while it loads. On a narrow screen
 * columns marked as `wide` are left out.
 */
export function Table<Row>({ label, columns, rows, keyOf }: TableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const count = rows?.length ?? 8;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 8,
  });
  const tracks = (all: boolean) =>
    columns
      .filter(({ wide }) => all || !wide)
      .map(({ width = '1fr', narrow = width }) => `minmax(0, ${all ? width : narrow})`)
      .join(' ');
  const grid =
    'grid w-full items-center gap-x-4 px-4 [grid-template-columns:var(--few)] md:[grid-template-columns:var(--all)]';
  const style = { '--few': tracks(false), '--all': tracks(true) } as React.CSSProperties;
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={label}
      aria-rowcount={rows ? rows.length + 1 : -1}
      aria-busy={rows === undefined}
      tabIndex={0}
      className="overflow-auto rounded-lg border border-line bg-surface"
      style={{ maxHeight: mostVisiblePx, ...style }}
    >
      <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-raised">
        <div role="row" className={classNames(grid, 'min-h-9 text-xs font-medium text-muted')}>
          {columns.map(({ head, wide }) => (
            <div key={head} role="columnheader" className={classNames(wide && 'hidden md:block')}>
              {head}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows?.[index];
          return (
            <div
              key={row === undefined ? index : keyOf(row)}
              role="row"
              aria-rowindex={index + 2}
              className={classNames(grid, 'absolute top-0 left-0 border-b border-line text-sm')}
              style={{ height: rowHeightPx, transform: `translateY(${start}px)` }}
            >
              {columns.map(({ head, cell, wide }) => (
                <div key={head} role="cell" className={classNames('min-w-0', wide && 'hidden md:block')}>
                  {row === undefined ? <Skeleton className="h-4 w-3/4" /> : cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Which page of how many is shown, and the way to the next. */
export function Pager({
  page,
  size,
  total,
  onPage,
}: {
  page: number;
  size: number;
  total: number;
  onPage: (page: number) => void;
}) {
  const last = Math.max(1, Math.ceil(total / size));
  return (
    <nav aria-label={parts.pages} className="flex items-center justify-between gap-3 text-sm text-muted">
      <span aria-live="polite">
        {parts.pageOf(Math.min(total, (page - 1) * size + 1), Math.min(total, page * size), total)}
      </span>
      <span className="flex gap-2">
        <Button disabled={page <= 1} onClick={() => onPage(page - 1)}>
          {parts.previous}
        </Button>
        <Button disabled={page >= last} onClick={() => onPage(page + 1)}>
          {parts.next}
        </Button>
      </span>
    </nav>
  );
}
