import { Type, route } from '#platform/http';
import type { FastifyInstance, FastifyReply } from '#platform/http';
import { parseCeql, toConditions, toPredicate } from '#platform/ceql';
import { parseJson } from '#kernel/json';
import { encodePageToken, pageNumber, readPage } from '#kernel/page';
import type { Catalog, Scope } from './catalog.ts';
import { abridgeElement, describeElement } from './describe.ts';
import type { ElementView } from './describe.ts';
import type { ElementStore } from './store.ts';

const tags = ['Elements'];

export const elementParams = Type.Object({
  keyOrId: Type.String({ description: 'Key or id of the element' }),
});

export const elementReply = Type.Object(
  {
    id: Type.Integer(),
    key: Type.String(),
    name: Type.String(),
    hub: Type.String(),
    description: Type.String(),
    active: Type.Boolean(),
    deleted: Type.Boolean(),
    typeOauth: Type.Boolean(),
    trialAccount: Type.Boolean(),
    configDescription: Type.Optional(Type.String()),
    signupURL: Type.Optional(Type.String()),
  },
  { additionalProperties: true },
);

const listQuery = Type.Object(
  {
    page: Type.Optional(Type.String({ description: 'First page is 1' })),
    pageSize: Type.Optional(Type.String({ description: 'At most 1000; 200 by default' })),
    nextPage: Type.Optional(Type.String({ description: 'elements-next-page-token of the page before' })),
    where: Type.Optional(
      Type.String({ description: "CEQL, such as key = 'x' or hub IN ('crm', 'marketing')" }),
    ),
    abridged: Type.Optional(
      Type.String({ description: 'true leaves out configuration, resources and other long lists' }),
    ),
  },
  { additionalProperties: true },
);

/** Reading the catalog. It needs no credentials; with them, the caller's own elements are there too. */
export function mountCatalog(app: FastifyInstance, catalog: Catalog, store: ElementStore): void {
  route(app, {
    method: 'GET',
    path: '/elements',
    access: 'anyone:viewElements',
    audit: 'none',
    summary: 'List the elements that can be used: the catalog, and your own',
    tags,
    schema: { querystring: listQuery, response: { 200: Type.Array(elementReply) } },
    handler: ({ query, principal }, reply) => answerList({ catalog, store }, query, principal, reply),
  });
  route(app, {
    method: 'GET',
    path: '/elements/keys',
    access: 'anyone:viewElements',
    audit: 'none',
    summary: 'List the keys of all elements',
    tags,
    schema: { response: { 200: Type.Array(Type.String()) } },
    handler: async ({ principal }) => {
      const keys = catalog.shipped.all().map(({ key }) => key);
      return principal ? [...new Set([...keys, ...(await store.listKeys(principal))])] : keys;
    },
  });
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId',
    access: 'anyone:viewElements',
    audit: 'none',
    summary: 'One element: its configuration, resources, hooks and models',
    tags,
    schema: { params: elementParams, response: { 200: elementReply } },
    handler: async ({ params, principal }) =>
      describeElement(await catalog.get(params.keyOrId, principal ?? undefined)),
  });
}

interface ListQuery {
  page?: string;
  pageSize?: string;
  nextPage?: string;
  where?: string;
  abridged?: string;
}

async function answerList(
  parts: { catalog: Catalog; store: ElementStore },
  query: ListQuery,
  scope: Scope | null,
  reply: FastifyReply,
): Promise<ElementView[]> {
  const asked = readPage(query, { defaultSize: 200, maxSize: 1000 });
  const page = pageNumber(asked);
  const { matches, isAbridged } = readFilter(query);
  const offset = (page - 1) * asked.pageSize;
  const { shown, total } = await listAbridged(parts, scope, matches, { offset, limit: asked.pageSize });
  reply.header('elements-returned-count', String(shown.length)).header('elements-total-count', String(total));
  if (page * asked.pageSize < total) {
    reply.header('elements-next-page-token', encodePageToken({ page: page + 1 }));
  }
  if (isAbridged) return shown;
  const whole = await Promise.all(shown.map(({ id }) => parts.catalog.find(id, scope ?? undefined)));
  // One that was removed a moment ago is not there any more.
  return whole.flatMap((element) => (element ? [describeElement(element)] : []));
}

/** `abridged` is a parameter of its own, and old clients also put it into `where`. */
function readFilter(query: ListQuery): {
  matches: ((view: ElementView) => boolean) | undefined;
  isAbridged: boolean;
} {
  let isAbridged = query.abridged === 'true';
  if (!query.where) return { matches: undefined, isAbridged };
  const expression = parseCeql(query.where);
  const wish = toConditions(expression).find(({ attribute }) => attribute === 'abridged');
  if (wish) isAbridged ||= String(wish.value) === 'true';
  const matches = toPredicate(expression);
  return { matches: (view) => matches(wish ? { ...view, abridged: wish.value } : view), isAbridged };
}

/** The shipped ones in the order of their keys, then the account's own in the order of their ids. */
async function listAbridged(
  { catalog, store }: { catalog: Catalog; store: ElementStore },
  scope: Scope | null,
  matches: ((view: ElementView) => boolean) | undefined,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ shown: ElementView[]; total: number }> {
  const extended = scope ? await store.listExtended(scope) : [];
  const shipped = catalog.shipped
    .all()
    .map(abridgeElement)
    .map((view) => (extended.includes(view.key) ? { ...view, extended: true } : view))
    .filter(matches ?? (() => true));
  const first = shipped.slice(offset, offset + limit);
  if (!scope) return { shown: first, total: shipped.length };
  const rest = { limit: limit - first.length, offset: Math.max(0, offset - shipped.length) };
  if (!matches) {
    const [rows, count] = await Promise.all([
      rest.limit > 0 ? store.listSummaries(scope, rest) : [],
      store.count(scope),
    ]);
    return { shown: [...first, ...rows.map(toView)], total: shipped.length + count };
  }
  // Any field may be asked for, so the database cannot tell; the long arrays are not among them.
  const own = (await store.listSummaries(scope)).map(toView).filter(matches);
  return {
    shown: [...first, ...own.slice(rest.offset, rest.offset + rest.limit)],
    total: shipped.length + own.length,
  };
}

function toView({ summary }: { summary: string }): ElementView {
  return parseJson(summary) as unknown as ElementView;
}
