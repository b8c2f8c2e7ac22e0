import { useMutation } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { CircleUser, Menu, Monitor, Moon, Sun, X } from 'lucide-react';
import { Dialog, DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { navigation } from './navigation.ts';
import { IconButton } from './parts/button.tsx';
import { logOut, useUser } from './session.ts';
import { shell } from './strings/shell.ts';
import { type Theme, setTheme, useTheme } from './theme.ts';

/** The frame around every page: navigation at the side, or in a drawer on a phone. */
export function Shell() {
  const [isOpen, setOpen] = useState(false);
  const isLoading = useRouterState({ select: ({ isLoading: busy }) => busy });
  return (
    <div className="flex min-h-dvh flex-col lg:flex-row">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-2 text-sm text-accent-ink focus:translate-y-0"
      >
        {shell.skip}
      </a>
      <div
        aria-hidden
        className={`fixed inset-x-0 top-0 z-50 h-0.5 bg-accent transition-opacity delay-150 ${isLoading ? 'opacity-100' : 'opacity-0'}`}
      />
      <header className="sticky top-0 z-30 flex items-center gap-2 border-b border-line bg-surface px-3 py-2 lg:hidden">
        <Dialog.Root open={isOpen} onOpenChange={setOpen}>
          <Dialog.Trigger asChild>
            <IconButton label={shell.openMenu}>
              <Menu aria-hidden className="size-5" />
            </IconButton>
          </Dialog.Trigger>
          <Dialog.Portal>
            <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
            <Dialog.Content
              aria-describedby={undefined}
              className="fixed inset-y-0 left-0 z-40 flex w-72 max-w-[85vw] flex-col border-r border-line bg-surface p-3"
            >
              <div className="flex items-center justify-between">
                <Dialog.Title className="m-0 pl-2 text-base font-semibold">{shell.menu}</Dialog.Title>
                <Dialog.Close asChild>
                  <IconButton label={shell.closeMenu}>
                    <X aria-hidden className="size-5" />
                  </IconButton>
                </Dialog.Close>
              </div>
              <Navigation onGo={() => setOpen(false)} />
            </Dialog.Content>
          </Dialog.Portal>
        </Dialog.Root>
        <Brand />
        <span className="grow" />
        <AccountMenu />
      </header>
      <div className="sticky top-0 hidden h-dvh w-56 shrink-0 flex-col border-r border-line bg-surface p-3 lg:flex">
        <div className="flex items-center justify-between">
          <Brand />
          <AccountMenu />
        </div>
        <Navigation />
      </div>
      <main id="content" tabIndex={-1} className="min-w-0 grow">
        <Outlet />
      </main>
    </div>
  );
}

function Brand() {
  return (
    <Link
      to="/catalog"
      className="flex items-center gap-2 rounded px-2 py-1 font-semibold text-ink no-underline"
    >
      <img src="/icon.svg" alt="" className="size-6" />
      {shell.product}
    </Link>
  );
}

function Navigation({ onGo }: { onGo?: () => void }) {
  return (
    <nav aria-label={shell.navigation} className="mt-4 flex grow flex-col gap-1">
      {navigation.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          {...(onGo ? { onClick: onGo } : {})}
          className="flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-sm text-muted no-underline hover:bg-raised hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent-text"
        >
          <Icon aria-hidden className="size-4" />
          {label}
        </Link>
      ))}
      <span className="grow" />
      <a href="/elements/api-v2/docs" className="rounded px-2.5 py-2 text-sm text-muted hover:text-ink">
        {shell.apiDocs}
      </a>
    </nav>
  );
}

const themes: { theme: Theme; icon: typeof Sun }[] = [
  { theme: 'system', icon: Monitor },
  { theme: 'light', icon: Sun },
  { theme: 'dark', icon: Moon },
];

const item =
  'flex min-h-9 items-center gap-2 rounded px-2 text-sm outline-none select-none data-[highlighted]:bg-raised data-[state=checked]:font-semibold';

function AccountMenu() {
  const user = useUser();
  const theme = useTheme();
  const navigate = useNavigate();
  const leave = useMutation({ mutationFn: logOut, onSuccess: () => navigate({ to: '/log-in' }) });
  if (!user) return null;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={shell.account(user.email)}>
          <CircleUser aria-hidden className="size-5" />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-50 w-60 rounded-lg border border-line bg-surface p-1.5 shadow-pop"
        >
          <DropdownMenu.Label className="truncate px-2 py-1.5 text-xs text-muted">
            {user.email}
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.RadioGroup
            value={theme}
            onValueChange={(next) => setTheme(next as Theme)}
            aria-label={shell.theme.label}
          >
            {themes.map(({ theme: one, icon: Icon }) => (
              <DropdownMenu.RadioItem key={one} value={one} className={item}>
                <Icon aria-hidden className="size-4" />
                {shell.theme[one]}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item className={item} onSelect={() => leave.mutate()}>
            {shell.logOut}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
