import { type PrivilegeKey, privileges } from './privileges.ts';

/** A role as an organization has it: the default one, or what was made of it. */
export interface Role {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly active: boolean;
  /** Who has a role of a level may give and take those up to it. */
  readonly level: number;
  readonly privileges: readonly PrivilegeKey[];
}

/** What an organization has changed of a role. */
export type RoleChange = Pick<Role, 'key' | 'name' | 'description' | 'active' | 'privileges'>;

/** What the roles of a user add up to. */
export interface Powers {
  readonly privileges: ReadonlySet<string>;
  readonly level: number;
}

export const administratorRole = 'org-admin';
export const customerAdministratorRole = 'customerAdmin';
/** What a user gets that is made without a word about roles. */
export const ordinaryRole = 'org';

const basic: PrivilegeKey[] = [
  'viewElements',
  'createElementInstances',
  'viewFormulas',
  'createFormulaInstances',
  'viewCommonObjects',
];
const commonObjects: PrivilegeKey[] = [
  'viewCommonObjects',
  'createCommonObjects',
  'editCommonObjects',
  'deleteCommonObjects',
];
const work: PrivilegeKey[] = [
  ...basic,
  'createElements',
  'editElements',
  'deleteElements',
  'createFormulas',
  'editFormulas',
  'deleteFormulas',
  'createCommonObjects',
  'editCommonObjects',
  'deleteCommonObjects',
];
const accountAdministration: PrivilegeKey[] = [
  'viewUsersAccount',
  'addUsersAccount',
  'editUsersAccount',
  'deleteUsersAccount',
  'editSettingsAccount',
  'viewLogsAccount',
];
const everything = Object.keys(privileges) as PrivilegeKey[];
const ofVendor = new Set<PrivilegeKey>(['system', 'manageCustomers']);

/** The roles that every organization starts with. Their ids and order never change: clients compare them. */
export const defaultRoles: readonly Role[] = [
  role(1, 'sys-admin', 'System Administrator', 100, everything, 'Runs the whole installation'),
  role(
    2,
    administratorRole,
    'Organization Administrator',
    80,
    everything.filter((key) => !ofVendor.has(key)),
    'Administers the organization and all its accounts',
  ),
  role(
    3,
    'admin',
    'Account Administrator',
    60,
    [...work, ...accountAdministration],
    'Administers the users of one account',
  ),
  role(
    4,
    ordinaryRole,
    'Account',
    40,
    work,
    'Works with elements, formulas and common objects of an account',
  ),
  role(5, 'default-user', 'Default User', 20, basic, 'Uses what others have made'),
  role(6, 'vdrAdmin', 'Common Object Administrator', 40, commonObjects, 'Administers common objects'),
  role(
    7,
    customerAdministratorRole,
    'Customer Administrator',
    90,
    ['manageCustomers'],
    'Adds and deletes whole organizations',
  ),
];

function role(
  id: number,
  key: string,
  name: string,
  level: number,
  granted: readonly PrivilegeKey[],
  description: string,
): Role {
  return Object.freeze({ id, key, name, description, active: true, level, privileges: [...granted].sort() });
}

/** All roles as an organization has them, in the order of their ids. */
export function rolesOf(changes: readonly RoleChange[]): Role[] {
  return defaultRoles.map((byDefault) => {
    const change = changes.find(({ key }) => key === byDefault.key);
    return change ? { ...byDefault, ...change } : byDefault;
  });
}

/** What a user may do that has these roles; a role that is not active gives nothing. */
export function powersOf(keys: readonly string[], changes: readonly RoleChange[]): Powers {
  const held = rolesOf(changes).filter(({ key, active }) => active && keys.includes(key));
  return {
    privileges: new Set(held.flatMap((each) => each.privileges)),
    level: Math.max(0, ...held.map(({ level }) => level)),
  };
}
