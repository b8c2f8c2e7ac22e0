import { catalogAccountId } from './compile.ts';
import { inHub } from './definition.ts';
import type { Element } from './element.ts';
import { rowsOf } from './row-ids.ts';
import { withPlatformConfiguration } from './platform-configuration.ts';

/** Arrays that an abridged description leaves out. */
const heavy = ['configuration', 'parameters', 'hooks', 'resources', 'objects', 'models'];

/** An element as the API shows it. */
export interface ElementView {
  id: number;
  key: string;
  name: string;
  hub: string;
  description: string;
  active: boolean;
  deleted: boolean;
  typeOauth: boolean;
  trialAccount: boolean;
  [field: string]: unknown;
}

/** An element as `GET /elements` shows it: the whole document, with the flags that clients read always there. */
export function describeElement(element: Element): ElementView {
  const { definition } = element;
  const own = {
    id: element.id,
    key: element.key,
    name: element.name,
    hub: element.hub,
    description: definition.description ?? '',
    typeOauth: element.authentication.type.startsWith('oauth'),
    private: element.ownerAccountId !== catalogAccountId || definition['private'] === true,
  };
  return {
    ...own, // first, because people read what comes first
    active: true,
    deleted: false,
    trialAccount: false,
    beta: false,
    cloneable: true,
    extendable: true,
    extended: false,
    transformationsEnabled: true,
    bulkDownloadEnabled: false,
    bulkUploadEnabled: false,
    protocolType: 'http',
    ...definition,
    ...own,
    authentication: definition.authentication ?? { type: element.authentication.type },
    // Not the operator's own defaults: they may be secret, and everybody may read the catalog.
    configuration: withPlatformConfiguration(definition),
    parameters: definition.parameters ?? [],
    hooks: definition.hooks ?? [],
    resources: rowsOf(definition.resources).map((row) => ({
      ...inHub(row, element.hub),
      ownerAccountId: row['ownerAccountId'] ?? element.ownerAccountId,
    })),
  };
}

/** The short form: what a list or an instance shows of its element. */
export function abridgeElement(element: Element): ElementView {
  const whole = describeElement(element);
  for (const field of heavy) delete whole[field];
  return whole;
}
