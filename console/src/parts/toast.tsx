import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { createContext, useCallback, useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { parts } from '../strings/shell.ts';
import { classNames } from './class-names.ts';
import { IconButton } from './button.tsx';

interface Message {
  id: number;
  text: string;
  tone: 'good' | 'bad';
}

type Say = (text: string, tone?: Message['tone']) => void;
const Context = createContext<Say>(() => {});

/** Says in a corner that something was done, or was not. */
export const useToast = (): Say => useContext(Context);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const say = useCallback<Say>((text, tone = 'good') => {
    setMessages((all) => [...all.slice(-3), { id: (all.at(-1)?.id ?? 0) + 1, text, tone }]);
  }, []);
  const remove = (id: number) => setMessages((all) => all.filter((one) => one.id !== id));
  return (
    <Context value={say}>
      <Toast.Provider swipeDirection="right" duration={6000}>
        {children}
        {messages.map(({ id, text, tone }) => (
          <Toast.Root
            key={id}
            type={tone === 'bad' ? 'foreground' : 'background'}
            onOpenChange={(open) => !open && remove(id)}
            className={classNames(
              'flex items-center gap-3 rounded-md border border-line bg-surface py-1 pr-1 pl-4 text-sm shadow-pop',
              tone === 'bad' && 'text-bad',
            )}
          >
            <Toast.Description className="grow">{text}</Toast.Description>
            <Toast.Close asChild>
              <IconButton label={parts.dismiss}>
                <X aria-hidden className="size-4" />
              </IconButton>
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 m-0 flex w-96 max-w-[calc(100vw-2rem)] list-none flex-col gap-2 p-0" />
      </Toast.Provider>
    </Context>
  );
}
