import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { elementNamesQuery } from '../elements.ts';
import { accountQuery, userQuery } from '../organization.ts';
import { useMay } from '../session.ts';

/*
 * What is known by a key or an id, by its name: for as long as the name is not known, or may not be seen, the id stands there.
 */

export function ElementName({ elementKey }: { elementKey: string }) {
  const { data } = useQuery(elementNamesQuery([elementKey]));
  const name = data?.[elementKey];
  if (name === undefined) return elementKey;
  return (
    <Link to="/catalog/$key" params={{ key: elementKey }} className="text-accent-text">
      {name}
    </Link>
  );
}

export function UserName({ id }: { id: number }) {
  const may = [useMay('viewUsersOrg'), useMay('viewUsersAccount')].some(Boolean);
  const { data } = useQuery({ ...userQuery(String(id)), enabled: may });
  if (!data) return String(id);
  return (
    <Link to="/organization/users/$id" params={{ id: String(id) }} className="text-accent-text">
      {data.email}
    </Link>
  );
}

export function AccountName({ id }: { id: number }) {
  const may = useMay('viewAccountsOrg');
  const { data } = useQuery({ ...accountQuery(String(id)), enabled: may });
  if (!data) return String(id);
  return (
    <Link to="/organization/accounts/$id" params={{ id: String(id) }} className="text-accent-text">
      {data.name}
    </Link>
  );
}
