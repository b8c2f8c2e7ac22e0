import { AppError } from '#kernel/error';

/** Nobody reads the rest of such a body: the connection cannot serve another call, and would hold up a stop of the server. */
const restUnread = { headers: { connection: 'close' } };

export function elementNotFound(keyOrId: string): AppError {
  return new AppError(
    'element-not-found',
    404,
    `No element found with key or id '${keyOrId}'. GET /elements/keys lists the keys.`,
  );
}

export function hubNotFound(key: string): AppError {
  return new AppError('hub-not-found', 404, `No hub found with key '${key}'. GET /hubs/keys lists the keys.`);
}

export function hubExists(key: string): AppError {
  return new AppError('hub-exists', 409, `There is a hub with the key '${key}' already.`);
}

export function hubInUse(key: string): AppError {
  return new AppError(
    'hub-in-use',
    409,
    `The hub '${key}' is there because elements are in it, and goes with the last of them: it is none that you have made.`,
  );
}

export function imageNotFound(key: string): AppError {
  return new AppError(
    'element-image-not-found',
    404,
    `No picture is stored for the element '${key}'. Its field 'image' may name one that is elsewhere.`,
  );
}

export function clientPackageNotFound(id: string): AppError {
  return new AppError(
    'client-package-not-found',
    404,
    `No package found with id '${id}'. POST /elements/{id}/client-sdks tells the ids.`,
  );
}

export function operationNotFound(name: string, key: string): AppError {
  return new AppError(
    'operation-not-found',
    404,
    `The element '${key}' has no operation '${name}'. Take an operationId from /docs, or method and path, such as GET-contacts.`,
  );
}

export function notConvertible(why: string): AppError {
  return new AppError(
    'document-not-convertible',
    400,
    `The document cannot be made into an element: ${why}. Send an OpenAPI 3 or Swagger 2 document as JSON or YAML, a WSDL 1.1 document, or the $metadata of an OData service.`,
  );
}

export function conversionTooLong(limitMs: number): AppError {
  return new AppError(
    'document-too-large',
    413,
    `The document could not be read in ${limitMs / 1000} seconds. Send it as JSON, which is faster to read, or only the parts that you need.`,
  );
}

export function conversionTooLarge(): AppError {
  return new AppError(
    'document-too-large',
    413,
    'The document takes too much memory. Send only the parts that you need.',
  );
}

export function convertersBusy(): AppError {
  return new AppError(
    'converters-busy',
    503,
    'Many documents are being converted at this moment. Try again in a minute.',
  );
}

export function documentTooLarge(limitBytes: number): AppError {
  return new AppError(
    'document-too-large',
    413,
    `The document is larger than ${limitBytes / 1_048_576} MB.`,
    restUnread,
  );
}

export function definitionInvalid(faults: string[]): AppError {
  return new AppError('definition-invalid', 400, faults.join(' '));
}

export function keyTaken(key: string): AppError {
  return new AppError(
    'element-key-taken',
    409,
    `Your account has an element with the key '${key}' already. Change it with PUT /elements/{id}, or give another key.`,
  );
}

export function elementShipped(key: string): AppError {
  return new AppError(
    'element-shipped',
    403,
    `The element '${key}' comes with the catalog and cannot be changed. Add resources of your own to it, or clone it with POST /elements/${key}/clone.`,
  );
}

export function elementForeign(key: string): AppError {
  return new AppError(
    'element-foreign',
    403,
    `The element '${key}' is shared with your account by its owner, who alone can change it. Clone it to have one of your own.`,
  );
}

/** A part of an element that does not exist, or that is not the caller's to change. */
export function partNotFound(what: string, id: string | number): AppError {
  return new AppError('element-part-not-found', 404, `No ${what} found with id '${id}'.`);
}

export function versionNotFound(key: string, version: number): AppError {
  return new AppError(
    'element-version-not-found',
    404,
    `No version ${version} of the element '${key}' is kept. GET /elements/${key}/versions lists those that are.`,
  );
}

export function partInvalid(what: string, faults: string[]): AppError {
  return new AppError('element-part-invalid', 400, `The ${what} is not valid: ${faults.join('; ')}.`);
}

export function partExists(what: string, key: string): AppError {
  return new AppError('element-part-exists', 409, `There is a ${what} with the key '${key}' already.`);
}

export function partStays(what: string, key: string): AppError {
  return new AppError(
    'element-part-stays',
    409,
    `Every element of this kind has the ${what} '${key}': it can be changed, but not deleted.`,
  );
}

export function hookStaysCurrent(): AppError {
  return new AppError(
    'hook-stays-current',
    400,
    'A hook that ends by done(…) cannot become a legacy one: leave isLegacy false.',
  );
}

export function catalogUnreadable(folder: string, reason: string): AppError {
  return new AppError(
    'catalog-unreadable',
    500,
    `The elements folder ${folder} cannot be read: ${reason}. Name another with --elements.`,
  );
}

/** A definition that cannot be used; it stops only itself. */
export interface DefinitionFault {
  /** File that holds the fault. */
  file: string;
  /** Place inside the file, as a JSON pointer. */
  path: string;
  reason: string;
}

export function modelInvalid(reason: string): AppError {
  return new AppError('model-invalid', 400, `This cannot be read as a model: ${reason.slice(0, 300)}.`);
}

export function elementsUnknown(ids: readonly number[]): AppError {
  return new AppError(
    'elements-unknown',
    400,
    `There is no element with the id ${ids.slice(0, 20).join(', ')}.`,
  );
}

export function productNotFound(id: number): AppError {
  return new AppError('product-not-found', 404, `No element product found with id ${id}.`);
}
