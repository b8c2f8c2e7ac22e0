/** Everything that a user may be allowed to do, by the keys that clients know. Routes name them in their `access`. */
export const privileges = {
  viewElements: 'See elements',
  createElements: 'Make, clone and convert elements',
  editElements: 'Change elements and their parts',
  deleteElements: 'Delete elements',
  createElementInstances: 'Connect accounts at providers, change and disconnect them',
  viewFormulas: 'See formulas',
  createFormulas: 'Make formulas',
  editFormulas: 'Change formulas',
  deleteFormulas: 'Delete formulas',
  createFormulaInstances: 'Start, change and end instances of formulas',
  viewCommonObjects: 'See common objects and their transformations',
  createCommonObjects: 'Make common objects and transformations',
  editCommonObjects: 'Change common objects and transformations',
  deleteCommonObjects: 'Delete common objects and transformations',
  viewUsersAccount: 'See the users of the own account',
  addUsersAccount: 'Add users to the own account',
  editUsersAccount: 'Change users of the own account, and their roles',
  deleteUsersAccount: 'Delete users of the own account',
  editSettingsAccount: 'Change the settings of the own account',
  viewLogsAccount: 'See what was done in the own account',
  viewUsersOrg: 'See the users of all accounts',
  addUsersOrg: 'Add users to every account',
  editUsersOrg: 'Change users of every account, and their roles',
  deleteUsersOrg: 'Delete users of every account',
  viewAccountsOrg: 'See all accounts',
  addAccountsOrg: 'Add accounts',
  editAccountsOrg: 'Change accounts, their settings and their roles',
  deleteAccountsOrg: 'Delete accounts',
  editOrg: 'Change the organization',
  viewLogsOrg: 'See what was done in the organization',
  modifySecurity: 'Change the password policy, identity providers and the secret of the organization',
  configureRoles: 'Change what the roles may do',
  manageUiBranding: 'Change the branding',
  intelligence: 'See the analytics of the organization',
  manageCustomers: 'Add and delete whole organizations',
  system: 'What only the vendor of a hosted service may do',
} as const;

export type PrivilegeKey = keyof typeof privileges;

/** What a route may ask for in its `access`. */
declare module '#platform/http' {
  interface Privileges extends Record<PrivilegeKey, true> {}
}

export function isPrivilege(key: string): key is PrivilegeKey {
  return Object.hasOwn(privileges, key);
}
