import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type PasswordPolicy, change, policyQuery } from '../organization.ts';
import { Button } from '../parts/button.tsx';
import { useDeed } from '../parts/deed.ts';
import { Form, TextField } from '../parts/form.tsx';
import { Section } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { useMay } from '../session.ts';
import { organization, policy as words } from '../strings/organization.ts';

/** What a password must be like. */
export function policyInWords(policy: PasswordPolicy): string {
  const counts = [
    [policy.minLength, words.characters],
    [policy.minUppercase, words.uppercase],
    [policy.minLowercase, words.lowercase],
    [policy.minNumbers, words.numbers],
    [policy.minSymbols, words.symbols, words.symbolsOf(policy.symbolCharacterSet)],
  ] as const;
  const rules = counts
    .filter(([count]) => count > 0)
    .map(([count, what, which = '']) => words.least(count, what) + which);
  if (policy.previousPasswordCount > 0) rules.push(words.previous(policy.previousPasswordCount));
  if (policy.expirationDays > 0) rules.push(words.expire(policy.expirationDays));
  const all = [...rules, words.noNames].join('; ');
  return all.charAt(0).toUpperCase() + all.slice(1);
}

/** What the organization asks of passwords; who may changes it. */
export function PolicySection() {
  const mayEdit = useMay('modifySecurity');
  const [isOpen, setOpen] = useState(false);
  const query = useQuery(policyQuery);
  return (
    <Section
      title={words.title}
      actions={mayEdit && !isOpen && <Button onClick={() => setOpen(true)}>{words.edit}</Button>}
    >
      <Await query={query} skeleton={<Skeleton className="h-10" />}>
        {(policy) => (
          <>
            <p className="m-0 text-sm">{policyInWords(policy)}</p>
            {isOpen && <PolicyForm policy={policy} onDone={() => setOpen(false)} />}
          </>
        )}
      </Await>
    </Section>
  );
}

const numbers = {
  minLength: [8, 128],
  minUppercase: [0, 10],
  minLowercase: [0, 10],
  minNumbers: [0, 10],
  minSymbols: [0, 10],
  previousPasswordCount: [0, 9],
  expirationDays: [0, 36_500],
} as const;
type NumberName = keyof typeof numbers;

function PolicyForm({ policy, onDone }: { policy: PasswordPolicy; onDone: () => void }) {
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(Object.keys(numbers).map((key) => [key, String(policy[key as NumberName])])),
  );
  const [symbols, setSymbols] = useState(policy.symbolCharacterSet);
  const path = '/organizations/password-policies';
  const save = useDeed(
    () =>
      change('PUT', path, {
        ...Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, Number(text)])),
        symbolCharacterSet: symbols,
      }),
    organization.saved,
    onDone,
  );
  const reset = useDeed(() => change('DELETE', path), organization.saved, onDone);
  return (
    <Form
      action={organization.save}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      more={
        <Button busy={reset.isPending} onClick={() => reset.mutate()}>
          {words.reset}
        </Button>
      }
    >
      <p className="m-0 text-sm text-muted">{words.text}</p>
      {Object.entries(numbers).map(([key, [min, max]]) => (
        <TextField
          key={key}
          type="number"
          required
          label={words.fields[key as NumberName]}
          min={min}
          max={max}
          value={texts[key]}
          onChange={({ target }) => setTexts({ ...texts, [key]: target.value })}
        />
      ))}
      <TextField
        label={words.fields.symbolCharacterSet}
        required
        value={symbols}
        onChange={({ target }) => setSymbols(target.value)}
      />
    </Form>
  );
}
