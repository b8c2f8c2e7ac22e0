/** Where a browser keeps the token of its session. */
export interface SessionCookie {
  /** The token of a Cookie header; undefined for none, and for what is no token of ours. */
  read(header: string | undefined): string | undefined;
  /** Without an age: it ends with the browser, or when the server says so. */
  write(token: string, isSecure: boolean): string;
  clear(isSecure: boolean): string;
}

/**
 * @param installation what tells this server and those on its database from all others: the port is no part of what a browser tells cookies
 * apart by, and two servers on one machine would log each other's people out
 */
export function createSessionCookie(installation: string): SessionCookie {
  const ours = `ligand_session_${installation}`;
  return {
    read(header) {
      for (const part of header?.split(';') ?? []) {
        const [name = '', value = ''] = part.trim().split('=', 2);
        if (name === ours && /^[\w-]{43}$/.test(value)) return value;
      }
      return undefined;
    },
    write: (token, isSecure) => `${ours}=${token}; ${attributes(isSecure)}`,
    clear: (isSecure) => `${ours}=; Max-Age=0; ${attributes(isSecure)}`,
  };
}

function attributes(isSecure: boolean): string {
  return `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
}
