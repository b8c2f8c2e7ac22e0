import { Failure, invalidParameter, missingParameter } from '../failure.ts';
import type { Category } from '../model.ts';
import { envelope } from '../paging.ts';
import { textsOf } from '../surface.ts';
import type { Call, Surface } from '../surface.ts';

/** Subscription categories, and who opted out of one of them. */
export function mountSubscriptions(surface: Surface): void {
  surface('GET', '/api/1/subscription/category', {
    handle: ({ data }) =>
      data.categories.map(({ id, name, description, isDefault }) => ({ id, name, description, isDefault })),
  });
  surface('GET', '/api/1/subscription/optout', {
    query: ['category', 'count', 'offset'],
    handle: (call) => {
      const { category, ...window } = call.query;
      const found = findCategory(call, category);
      return envelope(
        [...found.optOuts].map(([email, atMs]) => ({ email, date: String(atMs) })),
        window,
      );
    },
  });
  surface('PUT', '/api/1/subscription/optout', {
    body: ['form', 'json'],
    handle: (call) => {
      const { category, action = 'optout', ...texts } = textsOf(call, ['email', 'category', 'action']);
      const email = readEmail(texts['email']);
      const found = findCategory(call, category);
      if (action !== 'optout' && action !== 'optin') throw invalidParameter('action', 'optin or optout');
      choose(call, found, email, action === 'optin');
      return { status: 'success', message: `${email} ${action} of ${found.name}` };
    },
  });
  surface('PUT', '/api/1/subscription/setcategories', {
    body: ['form', 'json'],
    handle: (call) => {
      const texts = textsOf(call, ['email', 'category']);
      const email = readEmail(texts['email']);
      const wanted = (texts['category'] ?? '').split(',').filter((name) => name !== '');
      const chosen = new Set(wanted.map((name) => findCategory(call, name)));
      for (const category of call.data.categories) choose(call, category, email, chosen.has(category));
      return { status: 'success', message: `Categories of ${email} set` };
    },
  });
}

/** Only what changes is told. */
function choose({ state, nowMs }: Call, category: Category, email: string, isIn: boolean): void {
  if (isIn !== category.optOuts.has(email)) return;
  if (isIn) category.optOuts.delete(email);
  else category.optOuts.set(email, nowMs);
  const data = { email, categoryId: category.id, category: category.name };
  state.happen(isIn ? 'contact-opt.category-opt-in' : 'contact-opt.category-opt-out', data);
}

function findCategory({ data }: Call, name: string | undefined): Category {
  if (!name) throw missingParameter('category');
  const found = data.categories.find((one) => one.name === name || one.id === name);
  if (!found) throw new Failure(400, 10150, 'Invalid subscription category');
  return found;
}

function readEmail(email: string | undefined): string {
  if (!email) throw missingParameter('email');
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw invalidParameter('email', 'not an e-mail address');
  return email.toLowerCase();
}
