import { afterAll, afterEach, beforeAll } from 'vitest';
import { startTestApp } from './app.ts';
import type { Connected, TestApp } from './app.ts';
import { library } from './definition.ts';
import { startProvider } from './provider.ts';
import type { Provider, ReceivedRequest } from './provider.ts';

export interface Scene {
  readonly app: TestApp;
  readonly provider: Provider;
  /**
   * A connected account of a new element with these resources. Its base URL is the provider's, and it has a value `shop`;
   * `configuration` adds rows, other fields replace those of the definition.
   */
  connect(resources: object[], more?: Record<string, unknown>): Promise<Connected>;
  /** What the provider got last. */
  last(): ReceivedRequest | undefined;
}

/** A server and a provider for the tests of one file, which make elements as they go. To be called once, outside of tests. */
export function setScene(): Scene {
  let app: TestApp | undefined;
  let provider: Provider | undefined;
  let made = 0;
  beforeAll(async () => {
    provider = await startProvider();
    app = await startTestApp({ elements: [], allowHosts: [provider.host] });
  });
  afterEach(() => provider?.reset());
  afterAll(async () => {
    await app?.close();
    await provider?.close();
  });
  const scene: Scene = {
    get app() {
      if (!app) throw new Error('the scene is set before the first test');
      return app;
    },
    get provider() {
      if (!provider) throw new Error('the scene is set before the first test');
      return provider;
    },
    async connect(resources, { configuration = [], ...rest } = {}) {
      const key = `scene${++made}`;
      const row = (name: string, defaultValue: string) => ({
        key: name,
        name,
        type: 'TEXTFIELD_1000',
        defaultValue,
      });
      const rows = [row('base.url', scene.provider.url), row('shop', 's 1'), ...(configuration as object[])];
      const definition = {
        ...library(),
        key,
        authentication: { type: 'custom' },
        configuration: rows,
        ...rest,
      };
      const { status, text } = await scene.app.call('POST', '/elements', {
        json: { ...definition, resources },
      });
      if (status !== 200) throw new Error(text);
      return scene.app.connect(key);
    },
    last: () => scene.provider.received.at(-1),
  };
  return scene;
}
