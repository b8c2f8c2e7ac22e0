import { cutPage } from '#kernel/page';
import { Type, noZeroByte, pageOnly, replyPage, route } from '#platform/http';
import type { FastifyInstance, Static } from '#platform/http';
import type { Catalog, Scope } from './catalog.ts';
import { elementsUnknown, productNotFound } from './errors.ts';
import type { ProductFields, ProductRow, ProductStore } from './product-store.ts';

const path = '/element-products';
const one = `${path}/:id`;
const tags = ['Element products'];
const text = Type.String({ ...noZeroByte, minLength: 1, maxLength: 500 });
const orNone = Type.Optional(Type.Union([text, Type.Null()]));
const more = {
  elementId: Type.Optional(
    Type.Union([Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), Type.Null()]),
  ),
  productRefId: orNone,
  description: orNone,
};
const newProduct = Type.Object({ provider: text, type: text, ...more }, { additionalProperties: true });
const productPatch = Type.Object(
  { provider: Type.Optional(text), type: Type.Optional(text), ...more },
  { additionalProperties: true },
);
const reply = Type.Object({
  id: Type.Integer(),
  elementId: Type.Optional(Type.Integer()),
  productRefId: Type.Optional(Type.String()),
  provider: Type.String({ description: 'The marketplace, such as aws' }),
  type: Type.String({ description: 'Such as element' }),
  description: Type.Optional(Type.String()),
});
const params = Type.Object({ id: Type.Integer({ minimum: -1, maximum: Number.MAX_SAFE_INTEGER }) });

/** Under which products of a marketplace an account sells elements. */
export function mountProducts(app: FastifyInstance, catalog: Catalog, store: ProductStore): void {
  const get = async (scope: Scope, id: number) => {
    const row = await store.find(scope, id);
    if (!row) throw productNotFound(id);
    return show(row);
  };
  const checkElement = async (scope: Scope, { elementId }: Static<typeof productPatch>) => {
    if (elementId && !(await catalog.find(elementId, scope))) throw elementsUnknown([elementId]);
  };
  route(app, {
    method: 'GET',
    path,
    access: 'user:viewElements',
    audit: 'none',
    summary: 'List the products of marketplaces under which elements are sold',
    tags,
    schema: { querystring: pageOnly, response: { 200: Type.Array(reply) } },
    handler: async ({ principal, query }, sent) =>
      replyPage(sent, cutPage((await store.list(principal)).map(show), query)),
  });
  route(app, {
    method: 'POST',
    path,
    access: 'user:editElements',
    audit: 'product.create',
    summary: 'Add a product of a marketplace',
    tags,
    schema: { body: newProduct, response: { 200: reply } },
    handler: async ({ principal, body }) => {
      await checkElement(principal, body);
      const { provider, type } = body;
      return show(await store.insert(principal, { ...toColumns(body), provider, type }));
    },
  });
  route(app, {
    method: 'GET',
    path: one,
    access: 'user:viewElements',
    audit: 'none',
    summary: 'One product of a marketplace',
    tags,
    schema: { params, response: { 200: reply } },
    handler: ({ principal, params: { id } }) => get(principal, id),
  });
  route(app, {
    method: 'PATCH',
    path: one,
    access: 'user:editElements',
    audit: 'product.update',
    summary: 'Change the given fields of a product of a marketplace',
    tags,
    schema: { params, body: productPatch, response: { 200: reply } },
    exists: ({ principal, params: { id } }) => get(principal, id),
    handler: async ({ principal, params: { id }, body }) => {
      await checkElement(principal, body);
      const change = toColumns(body);
      if (Object.keys(change).length > 0) await store.update(principal, id, change);
      return get(principal, id);
    },
  });
  route(app, {
    method: 'DELETE',
    path: one,
    access: 'user:editElements',
    audit: 'product.remove',
    summary: 'Delete a product of a marketplace; its element stays',
    tags,
    schema: { params },
    handler: async ({ principal, params: { id } }) => {
      await get(principal, id);
      await store.remove(principal, id);
      return {};
    },
  });
}

function show(row: ProductRow) {
  return {
    id: row.id,
    elementId: row.element_id,
    productRefId: row.product_ref_id,
    provider: row.provider,
    type: row.type,
    description: row.description,
  };
}

function toColumns({
  elementId,
  productRefId,
  provider,
  type,
  description,
}: Static<typeof productPatch>): Partial<ProductFields> {
  return {
    ...(elementId !== undefined && { element_id: elementId }),
    ...(productRefId !== undefined && { product_ref_id: productRefId }),
    ...(provider !== undefined && { provider }),
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
  };
}
