import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { change } from '../organization.ts';
import { useDeed } from '../parts/deed.ts';
import { Form, TextField } from '../parts/form.tsx';
import { Section } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { limits as words, organization } from '../strings/organization.ts';
import { toTime } from '../parts/time.tsx';
import { type Limit, limitsQuery, periods } from '../usage.ts';

/** How many hub calls an account may make, and how many are left. */
export function AccountLimits({ accountId, mayEdit }: { accountId: number; mayEdit: boolean }) {
  const query = useQuery(limitsQuery(accountId));
  return (
    <Section title={words.title}>
      <p className="m-0 text-sm text-muted">{words.text}</p>
      <Await query={query} skeleton={<Skeleton className="h-24" />}>
        {({ limits }) => (
          <>
            <LimitsLeft limits={limits} />
            {mayEdit && <LimitsForm accountId={accountId} limits={limits} />}
          </>
        )}
      </Await>
    </Section>
  );
}

/** How much of each limit is used. */
export function LimitsLeft({ limits }: { limits: readonly Limit[] }) {
  if (limits.length === 0) return <p className="m-0 text-sm">{words.none}</p>;
  return (
    <ul className="m-0 flex list-none flex-col gap-3 p-0">
      {limits.map(({ per, calls, used, remaining, resetDate }) => (
        <li key={per} className="flex flex-col gap-1 text-sm">
          <span className="flex flex-wrap justify-between gap-x-4">
            <span className="font-medium">{words.per[per]}</span>
            <span className="text-muted">
              {words.used(used, calls)} · {words.left(remaining, toTime(resetDate))}
            </span>
          </span>
          <span
            role="meter"
            aria-label={words.per[per]}
            aria-valuemin={0}
            aria-valuemax={calls}
            aria-valuenow={Math.min(used, calls)}
            className="block h-2 overflow-hidden rounded bg-raised"
          >
            <span
              className={`block h-full ${remaining === 0 ? 'bg-bad' : 'bg-accent'}`}
              style={{ width: `${calls === 0 ? 100 : Math.min(100, (used / calls) * 100)}%` }}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}

function LimitsForm({ accountId, limits }: { accountId: number; limits: readonly Limit[] }) {
  const [texts, setTexts] = useState<Partial<Record<Limit['per'], string>>>(() =>
    Object.fromEntries(limits.map(({ per, calls }) => [per, String(calls)])),
  );
  const save = useDeed(
    () =>
      change('PUT', `/accounts/${accountId}/limits`, {
        limits: periods.filter((per) => texts[per]).map((per) => ({ per, calls: Number(texts[per]) })),
      }),
    organization.saved,
  );
  return (
    <Form action={organization.save} busy={save.isPending} error={save.error} onSubmit={() => save.mutate()}>
      <div className="grid gap-4 sm:grid-cols-2">
        {periods.map((per) => (
          <TextField
            key={per}
            type="number"
            min={0}
            max={1_000_000_000_000}
            label={words.per[per]}
            help={words.help}
            value={texts[per] ?? ''}
            onChange={({ target }) => setTexts({ ...texts, [per]: target.value })}
          />
        ))}
      </div>
    </Form>
  );
}
