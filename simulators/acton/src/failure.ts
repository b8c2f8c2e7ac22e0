/** A refusal by the provider. The part of the API that was called decides on the shape of the body. */
export class Failure extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Error codes that the provider documents, each with the status that goes with it. */
const known = {
  invalidList: [400, 10004, 'Invalid or missing list'],
  invalidContact: [400, 10008, 'Invalid contact'],
  invalidColumn: [400, 10010, 'Invalid Column Specified'],
  invalidForm: [400, 10012, 'Invalid Form id'],
  invalidPage: [400, 10013, 'Invalid Page id'],
  invalidJob: [400, 10017, 'Invalid or expired Job Id'],
  invalidMergeList: [400, 10025, 'Invalid or missing merge destination list'],
  invalidMessage: [400, 10030, 'Invalid or deleted message'],
  messageNotFound: [404, 10030, 'Invalid or deleted message'],
  invalidId: [400, 10054, 'The id is invalid'],
  idNotFound: [404, 10054, 'The id is invalid'],
  invalidFileType: [400, 10085, 'Invalid file type specified'],
  mediaFileType: [403, 10085, 'Invalid file type specified'],
  invalidDrilldown: [400, 10089, 'Invalid drill-down verb'],
  invalidPeriod: [400, 10160, 'The date period is invalid.'],
  invalidUrl: [400, 90004, 'Empty or improperly formatted URL given'],
} satisfies Record<string, [number, number, string]>;

export function failure(name: keyof typeof known): Failure {
  const [status, code, message] = known[name];
  return new Failure(status, code, message);
}

export function missingParameter(name: string): Failure {
  return new Failure(400, 10121, `Missing parameter - ${name}`);
}

export function invalidParameter(name: string, reason: string): Failure {
  return new Failure(400, 10122, `Invalid parameter - ${name}: ${reason}`);
}

/** The body of a refusal, in the shape of the API that the path belongs to. */
export function bodyOf(path: string, { status, code, message }: Failure): object {
  if (status === 401 || status === 429 || status >= 500) return gatewayBody(status, message);
  if (path.startsWith('/custom-objects/')) return springBody(path, status, message);
  if (path.startsWith('/ucl/')) return { errors: [message] };
  return { errorCode: code, message };
}

const names: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
};

function springBody(path: string, status: number, message: string): object {
  const name = names[status] ?? 'BAD_REQUEST';
  return {
    errorId: crypto.randomUUID(),
    requestUri: path,
    errorMessage: message,
    errorList: [message],
    status: `${status} ${name}`,
  };
}

/** What the gateway in front of all APIs says before a call reaches one of them. */
export function gatewayBody(status: number, moreInformation: string): object {
  const httpMessage = (names[status] ?? 'ERROR')
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  return { httpCode: String(status), httpMessage, moreInformation };
}
