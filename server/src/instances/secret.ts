import type { Element } from '#elements';

/** What a secret looks like in every reply. */
export const mask = '********';

const secretKeys = new Set([
  'oauth.api.key',
  'oauth.api.secret',
  'event.notification.signature.key',
  'event.notification.callback.headers',
]);
const secretName =
  /(^|[._-])(password|passwd|pwd|secret|token|access_?token|refresh_?token|api_?key|private_?key|session_?id)$/i;

/** Whether a configuration value is kept sealed and shown masked: by its key, or because its row is a password. */
export function isSecret(key: string, element: Element): boolean {
  if (secretKeys.has(key) || secretName.test(key)) return true;
  return element.configuration.some((row) => row.key === key && row.type === 'PASSWORD');
}

/** What was really given: a mask that is sent back says nothing. */
export function withoutMasks(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== mask));
}

export function maskConfiguration(values: Record<string, string>, element: Element): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      value !== '' && isSecret(key, element) ? mask : value,
    ]),
  );
}

/** The values themselves, to be taken out of what is logged. */
export function secretsOf(element: Element, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values)
    .filter(([key, value]) => value !== '' && isSecret(key, element))
    .map(([, value]) => value);
}
