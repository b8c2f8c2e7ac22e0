import type { ConfigurationRow, Element } from '#elements';
import { connectConfigurationForeign, originInvalid } from './errors.ts';
import { isSecret } from './secret.ts';

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

/** @throws 400 for values that the widget does not ask for. */
export function checkAsked(
  element: Element,
  given: Values,
  sent: Record<string, string> | undefined = {},
): Record<string, string> {
  const asked = new Set(askedRows(element, given).map(({ key }) => key));
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
