/** The text of the first part of a multipart body that is a file (RFC 7578), or the body itself. */
export function fileOf(body: string, contentType: string): string {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return body;
  const parts = body.split(`--${boundary}`).slice(1, -1);
  const file =
    parts.find((part) => /^\r\ncontent-disposition:[^\r]*;\s*filename=/im.test(part)) ?? parts[0] ?? '';
  const start = file.indexOf('\r\n\r\n');
  return start < 0 ? '' : file.slice(start + 4).replace(/\r\n$/, '');
}
