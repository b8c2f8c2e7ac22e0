import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, buttonClasses } from '../../parts/button.tsx';
import { useConfirm } from '../../parts/dialog.tsx';
import { Empty, sentenceOf } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { builder as words } from '../../strings/builder.ts';

export type PartTab = 'configuration' | 'resources' | 'objects' | 'models';

/** What the address calls a row that is not there yet. */
export const newRow = '+';

/** How a list shows what leads to its row. */
export const rowLink = 'block truncate font-mono text-sm font-medium text-ink no-underline hover:underline';

export function useOpenRow(tab: PartTab): (row: string | undefined) => void {
  const navigate = useNavigate({ from: '/catalog/$key/edit' });
  return (row) => void navigate({ search: row === undefined ? { tab } : { tab, row } });
}

export function AddLink({ tab, what }: { tab: PartTab; what: string }) {
  return (
    <Link from="/catalog/$key/edit" to="." search={{ tab, row: newRow }} className={buttonClasses('primary')}>
      <Plus aria-hidden className="size-4" />
      {words.add(what)}
    </Link>
  );
}

/** Around the form of one row: its title, and the way back. */
export function PartFrame({ tab, title, children }: { tab: PartTab; title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Link from="/catalog/$key/edit" to="." search={{ tab }} className={buttonClasses('quiet', '-ml-3')}>
          <ArrowLeft aria-hidden className="size-4" />
          {words.toList}
        </Link>
        <h2 className="m-0 min-w-0 text-lg font-semibold break-all">{title}</h2>
      </div>
      {children}
    </div>
  );
}

export function Gone() {
  return <Empty title={words.gone}>{words.goneText}</Empty>;
}

/** Deletes the row that is open, after a question. */
export function RemovePart({
  tab,
  title,
  text,
  remove,
}: {
  tab: PartTab;
  title: string;
  text: string;
  remove: () => Promise<void>;
}) {
  const confirm = useConfirm();
  const say = useToast();
  const open = useOpenRow(tab);
  const ask = async () => {
    if (!(await confirm({ title: words.removeTitle(title), text, action: words.remove }))) return;
    try {
      await remove();
      say(words.removed);
      open(undefined);
    } catch (error) {
      say(sentenceOf(error), 'bad');
    }
  };
  return (
    <Button look="danger" onClick={() => void ask()}>
      {words.remove}
    </Button>
  );
}
