import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { elementQuery } from '../elements.ts';
import { firstResource } from '../first-resource.ts';
import { type Instance, revealSecrets } from '../instances.ts';
import { Button } from '../parts/button.tsx';
import { Code } from '../parts/code.tsx';
import { Section } from '../parts/page.tsx';
import { Failure } from '../parts/states.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { snippets } from '../snippets.ts';
import { hiddenSecrets, instance as words } from '../strings/instances.ts';

/** The token, when the person wants to see it, and code that uses it. */
export function UseIt({ instance: { id, element } }: { instance: Instance }) {
  const whole = useQuery(elementQuery(element.key));
  const [language, setLanguage] = useState('curl');
  const reveal = useMutation({ mutationFn: () => revealSecrets(id), gcTime: 0 });
  const resource = whole.data && firstResource(whole.data);
  const code = snippets({
    method: 'GET',
    path: `${resource?.path ?? `/hubs/${element.hub}`}?pageSize=5`,
    ...(reveal.data
      ? { userSecret: reveal.data.userSecret, elementToken: reveal.data.token }
      : hiddenSecrets),
  });
  return (
    <>
      <Section
        title={words.token}
        actions={
          reveal.data ? (
            <Button onClick={() => reveal.reset()}>{words.hideSecrets}</Button>
          ) : (
            <Button busy={reveal.isPending} onClick={() => reveal.mutate()}>
              {words.reveal}
            </Button>
          )
        }
      >
        <p className="m-0 text-sm text-muted">{words.tokenText}</p>
        {reveal.error && <Failure error={reveal.error} />}
        {reveal.data && <Code what={words.token}>{reveal.data.token}</Code>}
        {reveal.data && <Code what={words.userSecret}>{reveal.data.userSecret}</Code>}
      </Section>
      <Section title={words.snippet}>
        <Tabs
          label={words.snippet}
          open={language}
          onOpen={setLanguage}
          tabs={Object.entries(code).map(([name, text]) => ({
            key: name,
            label: name,
            content: <Code what={words.snippetIn(name)}>{text}</Code>,
          }))}
        />
      </Section>
    </>
  );
}
