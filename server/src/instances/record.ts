import { parseJson } from '#kernel/json';
import type { Accounts } from '#accounts';
import { hashSecret } from '#platform/crypto';
import type { Element } from '#elements';
import type { Instance } from './instance.ts';
import { isSecret } from './secret.ts';
import type { InstanceRow, NewInstanceRow } from './store.ts';

/** PostgreSQL's JSON takes no zero byte and no half of a character; a provider's value may have them all the same. */
const fitsJsonb = (text: string) => !text.includes('\0') && text.isWellFormed();

/** Moves instances between rows and memory: what is secret is sealed for its organization and its instance. */
export function createRecords(accounts: Pick<Accounts, 'seal' | 'open'>) {
  const context = (id: number, what: string) => `instance ${id} ${what}`;

  async function sealConfiguration(
    organizationId: number,
    id: number,
    element: Element,
    configuration: Record<string, string>,
  ): Promise<Pick<InstanceRow, 'configuration' | 'secrets_sealed'>> {
    const plain: Record<string, string> = {};
    const secret: Record<string, string> = {};
    for (const [key, value] of Object.entries(configuration))
      (isSecret(key, element) || !fitsJsonb(key + value) ? secret : plain)[key] = value;
    const box = await accounts.seal(organizationId, JSON.stringify(secret), context(id, 'secrets'));
    return { configuration: plain, secrets_sealed: box };
  }

  async function openConfiguration({
    id,
    organization_id,
    configuration,
    secrets_sealed,
  }: Pick<InstanceRow, 'id' | 'organization_id' | 'configuration' | 'secrets_sealed'>): Promise<
    Record<string, string>
  > {
    const secrets = await accounts.open(organization_id, secrets_sealed, context(id, 'secrets'));
    return { ...configuration, ...(parseJson(secrets) as Record<string, string>) };
  }

  return {
    sealConfiguration,
    openConfiguration,

    async toRow(
      instance: Omit<Instance, 'logging' | 'createdAt' | 'updatedAt' | 'user'>,
      element: Element,
    ): Promise<NewInstanceRow> {
      return {
        id: instance.id,
        organization_id: instance.organizationId,
        account_id: instance.accountId,
        user_id: instance.userId,
        element_id: instance.elementId,
        element_key: instance.elementKey,
        name: instance.name,
        tags: instance.tags,
        token_hash: hashSecret(instance.token),
        token_sealed: await accounts.seal(
          instance.organizationId,
          instance.token,
          context(instance.id, 'token'),
        ),
        external_authentication: instance.externalAuthentication,
        ...(await sealConfiguration(instance.organizationId, instance.id, element, instance.configuration)),
      };
    },

    async fromRow(row: InstanceRow): Promise<Instance> {
      const [token, configuration] = await Promise.all([
        accounts.open(row.organization_id, row.token_sealed, context(row.id, 'token')),
        openConfiguration(row),
      ]);
      return {
        id: row.id,
        organizationId: row.organization_id,
        accountId: row.account_id,
        userId: row.user_id,
        elementId: row.element_id,
        elementKey: row.element_key,
        name: row.name,
        tags: row.tags,
        token,
        configuration,
        credentialsVersion: row.credentials_version,
        externalAuthentication: row.external_authentication === 'initial' ? 'initial' : 'none',
        valid: row.valid,
        invalidReason: row.invalid_reason ?? undefined,
        disabled: row.disabled,
        logging: row.logging_until
          ? { untilMs: row.logging_until.getTime(), traceTag: row.trace_tag ?? undefined }
          : undefined,
        createdAt: row.created_at,
        updatedAt: row.updated_at,
        user: {
          id: row.user_id,
          emailAddress: row.email,
          firstName: row.first_name,
          lastName: row.last_name,
        },
      };
    },
  };
}

export type InstanceRecords = ReturnType<typeof createRecords>;
