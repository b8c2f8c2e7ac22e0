import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { cloneElement, connectedQuery, downloadElement, removeElement } from '../element-edit.ts';
import type { Element } from '../elements.ts';
import { Button, buttonClasses } from '../parts/button.tsx';
import { Modal, useConfirm } from '../parts/dialog.tsx';
import { TextField } from '../parts/form.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { Failure, sentenceOf } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';
import { queries } from '../queries.ts';
import { useMay } from '../session.ts';
import { actions as words } from '../strings/builder.ts';

/** What can be done with an element; a shipped one is extended or cloned, not edited. */
export function ElementActions({ element }: { element: Element }) {
  const { key } = element;
  const [cloning, setCloning] = useState(false);
  const [mayCreate, mayEdit, mayRemove] = [
    useMay('createElements'),
    useMay('editElements'),
    useMay('deleteElements'),
  ];
  const isOwn = element.private === true;
  const navigate = useNavigate();
  const say = useToast();
  const remove = useRemoval(element);
  const items: MenuItem[] = [
    ...(mayCreate ? [{ label: words.clone, onSelect: () => setCloning(true) }] : []),
    {
      label: words.export,
      onSelect: () =>
        void downloadElement(key).then(
          () => say(words.exported),
          (error: unknown) => say(sentenceOf(error), 'bad'),
        ),
    },
    ...(isOwn
      ? [
          {
            label: words.versions,
            onSelect: () => void navigate({ to: '/catalog/$key/versions', params: { key } }),
          },
        ]
      : []),
    ...(isOwn && mayRemove ? [{ label: words.remove, danger: true, onSelect: () => void remove() }] : []),
  ];
  return (
    <>
      <Menu
        items={items}
        trigger={
          <Button>
            {words.more}
            <ChevronDown aria-hidden className="size-4" />
          </Button>
        }
      />
      <Link to="/catalog/$key/try" params={{ key }} className={buttonClasses()}>
        {words.tryIt}
      </Link>
      {mayEdit && (
        <Link
          to="/catalog/$key/edit"
          params={{ key }}
          search={isOwn ? {} : { tab: 'resources' }}
          className={buttonClasses()}
        >
          {isOwn ? words.edit : words.extend}
        </Link>
      )}
      <CloneWindow element={element} open={cloning} onClose={() => setCloning(false)} />
    </>
  );
}

/** Says how many accounts are in the way before it asks. */
function useRemoval({ id, key, name }: Element): () => Promise<void> {
  const confirm = useConfirm();
  const say = useToast();
  const navigate = useNavigate();
  return async () => {
    try {
      const { total } = await queries.fetchQuery({ ...connectedQuery(key), staleTime: 0 });
      const text = (
        <>
          {total > 0 && <p className="mt-0 text-bad">{words.removeConnected(total)}</p>}
          <p className="m-0">{words.removeText}</p>
        </>
      );
      if (!(await confirm({ title: words.removeTitle(name), text, action: words.remove }))) return;
      await removeElement(id);
      say(words.removed(name));
      await navigate({ to: '/catalog' });
    } catch (error) {
      say(sentenceOf(error), 'bad');
    }
  };
}

function CloneWindow({
  element: { key: original, name: from },
  open,
  onClose,
}: {
  element: Element;
  open: boolean;
  onClose: () => void;
}) {
  const [name, setName] = useState(words.cloneOf(from));
  const [key, setKey] = useState('');
  const navigate = useNavigate();
  const say = useToast();
  const clone = useMutation({
    mutationFn: () => cloneElement(original, { name, ...(key && { key }) }),
    async onSuccess(made) {
      onClose();
      say(words.cloned(made.name));
      await navigate({ to: '/catalog/$key', params: { key: made.key } });
    },
  });
  return (
    <Modal title={words.cloneTitle(from)} open={open} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          clone.mutate();
        }}
      >
        <p className="m-0 text-sm text-muted">{words.cloneText}</p>
        <TextField
          label={words.cloneName}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={words.cloneKey}
          help={words.cloneKeyHelp}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        {clone.error && <Failure error={clone.error} />}
        <div className="flex justify-end">
          <Button type="submit" look="primary" busy={clone.isPending}>
            {words.clone}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
