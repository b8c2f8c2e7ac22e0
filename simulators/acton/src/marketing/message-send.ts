import { failure, invalidParameter, missingParameter } from '../failure.ts';
import type { Delivery, Message } from '../model.ts';
import { textsOf } from '../surface.ts';
import { toMessageData } from '../webhooks/event-data.ts';
import type { Call, Surface } from '../surface.ts';
import { findMessage, newMessage } from './messages.ts';

type Texts = Record<string, string>;

const fields =
  `title iscustom senderemail sendername istextonly istransactional issuppressduplicates sendtoids
suppressids sendtorecids when subject htmlbody textbody headerid footerid categoryid logoid whenend timezone
createcrmmsgsentnotes replytoemail replytoname`.split(/\s+/);

/** Sending makes a message of its own out of a draft, a template, a sent message or a custom text. */
export function mountMessageSend(surface: Surface): void {
  surface('POST', '/api/1/message/:id/send', { body: ['form', 'json'], handle: send });
  surface('PUT', '/api/1/message/:id/send', {
    body: ['form', 'json'],
    handle: (call) => {
      const message = findMessage(call.data, call.params['id']);
      const texts = textsOf(call, fields);
      const added = recipients(call, texts).filter(
        (one) => !message.deliveries.some(({ email }) => email === one.email),
      );
      message.deliveries.push(...added);
      if (texts['when']) message.timeMs = readWhen(texts['when']);
      tell(call, message);
      return { status: 'success', message: 'Message updated', id: message.id };
    },
  });
}

function send(call: Call): unknown {
  const { id = '' } = call.params;
  const texts = textsOf(call, fields);
  const source = id === 'custom' ? undefined : findMessage(call.data, id);
  const sender = texts['senderemail'] ?? source?.senderEmail;
  if (!sender) throw missingParameter('senderemail');
  if (!call.state.senders.some(({ email }) => email === sender))
    throw invalidParameter('senderemail', 'not verified');
  if (!source) for (const name of ['title', 'subject']) if (!texts[name]) throw missingParameter(name);
  const deliveries = recipients(call, texts);
  const whenMs = texts['when'] ? readWhen(texts['when']) : call.nowMs;
  const type = whenMs > call.nowMs ? 'SCHEDULED' : 'SENT';
  const message = newMessage(call, type, { ...contentOf(source), ...texts, senderemail: sender });
  message.timeMs = whenMs;
  message.deliveries = deliveries;
  message.sentTo = idsOf(texts, 'sendtoids');
  message.suppressedOn = idsOf(texts, 'suppressids');
  tell(call, message);
  return {
    status: 'success',
    message: type === 'SENT' ? 'Message sent' : 'Message scheduled',
    id: message.id,
  };
}

function tell({ state }: Call, message: Message): void {
  const type = message.type === 'SCHEDULED' ? 'email-message.scheduled' : 'email-message.sent';
  state.happen(type, toMessageData(message));
}

function contentOf(source: Message | undefined): Texts {
  if (!source) return {};
  const { title, subject, htmlBody: htmlbody, textBody: textbody, senderName: sendername } = source;
  return { title, subject, htmlbody, textbody, sendername };
}

function idsOf(texts: Texts, name: string): string[] {
  return (texts[name] ?? '').split(',').flatMap((id) => id.trim() || []);
}

/** Everybody on the lists and records named, but nobody who is suppressed or opted out. */
function recipients(call: Call, texts: Texts): Delivery[] {
  const listIds = idsOf(texts, 'sendtoids');
  const recordIds = idsOf(texts, 'sendtorecids');
  if (listIds.length + recordIds.length === 0) throw missingParameter('sendtoids or sendtorecids');
  const suppressed = new Set(
    idsOf(texts, 'suppressids')
      .flatMap((id) => rowsOf(call, id))
      .map(({ email }) => email),
  );
  const chosen = [
    ...listIds.flatMap((id) => rowsOf(call, id)),
    ...recordIds.map((id) => {
      const row = rowsOf(call, id.split(':', 1)[0] ?? '').find(({ recordId }) => recordId === id);
      if (!row) throw failure('invalidContact');
      return row;
    }),
  ];
  return chosen.filter(
    ({ email }) => email !== '' && !suppressed.has(email) && !call.data.optOuts.has(email),
  );
}

function rowsOf({ state, nowMs }: Call, listId: string): Delivery[] {
  const list = state.lists.get(listId);
  if (!list) throw failure('invalidList');
  return [...list.rows].map(([number, row]) => ({
    recordId: `${listId}:${number}`,
    email: row.values[list.emailColumn]?.toLowerCase() ?? '',
    atMs: nowMs,
    opens: 0,
    clicks: 0,
  }));
}

function readWhen(text: string): number {
  if (!/^\d{9,14}$/.test(text)) throw invalidParameter('when', 'not a Unix timestamp');
  return text.length <= 11 ? Number(text) * 1000 : Number(text);
}
