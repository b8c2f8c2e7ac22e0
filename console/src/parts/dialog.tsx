import { AlertDialog, Dialog } from 'radix-ui';
import { createContext, useCallback, useContext, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { parts } from '../strings/shell.ts';
import { Button } from './button.tsx';

const veil = 'fixed inset-0 z-40 bg-black/45';
const box =
  'fixed top-1/2 left-1/2 z-40 flex max-h-[90dvh] w-[32rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-auto rounded-lg border border-line bg-surface p-5 shadow-pop';

/** The focus goes back to where it was; the window itself knows no button that has opened it. */
function giveBack(event: Event, to: Element | null): void {
  event.preventDefault();
  if (to instanceof HTMLElement && to.isConnected) to.focus();
}

interface Question {
  title: string;
  /** What will be lost or changed. */
  text: ReactNode;
  /** The verb, such as `Delete`. */
  action: string;
}

type Ask = (question: Question) => Promise<boolean>;
const Context = createContext<Ask>(async () => false);

/** Asks before something is lost: `if (await confirm({…})) …` */
export const useConfirm = (): Ask => useContext(Context);

export function DialogProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question>();
  const answer = useRef<(yes: boolean) => void>(() => {});
  const asker = useRef<Element>(null);
  const ask = useCallback<Ask>((asked) => {
    asker.current = document.activeElement;
    setQuestion(asked);
    return new Promise((resolve) => (answer.current = resolve));
  }, []);
  const close = (yes: boolean) => {
    answer.current(yes);
    setQuestion(undefined);
  };
  return (
    <Context value={ask}>
      {children}
      <AlertDialog.Root open={question !== undefined} onOpenChange={(open) => !open && close(false)}>
        <AlertDialog.Portal>
          <AlertDialog.Overlay className={veil} />
          <AlertDialog.Content className={box} onCloseAutoFocus={(event) => giveBack(event, asker.current)}>
            <AlertDialog.Title className="m-0 text-lg font-semibold">{question?.title}</AlertDialog.Title>
            <AlertDialog.Description asChild>
              <div className="text-sm text-muted">{question?.text}</div>
            </AlertDialog.Description>
            <div className="flex flex-wrap justify-end gap-2">
              <AlertDialog.Cancel asChild>
                <Button>{parts.cancel}</Button>
              </AlertDialog.Cancel>
              <Button look="danger" onClick={() => close(true)}>
                {question?.action}
              </Button>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </Context>
  );
}

/** A window over the page. */
export function Modal({
  title,
  open,
  onClose,
  children,
}: {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const opener = useRef<Element>(null);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={veil} />
        <Dialog.Content
          className={box}
          aria-describedby={undefined}
          onOpenAutoFocus={() => (opener.current = document.activeElement)}
          onCloseAutoFocus={(event) => giveBack(event, opener.current)}
        >
          <Dialog.Title className="m-0 text-lg font-semibold">{title}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
