import { AppError } from '#kernel/error';

export function elementNotFound(keyOrId: string): AppError {
  return new AppError(
    'element-not-found',
    404,
    `No element found with key or id '${keyOrId}'. GET /elements/keys lists the keys.`,
  );
}

export function catalogUnreadable(folder: string, reason: string): AppError {
  return new AppError(
    'catalog-unreadable',
    500,
    `The elements folder ${folder} cannot be read: ${reason}. Name another with --elements.`,
  );
}

/** A definition that cannot be used; it stops only itself. */
export interface DefinitionFault {
  /** File that holds the fault. */
  file: string;
  /** Place inside the file, as a JSON pointer. */
  path: string;
  reason: string;
}
