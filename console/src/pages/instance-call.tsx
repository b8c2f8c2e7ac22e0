import { useQuery } from '@tanstack/react-query';
import { callInstance } from '../api.ts';
import type { Element } from '../elements.ts';
import { firstResource } from '../first-resource.ts';
import type { Instance } from '../instances.ts';
import { Button } from '../parts/button.tsx';
import { Code } from '../parts/code.tsx';
import { Section } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { instance as words } from '../strings/instances.ts';
import { indented } from '../text.ts';

/** Proves that the account works: something is read from it, and shown. */
export function FirstCall({ instance, element }: { instance: Instance; element: Element }) {
  const resource = firstResource(element);
  const path = `${resource?.path ?? ''}?pageSize=5`;
  const query = useQuery({
    queryKey: ['first-call', instance.id, instance.updatedDate],
    async queryFn() {
      const begun = performance.now();
      const text = await callInstance(instance.id, 'GET', path);
      return { text: indented(text), ms: Math.round(performance.now() - begun), bytes: text.length };
    },
    enabled: resource !== undefined && instance.valid && !instance.disabled,
    staleTime: Infinity,
    retry: false,
  });
  if (!resource) return <Section title={words.firstCall}>{words.noFirstCall}</Section>;
  if (!instance.valid || instance.disabled) return null;
  return (
    <Section
      title={words.firstCall}
      actions={
        <Button busy={query.isFetching} onClick={() => void query.refetch()}>
          {words.callAgain}
        </Button>
      }
    >
      <p className="m-0 text-sm text-muted">{words.firstCallText}</p>
      <code className="text-sm break-all">GET {path}</code>
      <Await query={query} skeleton={<Skeleton className="h-64" />}>
        {({ text, ms, bytes }) => (
          <>
            <p className="m-0 text-sm text-good">{words.answered(ms, bytes)}</p>
            <Code what={words.reply}>{text}</Code>
          </>
        )}
      </Await>
    </Section>
  );
}
