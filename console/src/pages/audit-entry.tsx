import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { auditEntryQuery } from '../audit.ts';
import { buttonClasses } from '../parts/button.tsx';
import { AccountName } from '../parts/names.tsx';
import { Facts, Page, Section } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { Time } from '../parts/time.tsx';
import { actionInWords, audit as words } from '../strings/organization.ts';

/** One thing that was done. */
export function AuditEntryPage() {
  const { id } = useParams({ from: '/inside/organization/audit/$id' });
  const query = useQuery(auditEntryQuery(id));
  return (
    <Page
      title={query.data ? actionInWords(query.data.action) : words.entry}
      actions={
        <Link to="/organization/audit" className={buttonClasses()}>
          {words.back}
        </Link>
      }
    >
      <Await query={query} skeleton={<Skeleton className="h-64" />}>
        {({ date, email, userId, accountId, action, method, path, requestId }) => (
          <Section title={words.entry}>
            <Facts
              rows={[
                [words.facts.when, <Time key="when" at={date} />],
                [words.facts.who, `${email} (${userId})`],
                [words.facts.account, <AccountName key="account" id={accountId} />],
                [words.facts.what, actionInWords(action)],
                [words.facts.action, <code key="action">{action}</code>],
                [
                  words.facts.call,
                  <code key="call" className="break-all">
                    {method} {path}
                  </code>,
                ],
                [words.facts.request, <code key="request">{requestId}</code>],
              ]}
            />
            <div className="flex flex-wrap gap-2">
              <Link to="/organization/audit" search={{ user: String(userId) }} className={buttonClasses()}>
                {words.sameUser}
              </Link>
              <Link to="/organization/audit" search={{ action }} className={buttonClasses()}>
                {words.sameAction}
              </Link>
            </div>
          </Section>
        )}
      </Await>
    </Page>
  );
}
