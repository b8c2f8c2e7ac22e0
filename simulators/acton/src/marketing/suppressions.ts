import { invalidParameter, missingParameter } from '../failure.ts';
import type { Suppression } from '../model.ts';
import { envelope } from '../paging.ts';
import type { Call, Surface } from '../surface.ts';

const query = ['count', 'offset', 'createdbefore', 'createdafter'];

/** Addresses that get nothing: hard bounces, complaints, and those who opted out of everything. */
export function mountSuppressions(surface: Surface): void {
  const list = (path: string, all: (call: Call) => Suppression[]) =>
    surface('GET', `/api/1/list/${path}`, { query, handle: (call) => tell(all(call), call.query) });
  list('hardbounce', ({ data }) => data.hardBounces);
  list('spamcomplaint', ({ data }) => data.spamComplaints);
  list('optout', ({ data }) => [...data.optOuts.values()]);

  surface('PUT', '/api/1/list/optout', {
    body: ['multipart'],
    handle: (call) => {
      const emails = readEmails(call);
      for (const email of emails) {
        if (!call.data.optOuts.has(email)) call.state.happen('contact-opt.global-opt-out', { email });
        call.data.optOuts.set(email, { email, atMs: call.nowMs, reason: 'Uploaded' });
      }
      return { status: 'success', message: `${emails.length} records opted out` };
    },
  });
  surface('PUT', '/api/1/list/optin', {
    body: ['multipart'],
    handle: (call) => {
      const gone = readEmails(call).filter((email) => call.data.optOuts.delete(email));
      for (const email of gone) call.state.happen('contact-opt.global-opt-in', { email });
      return { status: 'success', message: `${gone.length} records opted in` };
    },
  });
}

function tell(
  all: Suppression[],
  { createdbefore, createdafter, ...window }: Record<string, string>,
): unknown {
  const before = createdbefore === undefined ? Infinity : readMoment('createdbefore', createdbefore);
  const after = createdafter === undefined ? -1 : readMoment('createdafter', createdafter);
  const within = all.filter(({ atMs }) => atMs < before && atMs > after);
  return envelope(
    within.map(({ email, atMs, reason }) => ({ email, date: String(atMs), reason })),
    window,
  );
}

/** Unix time; the documents do not say in which unit, so that both are taken. */
function readMoment(name: string, text: string): number {
  if (!/^\d{9,14}$/.test(text)) throw invalidParameter(name, 'not a Unix timestamp');
  return text.length <= 11 ? Number(text) * 1000 : Number(text);
}

/** The addresses of a CSV file of one column, with or without a heading. */
function readEmails({ files }: Call): string[] {
  const { file } = files;
  if (!file) throw missingParameter('file');
  const cells = file.content
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.split(',', 1)[0]?.trim().replaceAll('"', '').toLowerCase() ?? '');
  const emails = cells.filter((cell) => /^[^@\s]+@[^@\s]+$/.test(cell));
  if (emails.length === 0) throw invalidParameter('file', 'no e-mail address in its first column');
  return emails;
}
