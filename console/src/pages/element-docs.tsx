import { useMutation } from '@tanstack/react-query';
import { callText } from '../api.ts';
import type { Element } from '../elements.ts';
import { Button } from '../parts/button.tsx';
import { Section } from '../parts/page.tsx';
import { Failure } from '../parts/states.tsx';
import { element as words } from '../strings/catalog.ts';
import { saveText } from '../text.ts';

/** The OpenAPI document; asked for by the page, as a link to the API is followed as nobody, and an element may be the account's own. */
export function Docs({ element: { key } }: { element: Element }) {
  const load = useMutation({
    mutationFn: () => callText('GET', `/elements/${encodeURIComponent(key)}/docs`),
    onSuccess: (text) => saveText(`${key}.openapi.json`, text),
  });
  return (
    <Section title={words.openapi}>
      <p className="m-0 text-sm text-muted">{words.openapiText}</p>
      <div>
        <Button busy={load.isPending} onClick={() => load.mutate()}>
          {words.downloadDocs}
        </Button>
      </div>
      {load.error && <Failure error={load.error} />}
    </Section>
  );
}
