import { randomBytes } from 'node:crypto';
import type { CallOptions, Reply, TestApp } from './app.ts';
import { goodPassword } from './tenant.ts';
import type { Tenant } from './tenant.ts';

export { goodPassword };

export const newEmail = () => `${randomBytes(6).toString('hex')}@example.com`;

export const userBody = (more: object = {}) => ({
  firstName: 'Grace',
  lastName: 'Hopper',
  email: newEmail(),
  password: goodPassword,
  ...more,
});

/** A user that calls. */
export interface Person {
  id: number;
  accountId: number;
  email: string;
  userSecret: string;
  authorization: string;
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
}

export interface People {
  /** Another account of the first organization. */
  addAccount(): Promise<number>;
  /** A user with these roles; in the default account, when no other is named. */
  add(roles: string[], accountId?: number): Promise<Person>;
  /** A whole other customer; its first user. */
  addCustomer(): Promise<Person>;
}

/** Makes users of a test's app, without the slow hashing of their passwords. */
export function createPeople(app: TestApp): People {
  const toPerson = (tenant: Tenant, organizationSecret: string): Person => {
    const { id, accountId, email, userSecret } = tenant;
    const authorization = `User ${userSecret}, Organization ${organizationSecret}`;
    const call: Person['call'] = (method, path, options = {}) =>
      app.call(method, path, { authorization, ...options });
    return { id, accountId, email, userSecret, authorization, call };
  };
  let ownAccount: number | undefined;
  return {
    async addAccount() {
      const { body } = await app.call('POST', '/accounts', { json: { externalId: newEmail() } });
      return body.id as number;
    },
    async add(roles, accountId) {
      ownAccount ??= (await app.call('GET', '/users/me')).body.accountId as number;
      const wish = { sameOrganization: true, roles, accountId: accountId ?? ownAccount };
      return toPerson(await app.addTenant(wish), app.organizationSecret);
    },
    async addCustomer() {
      const tenant = await app.addTenant();
      return toPerson(tenant, tenant.organizationSecret ?? '');
    },
  };
}
