import { parseJson, stringifyJson } from '#kernel/json';
import type { Storage } from '#platform/storage';
import { type AccountFilter, type AccountRow, createAccountStore } from './account-store.ts';
import type { Administration } from './administration.ts';
import {
  accountIsDefault,
  accountNotFound,
  externalIdTaken,
  organizationNotFound,
  tooManySettings,
} from './errors.ts';
import { type AccountView, describeAccount } from './views.ts';
import { isTaken, newId } from './write.ts';

/** What a body may say of an account; absent members stay as they are. */
export interface AccountPatch {
  name?: string;
  description?: string;
  externalId?: string;
  active?: boolean;
}

export type NewAccount = Pick<AccountPatch, 'name' | 'description'> & { externalId: string };

/** Texts, numbers and switches by name; null takes one away. */
export type Settings = Record<string, string | number | boolean | null>;

/** Each call may bring as many, but an account does not collect them without end. */
export const mostSettings = 500;

export interface AccountDesk {
  list(filter: AccountFilter, page?: { limit: number; offset: number }): Promise<AccountView[]>;
  count(filter: AccountFilter): Promise<number>;
  /** @throws 404, also for a deleted one */
  get(organizationId: number, id: number): Promise<AccountView>;
  /** @throws 404 for the id of another organization, as for that of none */
  checkOrganization(organizationId: number, asked: number): void;
  /** @throws 409 when the externalId is taken */
  create(organizationId: number, account: NewAccount): Promise<AccountView>;
  /**
   * Switching off keeps all that the account has, unless `permanent`: then its users and what it has connected are
   * deleted. Switching on brings a deleted account back, empty.
   * @throws 404, 409 for the default account or the last administrator's
   */
  change(organizationId: number, id: number, patch: AccountPatch, permanent?: boolean): Promise<AccountView>;
  remove(organizationId: number, id: number): Promise<void>;
  settings(organizationId: number, id: number): Promise<Settings>;
  /** Adds to the settings, or with `whole` takes the place of all. */
  setSettings(organizationId: number, id: number, given: Settings, whole: boolean): Promise<Settings>;
}

export function createAccountDesk({
  storage,
  administration,
}: {
  storage: Storage;
  administration: Administration;
}): AccountDesk {
  const store = createAccountStore(storage.db);

  async function find(organizationId: number, id: number, among = store): Promise<AccountRow> {
    const row = await among.find(organizationId, id);
    if (!row || row.deleted_at) throw accountNotFound(id);
    return row;
  }

  async function close(organizationId: number, id: number, change: AccountPatch & { deleted: boolean }) {
    await administration.change(organizationId, async ({ accounts, users, removeBelongings }) => {
      const row = await find(organizationId, id, accounts);
      if (row.is_default) throw accountIsDefault();
      await removeBelongings({ organizationId, accountId: id });
      await users.remove({ organizationId, accountId: id });
      await accounts.update(organizationId, id, {
        ...toColumns(change),
        active: false,
        deleted_at: change.deleted ? new Date() : null,
      });
    });
  }

  const get = async (organizationId: number, id: number) => describeAccount(await find(organizationId, id));

  return {
    get,
    count: store.count,
    checkOrganization(organizationId, asked) {
      if (asked !== organizationId) throw organizationNotFound(asked);
    },
    list: async (filter, page) => (await store.list(filter, page)).map(describeAccount),

    async create(organizationId, { externalId, name = externalId, description = externalId }) {
      const id = await newId(storage, 'account');
      const row = {
        id,
        organization_id: organizationId,
        external_id: externalId,
        name,
        description,
        is_default: false,
      };
      await isTaken(store.insert(row), () => externalIdTaken(externalId));
      return get(organizationId, id);
    },

    async change(organizationId, id, patch, permanent = false) {
      if (permanent && patch.active === false) {
        await close(organizationId, id, { ...patch, deleted: false });
        return get(organizationId, id);
      }
      await administration.change(organizationId, async ({ accounts }) => {
        const isRevived = patch.active === true;
        const row = isRevived
          ? await accounts.find(organizationId, id)
          : await find(organizationId, id, accounts);
        if (!row) throw accountNotFound(id);
        if (row.is_default && patch.active === false) throw accountIsDefault();
        const externalId = patch.externalId ?? row.external_id ?? '';
        await isTaken(
          accounts.update(organizationId, id, {
            ...toColumns(patch),
            ...(isRevived && { deleted_at: null }),
          }),
          () => externalIdTaken(externalId),
        );
      });
      return get(organizationId, id);
    },

    remove: (organizationId, id) => close(organizationId, id, { deleted: true }),

    settings: async (organizationId, id) => toSettings(await find(organizationId, id)),

    async setSettings(organizationId, id, given, whole) {
      return administration.change(organizationId, async ({ accounts }) => {
        const before = toSettings(await find(organizationId, id, accounts));
        const all = Object.entries({ ...(whole ? {} : before), ...given });
        const next = Object.fromEntries(all.filter(([, value]) => value !== null));
        if (Object.keys(next).length > mostSettings) throw tooManySettings(mostSettings);
        await accounts.update(organizationId, id, { settings: stringifyJson(next) });
        return next;
      });
    },
  };
}

function toSettings(row: AccountRow): Settings {
  return parseJson(row.settings) as Settings;
}

function toColumns({ name, description, externalId, active }: AccountPatch) {
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(externalId !== undefined && { external_id: externalId }),
    ...(active !== undefined && { active }),
  };
}
