import { allowQuery } from './errors.ts';
import type { Provider } from './simulator.ts';

export function mountAccounts({ app, state }: Provider): void {
  app.get('/api/1/account/senders', async (request) => {
    allowQuery(request.query, []);
    return state.senders.map(({ name, email }, index) => ({
      id: String(index + 1),
      name,
      email,
      title: name,
      isDefault: index === 0,
    }));
  });
}
