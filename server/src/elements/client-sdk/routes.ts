import { Type, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import type { Catalog } from '../catalog.ts';
import { baseUrlOf } from '../docs/document-query.ts';
import { clientPackageNotFound } from '../errors.ts';
import { elementParams } from '../routes.ts';
import { writePackage } from './write-package.ts';

const tags = ['Elements'];

/** Both are one package: JavaScript with types. */
const types = ['javascript', 'typescript'];
/** The one type that older clients know. They get the package too, and are told that it is no Java. */
const javaType = 'awslambda-native-java';

const sdkBody = Type.Object(
  {
    type: Type.Optional(
      Type.Unsafe<string>({
        type: 'string',
        enum: [...types, javaType],
        description: `${types.join(' or ')}: one package of JavaScript with types, which is given by default; ${javaType} gives it too, with a warning`,
      }),
    ),
  },
  { additionalProperties: true },
);

/**
 * Packages that call an element's operations. Nothing is stored: the id of a package says whose it is, and it is written
 * when it is downloaded, from what the element is then.
 */
export function mountClientSdks(app: FastifyInstance, catalog: Catalog): void {
  route(app, {
    method: 'POST',
    path: '/elements/:keyOrId/client-sdks',
    access: 'user:viewElements',
    audit: 'none',
    summary: 'Make a client of an element: a package to download',
    tags,
    schema: {
      params: elementParams,
      body: sdkBody,
      response: { 200: Type.Object({ packageIds: Type.Array(Type.String()) }, { title: 'ClientPackages' }) },
    },
    exists: ({ principal, params }) => catalog.get(params.keyOrId, principal),
    handler: async ({ principal, params, body }, reply) => {
      const { id } = await catalog.get(params.keyOrId, principal);
      if (body.type === javaType)
        reply.header(
          'elements-error',
          `No Java is written here: the package is JavaScript with types, as of type ${types[0]}.`,
        );
      return { packageIds: [toPackageId(id)] };
    },
  });
  route(app, {
    method: 'GET',
    path: '/elements/client-sdks/:packageId',
    access: 'user:viewElements',
    audit: 'none',
    summary: 'Download a client of an element: a zip archive',
    tags,
    schema: { params: Type.Object({ packageId: Type.String({ description: 'One of packageIds' }) }) },
    handler: async (request, reply) => {
      const { packageId } = request.params;
      const id = readPackageId(packageId);
      const element = id === undefined ? undefined : await catalog.find(id, request.principal);
      if (!element) throw clientPackageNotFound(packageId);
      const { name, zip } = writePackage(element, baseUrlOf(request));
      return reply
        .header('content-type', 'application/zip')
        .header('content-disposition', `attachment; filename="${name}.zip"`)
        .send(Buffer.from(zip));
    },
  });
}

function toPackageId(elementId: number): string {
  return Buffer.from(`client:${elementId}`).toString('base64url');
}

/** Only what was given out is read. */
function readPackageId(packageId: string): number | undefined {
  const id = Number(/^client:(\d+)$/.exec(Buffer.from(packageId, 'base64url').toString())?.[1]);
  return Number.isSafeInteger(id) && toPackageId(id) === packageId ? id : undefined;
}
