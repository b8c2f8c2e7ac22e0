import { useMutation } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { type Faults, readFaults } from '../faults.ts';
import { builder as words } from '../strings/builder.ts';
import { Button } from './button.tsx';
import { useConfirm } from './dialog.tsx';
import { Failure } from './states.tsx';
import { useToast } from './toast.tsx';

export interface DraftProps<T> {
  draft: T;
  set: (change: Partial<T>) => void;
  faults: Faults;
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What of a draft differs from what is stored. */
function changesOf<T extends object>(stored: T, draft: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(draft).filter(([field, value]) => !isSame(value, stored[field as keyof T])),
  ) as Partial<T>;
}

/** Whoever leaves with unsaved changes is asked first; also when the window is closed. */
function useGuard(isChanged: boolean): () => void {
  const confirm = useConfirm();
  const isReleased = useRef(false);
  useBlocker({
    disabled: !isChanged,
    enableBeforeUnload: () => !isReleased.current,
    shouldBlockFn: async () =>
      !isReleased.current &&
      !(await confirm({ title: words.leaveTitle, text: words.leaveText, action: words.leave })),
  });
  return () => (isReleased.current = true);
}

/**
 * A form over a copy of something that is stored. Only what was changed is sent, and what the server finds wrong stands at its field.
 *
 * @param onSaved where somebody goes on to another page, which nothing holds up any more.
 */
export function DraftForm<T extends object>({
  stored: given,
  isNew = false,
  save,
  onSaved,
  extra,
  children,
}: {
  stored: T;
  isNew?: boolean;
  save: (changes: Partial<T>, draft: T) => Promise<T | void>;
  onSaved?: (saved: T) => void;
  /** Beside the buttons. */
  extra?: ReactNode;
  children: (form: DraftProps<T>) => ReactNode;
}) {
  const [stored, setStored] = useState(given);
  const [draft, setDraft] = useState(given);
  const isChanged = !isSame(stored, draft);
  const release = useGuard(isChanged);
  const say = useToast();
  const saving = useMutation({
    mutationFn: async (sent: T) => (await save(isNew ? sent : changesOf(stored, sent), sent)) ?? sent,
    onSuccess(saved, sent) {
      say(words.saved);
      if (onSaved) {
        release();
        onSaved(saved);
        return;
      }
      setStored(saved);
      // What was typed while it was on its way stays.
      setDraft((now) => (isSame(now, sent) ? saved : now));
    },
  });
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(draft);
      }}
      onKeyDown={(event) => {
        if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        if (isChanged && !saving.isPending) saving.mutate(draft);
      }}
    >
      {children({
        draft,
        set: (change) => setDraft((before) => ({ ...before, ...change })),
        faults: readFaults(saving.error),
      })}
      {saving.error && <Failure error={saving.error} />}
      <div className="sticky bottom-0 z-10 flex flex-wrap items-center gap-2 border-t border-line bg-canvas py-3">
        <Button type="submit" look="primary" busy={saving.isPending} disabled={!isChanged}>
          {words.save}
        </Button>
        <Button disabled={!isChanged || saving.isPending} onClick={() => setDraft(stored)}>
          {words.discard}
        </Button>
        <span role="status" className="grow text-sm text-muted">
          {isChanged ? words.unsaved : ''}
        </span>
        {extra}
      </div>
    </form>
  );
}
