/** The operator's exceptions: `host` allows all its ports, `host:port` that one. Names are compared without case. */
export function createAllowedHosts(entries: readonly string[]): (hostname: string, port: number) => boolean {
  const allowed = new Set(entries.map(normalize).filter((entry) => entry !== ''));
  return (hostname, port) => {
    if (allowed.size === 0) return false;
    const host = normalize(hostname);
    return allowed.has(host) || allowed.has(`${host}:${port}`);
  };
}

/** `[::1]:80` keeps its brackets, a bare `::1` gets them, so that a port is told from an address. */
function normalize(entry: string): string {
  const text = entry
    .trim()
    .toLowerCase()
    .replace(/\.(?=:\d+$|$)/, '');
  const bareIpv6 = text.split(':').length > 2 && !text.startsWith('[');
  return bareIpv6 ? `[${text}]` : text;
}
