import type { AppError } from '#kernel/error';
import type { Storage } from '#platform/storage';
import { type IdSequence, createStore } from './store.ts';

/** PostgreSQL's code for a value that may be there only once. */
const uniqueViolation = '23505';

/** Runs a write that may find its value taken by somebody who was faster. */
export async function isTaken<T>(write: Promise<T>, failure: () => AppError): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if ((error as { code?: unknown }).code === uniqueViolation) throw failure();
    throw error;
  }
}

/** The id of a row to come: what is sealed in the row is bound to it. */
export function newId(storage: Pick<Storage, 'db'>, table: IdSequence): Promise<number> {
  return createStore(storage.db).takeId(table);
}
