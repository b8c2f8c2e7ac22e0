import { Activity, Building2, LayoutGrid, PlugZap, Zap } from 'lucide-react';
import { shell } from './strings/shell.ts';

/** The pages of the navigation, in their order. A new area adds a line here and its route in `router.tsx`. */
export const navigation = [
  { to: '/catalog', label: shell.pages.catalog, icon: LayoutGrid },
  { to: '/instances', label: shell.pages.instances, icon: PlugZap },
  { to: '/activity', label: shell.pages.activity, icon: Activity },
  { to: '/events', label: shell.pages.events, icon: Zap },
  { to: '/organization', label: shell.pages.organization, icon: Building2 },
] as const;
