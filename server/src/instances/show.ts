import type { Principal } from '#accounts';
import type { InstanceView } from './instance.ts';
import { mask } from './secret.ts';

/** A request, as far as it says who is asking. */
export interface Asking {
  principal: Principal;
  headers: Record<string, unknown>;
}

/** A browser with a session gets the Element token only when the person asks to see it. */
export function showTo({ principal, headers }: Asking, view: InstanceView): InstanceView {
  return principal.usesSession && headers['elements-show-secrets'] !== 'true'
    ? { ...view, token: mask }
    : view;
}
