import { Link, Outlet } from '@tanstack/react-router';
import { areasFor } from '../organization-areas.ts';
import { useUser } from '../session.ts';
import { organization as words } from '../strings/organization.ts';

/** The frame of the organization's pages: which there are, of those that the person may see. */
export function Organization() {
  const user = useUser();
  return (
    <>
      <nav aria-label={words.title} className="mx-auto w-full max-w-6xl px-4 pt-4 sm:px-6">
        <ul className="m-0 flex list-none flex-wrap gap-x-1 border-b border-line p-0">
          {areasFor(user?.privileges ?? []).map(({ to, label }) => (
            <li key={to}>
              <Link
                to={to}
                className="block border-b-2 border-transparent px-2 py-2 sm:px-3 text-sm whitespace-nowrap text-muted no-underline -outline-offset-2 hover:text-ink data-[status=active]:border-accent data-[status=active]:font-medium data-[status=active]:text-ink"
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Outlet />
    </>
  );
}
