import { organization as words } from '../strings/organization.ts';
import { Badge } from './badge.tsx';

/** Whether a user, an account or a role counts. */
export function ActiveBadge({ active }: { active: boolean }) {
  return active ? <Badge tone="good">{words.active}</Badge> : <Badge>{words.inactive}</Badge>;
}
