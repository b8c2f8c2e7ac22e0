import { AppError } from '#kernel/error';

export function sealBroken(cause?: unknown): AppError {
  return new AppError(
    'seal-broken',
    500,
    'A stored secret cannot be opened: it was changed, moved or sealed with another key. Check LIGAND_MASTER_KEY.',
    { cause },
  );
}

export function wrongKeyVersion(ofBox: number, ofKey: number): AppError {
  return new AppError(
    'wrong-key-version',
    500,
    `A stored secret was sealed with version ${ofBox} of its key, but version ${ofKey} is in use.`,
  );
}

export function masterKeyMalformed(source: string): AppError {
  return new AppError(
    'master-key-malformed',
    500,
    `${source} is no master key: it must be 32 bytes, written as 64 hexadecimal digits or in base64. Make one with: openssl rand -hex 32`,
  );
}

export function masterKeyExposed(file: string, mode: string): AppError {
  return new AppError(
    'master-key-exposed',
    500,
    `The master key ${file} may be read by other users (mode ${mode}). Run: chmod 600 ${file}`,
  );
}

export function masterKeyUnreadable(file: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    'master-key-unreadable',
    500,
    `The master key ${file} cannot be read or made: ${reason}`,
    {
      cause,
    },
  );
}
