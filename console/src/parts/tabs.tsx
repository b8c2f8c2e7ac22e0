import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Tab {
  key: string;
  label: string;
  content: ReactNode;
}

/** Tabs, of which the address of the page says which is open. */
export function Tabs({
  label,
  tabs,
  open,
  onOpen,
}: {
  label: string;
  tabs: readonly Tab[];
  open: string;
  onOpen: (key: string) => void;
}) {
  return (
    <Radix.Root value={open} onValueChange={onOpen} className="flex flex-col gap-4">
      <Radix.List aria-label={label} className="flex flex-wrap gap-x-1 border-b border-line">
        {tabs.map(({ key, label: text }) => (
          <Radix.Trigger
            key={key}
            value={key}
            className="border-b-2 border-transparent px-2 py-2 sm:px-3 text-sm whitespace-nowrap text-muted -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {text}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ key, content }) => (
        <Radix.Content key={key} value={key} className="flex flex-col gap-4">
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
