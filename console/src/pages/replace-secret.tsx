import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Code } from '../parts/code.tsx';
import { useDeed } from '../parts/deed.ts';
import { useConfirm } from '../parts/dialog.tsx';
import { SelectField } from '../parts/form.tsx';
import { Section } from '../parts/page.tsx';
import { Failure } from '../parts/states.tsx';
import { endPreviousSecret, replaceSecret, secretPathOf } from '../secrets.ts';
import { secrets as words } from '../strings/organization.ts';

const day = 86_400;

/** Whose secrets can be replaced here. */
type Owner = { userId: string; organization?: boolean };

/** Makes a new secret, shows it once, and lets the old one work for as long as the person says. */
export function ReplaceSecret({ of: { userId, organization = false } }: { of: Owner }) {
  const [isOrganization, setOrganization] = useState(false);
  const [graceSeconds, setGrace] = useState(day);
  const confirm = useConfirm();
  const what = isOrganization ? words.organization : words.user;
  const path = isOrganization ? secretPathOf.organization : secretPathOf.user(userId);
  const make = useMutation({ mutationFn: () => replaceSecret(path, graceSeconds), gcTime: 0 });
  const end = useDeed(() => endPreviousSecret(path), words.endDone);
  const grace = words.graces[graceSeconds] ?? '';
  const askToMake = async () => {
    const question = { title: words.makeTitle(what), text: words.makeText(grace), action: words.make };
    if (await confirm(question)) make.mutate();
  };
  const askToEnd = async () => {
    if (await confirm({ title: words.endTitle, text: words.endText, action: words.end })) end.mutate();
  };
  return (
    <Section title={words.replace}>
      <p className="m-0 text-sm text-muted">{words.replaceText}</p>
      <div className="grid max-w-xl gap-4 sm:grid-cols-2">
        {organization && (
          <SelectField
            label={words.which}
            value={String(isOrganization)}
            onChange={({ target }) => {
              make.reset();
              setOrganization(target.value === 'true');
            }}
            options={[
              { value: 'false', label: words.user },
              { value: 'true', label: words.organization },
            ]}
          />
        )}
        <SelectField
          label={words.grace}
          value={String(graceSeconds)}
          onChange={({ target }) => setGrace(Number(target.value))}
          options={Object.entries(words.graces).map(([value, label]) => ({ value, label }))}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button busy={make.isPending} onClick={() => void askToMake()}>
          {words.make}
        </Button>
        <Button busy={end.isPending} onClick={() => void askToEnd()}>
          {words.end}
        </Button>
      </div>
      {make.error && <Failure error={make.error} />}
      {make.data && (
        <div role="status" className="flex flex-col gap-2">
          <p className="m-0 text-sm font-medium">{words.made}</p>
          <Code what={what}>{make.data.secret}</Code>
          <p className="m-0 text-sm text-muted">
            {make.data.previousSecretExpires
              ? words.until(new Date(make.data.previousSecretExpires).toLocaleString())
              : words.ended}
          </p>
        </div>
      )}
    </Section>
  );
}
