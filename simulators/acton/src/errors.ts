/** An error reply in one of the provider's shapes. */
export class ProviderError extends Error {
  readonly status: number;
  readonly body: object;
  constructor(status: number, body: object) {
    super(JSON.stringify(body));
    this.status = status;
    this.body = body;
  }
}

/** Shape of the gateway in front of the API. */
export function gatewayError(status: number, more: string): object {
  const names: Record<number, string> = { 401: 'Unauthorized', 404: 'Not Found', 429: 'Too Many Requests' };
  return { httpCode: String(status), httpMessage: names[status] ?? 'Error', moreInformation: more };
}

/** Shape of `/api/1`. */
export function apiError(errorCode: number, message: string, status = 400): ProviderError {
  return new ProviderError(status, { errorCode, message });
}

export const invalidList = () => apiError(10004, 'Invalid or missing list');
export const invalidContact = () => apiError(10008, 'Invalid contact');
export const inputFileMissing = () => apiError(10003, 'Input file missing');
export const invalidJob = () => apiError(10017, 'Invalid or expired Job Id');

/** A request that the real provider ignores or refuses: refused here, so that a wrong mapping is found. */
export function badRequest(detail: string): ProviderError {
  return apiError(10001, `Bad request: ${detail}`);
}

/** Refuses query parameters that the provider does not document. */
export function allowQuery(query: unknown, names: string[]): Record<string, string> {
  const given = (query ?? {}) as Record<string, string>;
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw badRequest(`unknown query parameter ${unknown.join(', ')}`);
  return given;
}

/** `offset` and `count` as the API takes them: at most 1000 at once. */
export function readWindow(query: Record<string, string>): { offset: number; count: number } {
  const number = (name: string, fallback: number) => {
    const text = query[name];
    if (text === undefined || text === '') return fallback;
    if (!/^\d+$/.test(text)) throw badRequest(`${name} must be a number`);
    return Number(text);
  };
  const count = number('count', 1000);
  if (count > 1000) throw badRequest('count must be at most 1000');
  return { offset: number('offset', 0), count };
}
