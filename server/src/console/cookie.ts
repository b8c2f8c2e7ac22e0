/** One name on every server; the port is no part of what a browser tells cookies apart by. */
export const sessionCookie = 'ligand_session';

/** The session's token of a Cookie header; undefined for none, and for what is no token of ours. */
export function readSessionCookie(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [name = '', value = ''] = part.trim().split('=', 2);
    if (name === sessionCookie && /^[\w-]{43}$/.test(value)) return value;
  }
  return undefined;
}

/** Without an age: it ends with the browser, or when the server says so. */
export function writeSessionCookie(token: string, isSecure: boolean): string {
  return `${sessionCookie}=${token}; ${attributes(isSecure)}`;
}

export function clearSessionCookie(isSecure: boolean): string {
  return `${sessionCookie}=; Max-Age=0; ${attributes(isSecure)}`;
}

function attributes(isSecure: boolean): string {
  return `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
}
