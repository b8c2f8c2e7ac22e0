import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type RowChange, compareDefinitions } from '../compare.ts';
import { elementQuery } from '../elements.ts';
import { Badge, type Tone } from '../parts/badge.tsx';
import { Button, buttonClasses } from '../parts/button.tsx';
import { classNames } from '../parts/class-names.ts';
import { useConfirm } from '../parts/dialog.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Await, Empty, Failure, Skeleton } from '../parts/states.tsx';
import { TextDiff } from '../parts/text-diff.tsx';
import { useToast } from '../parts/toast.tsx';
import { useMay } from '../session.ts';
import { builder, versions as words } from '../strings/builder.ts';
import { toTime } from '../parts/time.tsx';
import { type Version, restoreVersion, versionQuery, versionsQuery } from '../versions.ts';

/** What an element was before its last changes, and what each of these has changed. */
export function Versions() {
  const { key } = useParams({ from: '/inside/catalog/$key/versions' });
  const search = useSearch({ from: '/inside/catalog/$key/versions' });
  const element = useQuery(elementQuery(key));
  const versions = useQuery(versionsQuery(key));
  return (
    <Page
      title={words.title(element.data?.name ?? key)}
      lead={words.lead}
      actions={
        <Link to="/catalog/$key" params={{ key }} className={buttonClasses()}>
          {builder.back}
        </Link>
      }
    >
      <Await query={versions} skeleton={<Skeleton className="h-96" />}>
        {(all) => {
          if (all.length < 2) return <Empty title={words.none}>{words.noneText}</Empty>;
          const open = all.findIndex(({ version }) => String(version) === search.version);
          const at = open === -1 ? 0 : open;
          return (
            <div className="grid items-start gap-4 lg:grid-cols-[16rem_1fr]">
              <VersionList versions={all} open={at} />
              <VersionView elementKey={key} version={all[at]} before={all[at + 1]} />
            </div>
          );
        }}
      </Await>
    </Page>
  );
}

function VersionList({ versions, open }: { versions: readonly Version[]; open: number }) {
  return (
    <nav
      aria-label={words.list}
      className="max-h-56 overflow-auto rounded-lg border border-line bg-surface p-1.5 lg:max-h-[70dvh]"
    >
      <ol className="m-0 flex list-none flex-col gap-1 p-0">
        {versions.map(({ version, date, current }, index) => (
          <li key={version}>
            <Link
              from="/catalog/$key/versions"
              to="."
              search={{ version: String(version) }}
              replace
              aria-current={index === open ? 'true' : undefined}
              className={classNames(
                'flex min-h-9 flex-wrap items-center gap-2 rounded-md px-2.5 py-1 text-sm text-ink no-underline hover:bg-raised',
                index === open && 'bg-accent-soft font-medium text-accent-text',
              )}
            >
              <span className="grow">{words.version(version)}</span>
              {current && <Badge tone="good">{words.current}</Badge>}
              <time className="w-full text-xs text-muted" dateTime={date}>
                {toTime(date)}
              </time>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function VersionView({
  elementKey,
  version,
  before,
}: {
  elementKey: string;
  version: Version | undefined;
  before: Version | undefined;
}) {
  const one = useQuery({
    ...versionQuery(elementKey, version?.version ?? 0),
    enabled: version !== undefined,
  });
  const other = useQuery({
    ...versionQuery(elementKey, before?.version ?? 0),
    enabled: before !== undefined,
  });
  if (!version) return null;
  return (
    <Section
      title={before ? words.changes(version.version, before.version) : words.oldest(version.version)}
      actions={!version.current && <Restore elementKey={elementKey} version={version.version} />}
    >
      {before ? (
        <Await
          query={{
            data: one.data && other.data && { after: one.data.definition, before: other.data.definition },
            error: one.error ?? other.error,
            refetch: () => Promise.all([one.refetch(), other.refetch()]),
          }}
          skeleton={<Skeleton className="h-64" />}
        >
          {(pair) => (
            <Changes changes={compareDefinitions({ ...pair.before }, { ...pair.after }, words.element)} />
          )}
        </Await>
      ) : (
        <p className="m-0 text-sm text-muted">{words.oldestText}</p>
      )}
    </Section>
  );
}

const tones: Record<RowChange['kind'], Tone> = { added: 'good', removed: 'bad', changed: 'accent' };

function Changes({ changes }: { changes: readonly RowChange[] }) {
  if (changes.length === 0) return <p className="m-0 text-sm text-muted">{words.same}</p>;
  return (
    <ul className="m-0 flex list-none flex-col gap-3 p-0">
      {changes.map(({ kind, title, fields }, index) => (
        <li key={index} className="rounded-md border border-line">
          <details open={kind === 'changed'}>
            <summary className="flex min-h-11 flex-wrap items-center gap-2 px-3 py-2 text-sm">
              <Badge tone={tones[kind]}>{words.kinds[kind]}</Badge>
              <code className="min-w-0 text-xs break-all">{title}</code>
            </summary>
            <div className="flex flex-col gap-3 px-3 pb-3">
              {fields.map(({ field, before, after }) => (
                <div key={field} className="flex flex-col gap-1">
                  <span className="text-xs font-medium">{field}</span>
                  <TextDiff
                    label={`${title}: ${field}`}
                    before={before === undefined ? '' : before}
                    after={after === undefined ? '' : after}
                  />
                </div>
              ))}
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}

function Restore({ elementKey, version }: { elementKey: string; version: number }) {
  const confirm = useConfirm();
  const say = useToast();
  const navigate = useNavigate({ from: '/catalog/$key/versions' });
  const restore = useMutation({
    mutationFn: () => restoreVersion(elementKey, version),
    async onSuccess() {
      say(words.restored(version));
      await navigate({ search: {} });
    },
  });
  const mayEdit = useMay('editElements');
  if (!mayEdit) return null;
  const ask = async () => {
    const question = { title: words.restoreTitle(version), text: words.restoreText, action: words.restore };
    if (await confirm(question)) restore.mutate();
  };
  return (
    <div className="flex flex-col items-end gap-2">
      <Button busy={restore.isPending} onClick={() => void ask()}>
        {words.restore}
      </Button>
      {restore.error && <Failure error={restore.error} />}
    </div>
  );
}
