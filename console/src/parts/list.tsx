import type { ReactNode } from 'react';
import type { ListPage } from '../api.ts';
import { Empty, Failure } from './states.tsx';
import { type Column, Pager, Table } from './table.tsx';

/** One page of a list: its table and the way to the next page, its failure, or that nothing is there. */
export function List<Row>({
  label,
  columns,
  query: { data, error, refetch },
  keyOf,
  page,
  size,
  onPage,
  empty,
}: {
  label: string;
  columns: readonly Column<Row>[];
  query: { data: ListPage<Row> | undefined; error: unknown; refetch: () => unknown };
  keyOf: (row: Row) => string | number;
  page: number;
  size: number;
  onPage: (page: number) => void;
  empty: { title: string; children?: ReactNode; action?: ReactNode };
}) {
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (data?.total === 0 || (data?.rows.length === 0 && page === 1)) return <Empty {...empty} />;
  return (
    <>
      <Table label={label} columns={columns} rows={data?.rows} keyOf={keyOf} />
      {data && <Pager page={page} size={size} total={data.total} onPage={onPage} />}
    </>
  );
}
