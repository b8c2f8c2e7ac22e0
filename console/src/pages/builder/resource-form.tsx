import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { type Resource, copyResource, removePart, requireNames, savePart } from '../../definition.ts';
import type { Element } from '../../elements.ts';
import { DraftForm, type DraftProps } from '../../parts/draft-form.tsx';
import { buttonClasses } from '../../parts/button.tsx';
import { SelectField, TextAreaField, TextField } from '../../parts/form.tsx';
import { HookRows } from '../../parts/hook-rows.tsx';
import { Section } from '../../parts/page.tsx';
import { ParameterRows } from '../../parts/parameter-rows.tsx';
import { actions, builder, resourceForm as words } from '../../strings/builder.ts';
import { RemovePart, useOpenRow } from './part-frame.tsx';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map(toOption);
const types = [
  'api',
  'apiNoDocumentation',
  'provisionAuthValidation',
  'onProvision',
  'onProvisionWebhook',
  'onDeleteWebhook',
  'onDelete',
  'onRefresh',
  'oauthOnAuthorizeUrl',
  'oauthOnTokenExchange',
  'oauthOnTokenRefresh',
  'oauthOnTokenRevoke',
  'oauthOnTokenRequest',
  'oauth1OnTokenRequest',
  'oauth2Password',
].map((value) => ({ value, label: words.types[value] ?? value }));
const paginations = Object.entries(words.paginations).map(([value, label]) => ({ value, label }));

function toOption(value: string) {
  return { value, label: value };
}

async function saveResource(
  key: string,
  row: string | undefined,
  changes: Partial<Resource>,
): Promise<Resource> {
  requireNames(changes.parameters);
  return savePart<Resource>(key, 'resources', row, changes);
}

/** A resource that begins with nothing, or as a copy of one that is there. */
export function NewResource({ element }: { element: Element }) {
  const [from, setFrom] = useState('');
  const open = useOpenRow('resources');
  const original = element.resources[Number(from)];
  const stored: Resource =
    from !== '' && original
      ? copyResource(original as Resource)
      : { method: 'GET', path: '', vendorMethod: 'GET', vendorPath: '', type: 'api' };
  return (
    <>
      {element.resources.length > 0 && (
        <SelectField
          label={words.startWith}
          value={from}
          options={[
            { value: '', label: words.startEmpty },
            ...element.resources.map(({ method, path }, index) => ({
              value: String(index),
              label: `${method} ${path}`,
            })),
          ]}
          onChange={({ target }) => setFrom(target.value)}
        />
      )}
      <DraftForm<Resource>
        key={from}
        isNew
        stored={stored}
        save={(changes) => saveResource(element.key, undefined, changes)}
        onSaved={({ id }) => open(String(id))}
      >
        {(form) => <ResourceFields {...form} />}
      </DraftForm>
    </>
  );
}

/** Everything of one resource; its parameters and hooks are saved with it. */
export function ResourceForm({
  elementKey,
  stored,
  row,
  isOwn,
}: {
  elementKey: string;
  stored: Resource;
  row: string;
  isOwn: boolean;
}) {
  return (
    <DraftForm<Resource>
      stored={stored}
      save={(changes) => saveResource(elementKey, row, changes)}
      extra={
        <>
          <Link
            to="/catalog/$key/try"
            params={{ key: elementKey }}
            search={{ resource: row }}
            className={buttonClasses()}
          >
            {actions.tryIt}
          </Link>
          <RemovePart
            tab="resources"
            title={`${stored.method} ${stored.path}`}
            text={isOwn ? builder.removeRow : builder.removeOwnResource}
            remove={() => removePart(elementKey, 'resources', row)}
          />
        </>
      }
    >
      {(form) => <ResourceFields {...form} />}
    </DraftForm>
  );
}

type TextName =
  'path' | 'vendorPath' | 'description' | 'objectName' | 'rootKey' | 'nextPageKey' | 'nextResource';

function ResourceFields({ draft, set, faults }: DraftProps<Resource>) {
  const bind = (field: TextName | 'method' | 'vendorMethod' | 'type' | 'paginationType') => ({
    label: words[field],
    fault: faults[field],
    value: draft[field] ?? '',
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
  });
  const type = draft.type ?? 'api';
  const isKnown = types.some(({ value }) => value === type);
  return (
    <>
      <Section title={words.ours}>
        <div className="grid gap-4 sm:grid-cols-[8rem_1fr]">
          <SelectField {...bind('method')} options={withOther(methods, draft.method)} />
          <TextField {...bind('path')} help={words.pathHelp} required />
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField {...bind('type')} value={type} options={isKnown ? types : withOther(types, type)} />
          <TextField {...bind('objectName')} help={words.objectNameHelp} />
        </div>
        <TextAreaField prose {...bind('description')} rows={2} />
      </Section>
      <Section title={words.theirs}>
        <div className="grid gap-4 sm:grid-cols-[8rem_1fr]">
          <SelectField {...bind('vendorMethod')} options={withOther(methods, draft.vendorMethod ?? '')} />
          <TextField {...bind('vendorPath')} help={words.vendorPathHelp} />
        </div>
      </Section>
      <Section title={builder.parameters}>
        <ParameterRows
          rows={draft.parameters ?? []}
          faults={faults}
          onChange={(parameters) => set({ parameters })}
        />
      </Section>
      <Section title={builder.hooks}>
        <HookRows
          rows={draft.hooks ?? []}
          types={['preRequest', 'postRequest']}
          faults={faults}
          onChange={(hooks) => set({ hooks })}
        />
      </Section>
      <Section title={words.reply}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField {...bind('rootKey')} help={words.rootKeyHelp} />
          <SelectField {...bind('paginationType')} options={paginations} />
          <TextField {...bind('nextPageKey')} help={words.nextPageKeyHelp} />
          <TextField {...bind('nextResource')} help={words.nextResourceHelp} />
        </div>
      </Section>
    </>
  );
}

/** What a definition says stays to be chosen, however it is written. */
function withOther<T extends { value: string; label: string }>(options: readonly T[], value: string) {
  return options.some((one) => one.value === value) ? options : [{ value, label: value }, ...options];
}
