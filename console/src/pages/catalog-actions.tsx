import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createElement } from '../element-edit.ts';
import { Button, buttonClasses } from '../parts/button.tsx';
import { Modal } from '../parts/dialog.tsx';
import { SelectField, TextField } from '../parts/form.tsx';
import { Failure } from '../parts/states.tsx';
import { useMay } from '../session.ts';
import { actions, authTypes, importing, making as words } from '../strings/builder.ts';

/** Bringing an element, or making one. */
export function CatalogActions() {
  const [making, setMaking] = useState(false);
  if (!useMay('createElements')) return null;
  return (
    <>
      <Button onClick={() => setMaking(true)}>{actions.create}</Button>
      <Link to="/import" className={buttonClasses()}>
        {importing.open}
      </Link>
      <Modal title={words.title} open={making} onClose={() => setMaking(false)}>
        <NewElement />
      </Modal>
    </>
  );
}

/** As much as an element needs to be worked on. */
function NewElement() {
  const [wish, setWish] = useState({ name: '', hub: '', type: 'apiKey', baseUrl: '' });
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: () => createElement(JSON.stringify(toDraft(wish))),
    onSuccess: ({ key }) => navigate({ to: '/catalog/$key/edit', params: { key } }),
  });
  const field = (name: keyof typeof wish) => ({
    name,
    value: wish[name],
    onChange: (event: { target: { value: string } }) => setWish({ ...wish, [name]: event.target.value }),
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <TextField label={words.name} required {...field('name')} />
      <TextField label={words.hub} help={words.hubHelp} {...field('hub')} />
      <SelectField label={words.type} options={authTypes} {...field('type')} />
      <TextField label={words.baseUrl} help={words.baseUrlHelp} type="url" {...field('baseUrl')} />
      {create.error && <Failure error={create.error} />}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={create.isPending}>
          {words.action}
        </Button>
      </div>
    </form>
  );
}

function toDraft({ name, hub, type, baseUrl }: { name: string; hub: string; type: string; baseUrl: string }) {
  const row = {
    key: 'base.url',
    name: words.baseUrl,
    description: words.baseUrlHelp,
    type: 'TEXTFIELD_1000',
  };
  return {
    name,
    ...(hub && { hub }),
    authentication: { type },
    configuration: [{ ...row, required: true, ...(baseUrl && { defaultValue: baseUrl }) }],
    resources: [],
  };
}
