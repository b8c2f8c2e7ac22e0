import { library, parameter, resource } from './definition.ts';
import { setScene } from './scene.ts';

export const configurationRow = (key: string, defaultValue?: string, more: object = {}) => ({
  key,
  name: key,
  description: key,
  type: 'TEXTFIELD_1000',
  ...(defaultValue === undefined ? {} : { defaultValue }),
  ...more,
});
export const hook = (type: string, body: string) => ({ type, mimeType: 'application/javascript', body });
export const literal = (name: string, vendorType: string, vendorName: string) => ({
  ...parameter('value', name, vendorType, vendorName),
});

/** A scene for elements of each kind of authentication, and accounts of these. To be called once, outside of tests. */
export function setBank() {
  const scene = setScene();
  let made = 0;

  /** Imports an element of a kind and gives its key. */
  async function element(type: string, configuration: object[], resources: object[] = [], more: object = {}) {
    const key = `${type.toLowerCase()}${++made}`;
    const { status, text } = await scene.app.call('POST', '/elements', {
      json: {
        ...library(),
        key,
        name: 'Bank',
        authentication: { type },
        configuration: [configurationRow('base.url', scene.provider.url), ...configuration],
        resources: [resource('GET', '/money'), resource('POST', '/money'), ...resources],
        ...more,
      },
    });
    if (status !== 200) throw new Error(text);
    return key;
  }

  const connect = (key: string, configuration: object = {}, providerData?: object, more: object = {}) =>
    scene.app.call('POST', '/instances', {
      json: {
        name: 'Mine',
        element: { key },
        configuration,
        ...(providerData ? { providerData } : {}),
        ...more,
      },
    });

  async function connected(...given: Parameters<typeof connect>) {
    const { status, body, text } = await connect(...given);
    if (status !== 200) throw new Error(text);
    const authorization = scene.app.asElement(body.token);
    return {
      id: body.id as number,
      call: (method: string, path: string, options = {}) =>
        scene.app.call(method, path, { ...options, authorization }),
    };
  }

  return { scene, element, connect, connected, last: scene.last };
}
