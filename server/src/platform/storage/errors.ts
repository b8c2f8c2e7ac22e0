import { AppError } from '#kernel/error';

export function databaseUnreachable(place: string, reason: string, cause?: unknown): AppError {
  return new AppError(
    'database-unreachable',
    503,
    `Cannot use the database at ${place}: ${reason}. Check DATABASE_URL and that PostgreSQL is running.`,
    { cause },
  );
}

export function databaseTooOld(version: string): AppError {
  return new AppError(
    'database-too-old',
    500,
    `The database is PostgreSQL ${version}; version 15 or newer is needed.`,
  );
}

export function migrationChanged(name: string): AppError {
  return new AppError(
    'migration-changed',
    500,
    `The migration ${name} was changed after it had been applied to this database. ` +
      'Restore the file and put the change into a new migration.',
  );
}

export function migrationUnknown(name: string): AppError {
  return new AppError(
    'migration-unknown',
    500,
    `The database has the migration ${name}, which this version does not know: it was used by a newer version. Start that version.`,
  );
}

export function migrationFailed(name: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('migration-failed', 500, `The migration ${name} failed and was undone: ${reason}`, {
    cause,
  });
}

export function folderInUse(folder: string, pid: number): AppError {
  return new AppError(
    'folder-in-use',
    500,
    `The data folder ${folder} is in use by process ${pid}; stop it or pass --data with another folder.`,
  );
}

export function folderUnusable(folder: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    'folder-unusable',
    500,
    `The data folder ${folder} cannot be used: ${reason}. Make it writable or pass --data with another folder.`,
    { cause },
  );
}

export function embeddedPostgresFailed(reason: string, cause?: unknown): AppError {
  return new AppError(
    'embedded-postgres-failed',
    500,
    `The embedded PostgreSQL does not start: ${reason}. To use a server of your own, set DATABASE_URL.`,
    { cause },
  );
}
