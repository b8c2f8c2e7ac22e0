const longestHeader = 8_192;

/** The text of the first part of a multipart body that is a file (RFC 7578), or the body itself. */
export function fileOf(body: string, contentType: string): string {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return body;
  const parts = body.split(`--${boundary}`).slice(1, -1);
  const file = parts.find((part) => isFile(headerOf(part))) ?? parts[0] ?? '';
  const start = file.indexOf('\r\n\r\n');
  return start < 0 ? '' : file.slice(start + 4).replace(/\r\n$/, '');
}

function headerOf(part: string): string {
  const end = part.indexOf('\r\n\r\n');
  return part.slice(0, Math.min(end < 0 ? longestHeader : end, longestHeader));
}

function isFile(header: string): boolean {
  return header
    .split('\r\n')
    .some((line) => /^content-disposition:/i.test(line) && /;\s?filename\*?=/i.test(line));
}
