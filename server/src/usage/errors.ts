import { AppError } from '#kernel/error';

/** The wording is part of the contract: clients turn `No … found` into an empty list. */
export function noUsage(): AppError {
  return new AppError('usage-none', 404, 'No usage found');
}

export function callNotFound(id: string): AppError {
  return new AppError(
    'usage-not-found',
    404,
    `No call found with the id ${id}. Calls can be read a few seconds after they are over, and for as long as the server keeps them.`,
  );
}

export function traceNotFound(id: string): AppError {
  return new AppError('trace-not-found', 404, `No trace found with the id ${id}.`);
}

export function countsTooOld(interval: string, keptDays: number): AppError {
  return new AppError(
    'usage-too-old',
    400,
    `Calls by ${interval} are kept for ${keptDays} days. Ask for a later 'from', or for a coarser interval.`,
  );
}

export function limitReached(
  limit: { calls: number; per: string },
  waitSeconds: number,
  isUsedUp: boolean,
): AppError {
  const what = `This account may make ${limit.calls} calls per ${limit.per}`;
  const message = isUsedUp
    ? `${what}, and has made them. Try again in ${waitSeconds} seconds, or ask an administrator for a higher limit.`
    : `${what}, and this server's share of them is used up for the moment. Try again in ${waitSeconds} seconds.`;
  return new AppError('usage-limit-reached', 429, message, {
    headers: { 'retry-after': String(waitSeconds) },
  });
}

export function limitsInvalid(per: string): AppError {
  return new AppError(
    'usage-limits-invalid',
    400,
    `There are two limits per ${per}. Send one for each period.`,
  );
}
