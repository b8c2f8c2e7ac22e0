import { useState } from 'react';
import { Code } from '../parts/code.tsx';
import { Section } from '../parts/page.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { snippets } from '../snippets.ts';
import { explorer as words } from '../strings/explorer.ts';
import { hiddenSecrets, instance } from '../strings/instances.ts';
import type { Request } from './request.ts';

/** The call as it is now, in other languages. */
export function RequestCode({ request }: { request: Request }) {
  const [language, setLanguage] = useState('curl');
  const form = request.form?.map(({ name, value }) =>
    typeof value === 'string' ? { name, value, isFile: false } : { name, value: value.name, isFile: true },
  );
  const code = snippets({ ...request, ...hiddenSecrets, form });
  return (
    <Section title={words.code}>
      <p className="m-0 text-sm text-muted">{words.codeText}</p>
      <Tabs
        label={words.code}
        open={language}
        onOpen={setLanguage}
        tabs={Object.entries(code).map(([name, text]) => ({
          key: name,
          label: name,
          content: <Code what={instance.snippetIn(name)}>{text}</Code>,
        }))}
      />
    </Section>
  );
}
