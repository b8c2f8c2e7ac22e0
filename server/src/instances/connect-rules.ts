import type { ConfigurationRow, Element } from '#elements';
import { connectConfigurationForeign, connectSecretsNeeded, originInvalid } from './errors.ts';
import { isSecret, withoutMasks } from './secret.ts';

type Values = Record<string, unknown>;

/** Rows of the platform; who connects an account of their own decides nothing of these. */
const ofPlatform = /^(event|filter)\./;
/** Where calls go, with the secrets of the customer's app: the definition says it, and no browser. */
const isPlace = ({ key, defaultValue }: ConfigurationRow) =>
  key === 'oauth.callback.url' || (/(^|[._])ur[il]$/i.test(key) && Boolean(defaultValue));

/** What the widget asks a person: neither what is given already nor what is no matter of theirs. */
export function askedRows(element: Element, given: Values): ConfigurationRow[] {
  return element.configuration.filter(
    (row) =>
      !row.internal &&
      row['hideFromConsole'] !== true &&
      row['active'] !== false &&
      !ofPlatform.test(row.key) &&
      !isPlace(row) &&
      given[row.key] === undefined &&
      // A default that is a secret belongs to the operator or to the customer.
      !(row.defaultValue && isSecret(row.key, element)),
  );
}

/** What an account was connected with, in so far as its element has rows for it: its tokens are about to be replaced. */
export function keptValues(
  element: Element,
  stored: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = element.configuration.flatMap(({ key }) => {
    const value = stored[key];
    const isOurs = key.startsWith('oauth.user.') || key === 'oauth.callback.url' || ofPlatform.test(key);
    return value && !isOurs ? [[key, value] as const] : [];
  });
  return Object.fromEntries(kept);
}

/**
 * What somebody is asked who connects an account again: nothing that is known where the provider asks for consent; else what they
 * have typed, for that may have died, and not what they have chosen.
 */
export function askedAgain(element: Element, given: Values, kept: Values): ConfigurationRow[] {
  const isOauth = element.authentication.type.startsWith('oauth');
  const isTyped = ({ type, options }: ConfigurationRow) => !type.startsWith('BOOLEAN') && !options?.length;
  return askedRows(element, given).filter((row) => kept[row.key] === undefined || (!isOauth && isTyped(row)));
}

/**
 * Whoever says anew where or as whom an account is connected types its secrets anew: kept ones, which the customer's server may have
 * given, must not go where only a browser says.
 *
 * @throws 400
 */
export function checkKeptSecrets(
  { element, rows, kept }: { element: Element; rows: readonly ConfigurationRow[]; kept: Values },
  sent: Record<string, string> | undefined = {},
): void {
  const typed = withoutMasks(sent);
  const isChanged = ({ key }: ConfigurationRow) =>
    !isSecret(key, element) && typed[key] !== undefined && typed[key] !== kept[key];
  if (!rows.some(isChanged)) return;
  const left = rows.filter(({ key }) => isSecret(key, element) && kept[key] && typed[key] === undefined);
  if (left.length > 0) throw connectSecretsNeeded(left.map(({ name, key }) => `${name || key}`));
}

/** @throws 400 for values that the widget does not ask for. */
export function checkAsked(
  rows: readonly ConfigurationRow[],
  sent: Record<string, string> | undefined = {},
): Record<string, string> {
  const asked = new Set(rows.map(({ key }) => key));
  const foreign = Object.keys(sent).filter((key) => !asked.has(key));
  if (foreign.length > 0) throw connectConfigurationForeign(foreign);
  return sent;
}

/** An origin and nothing more, as browsers compare it. @throws 400 */
export function onlyOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOnly = url && /^https?:$/.test(url.protocol) && (text === url.origin || text === `${url.origin}/`);
  if (!isOnly) throw originInvalid(text);
  return url.origin;
}
