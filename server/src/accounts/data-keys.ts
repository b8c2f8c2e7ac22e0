import { LRUCache } from 'lru-cache';
import { keepMost } from '#kernel/cache';
import { type SealingKey, open, seal, unwrapKey } from '#platform/crypto';
import { organizationNotFound, wrongMasterKey } from './errors.ts';
import type { CallerStore } from './store.ts';

const MAX_KEYS = 10_000;

export interface DataKeys {
  seal(organizationId: number, plaintext: string, context: string): Promise<Buffer>;
  open(organizationId: number, box: Buffer, context: string): Promise<string>;
  /** Fails unless the organization's key opens with our master key. */
  check(organizationId: number): Promise<void>;
  forget(): void;
}

/** What binds a wrapped key to its organization. */
export function keyContext(organizationId: number): string {
  return `organization ${organizationId}`;
}

/** Each organization's own key, kept unwrapped in memory after its first use. */
export function createDataKeys(store: CallerStore, masterKey: SealingKey): DataKeys {
  const keys = new LRUCache<number, Promise<SealingKey>>(keepMost(MAX_KEYS));

  async function load(organizationId: number): Promise<SealingKey> {
    const wrapped = await store.findWrappedKey(organizationId);
    if (!wrapped) throw organizationNotFound(organizationId);
    try {
      return unwrapKey(masterKey, wrapped, keyContext(organizationId));
    } catch (error) {
      throw wrongMasterKey(error);
    }
  }

  function keyOf(organizationId: number): Promise<SealingKey> {
    const known = keys.get(organizationId);
    if (known) return known;
    const loading = load(organizationId);
    keys.set(organizationId, loading);
    loading.catch(() => keys.delete(organizationId));
    return loading;
  }

  return {
    seal: async (organizationId, plaintext, context) => seal(await keyOf(organizationId), plaintext, context),
    open: async (organizationId, box, context) => open(await keyOf(organizationId), box, context),
    async check(organizationId) {
      await keyOf(organizationId);
    },
    forget: () => keys.clear(),
  };
}
