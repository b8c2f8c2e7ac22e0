import { failure, invalidParameter, missingParameter } from '../failure.ts';
import type { AccountData, Message, MessageType } from '../model.ts';
import { toWords } from '../moments.ts';
import { slice } from '../paging.ts';
import { nextNumber, textsOf } from '../surface.ts';
import type { Call, Surface } from '../surface.ts';

const types = ['DRAFT', 'TEMPLATE', 'SENT', 'TRIGGERED', 'TEST', 'FAILED', 'SCHEDULED'];
const content = ['subject', 'title', 'htmlbody', 'textbody'];
const settings = [
  'foldername',
  'sendername',
  'senderemail',
  'headerid',
  'footerid',
  'logoid',
  'isnewcomposer',
];

/** Drafts, templates and what was sent. Drafts and templates can be changed. */
export function mountMessages(surface: Surface): void {
  surface('GET', '/api/1/message', { query: ['type', 'count', 'offset'], handle: listMessages });
  surface('POST', '/api/1/message', { body: ['form', 'json'], handle: createMessage });
  surface('PUT', '/api/1/message/:id', {
    body: ['form', 'json'],
    handle: (call) => {
      const message = findMessage(call.data, call.params['id']);
      if (message.type !== 'DRAFT' && message.type !== 'TEMPLATE') throw failure('invalidMessage');
      Object.assign(message, readContent(textsOf(call, [...content, ...settings, 'type'])));
      message.timeMs = call.nowMs;
      return { status: 'success', message: 'Message updated', id: message.id };
    },
  });
  surface('DELETE', '/api/1/message/:id', {
    handle: ({ data, params }) => {
      const message = findMessage(data, params['id']);
      data.messages = data.messages.filter((one) => one !== message);
      return { status: 'success', message: 'Message deleted' };
    },
  });
  surface('GET', '/api/1/message/:id/:recordId', {
    handle: ({ data, params, reply }) => {
      void reply.header('content-type', 'text/html;charset=UTF-8');
      return findMessage(data, params['id']).htmlBody;
    },
  });
}

export function findMessage(data: AccountData, id: string | undefined): Message {
  const message = data.messages.find((one) => one.id === id);
  if (!message) throw failure('invalidMessage');
  return message;
}

function listMessages({ data, query }: Call): unknown {
  const type = query['type']?.toUpperCase();
  if (type !== undefined && !types.includes(type)) throw invalidParameter('type', 'unknown type');
  const { items, ...numbers } = slice(
    data.messages.filter((one) => type === undefined || one.type === type),
    query,
  );
  return { ...numbers, msgresult: items.map(describe), id: 0 };
}

function describe(message: Message) {
  return {
    name: message.title,
    msgId: message.id,
    msgType: message.type,
    timeStamp: String(message.timeMs),
    timeWhen: toWords(message.timeMs),
    senderName: message.senderName,
    senderId: '434330',
    isTextOnly: String(message.htmlBody === ''),
    senderEmail: message.senderEmail,
  };
}

function createMessage(call: Call): unknown {
  const texts = textsOf(call, ['type', ...content, ...settings]);
  const type = texts['type']?.toUpperCase();
  if (type !== 'DRAFT' && type !== 'TEMPLATE') throw invalidParameter('type', 'draft or template');
  for (const name of ['title', 'subject']) if (!texts[name]) throw missingParameter(name);
  const message = newMessage(call, type, texts);
  return { status: 'success', message: 'Message created', id: message.id };
}

/** A message of a type with the content and settings of a form. */
export function newMessage({ data, nowMs }: Call, type: MessageType, texts: Record<string, string>): Message {
  const letter = {
    DRAFT: 'd',
    TEMPLATE: 't',
    SCHEDULED: 'c',
    SENT: 's',
    TRIGGERED: 'g',
    TEST: 'x',
    FAILED: 'e',
  }[type];
  const message: Message = {
    id: `${letter}-${nextNumber(data).toString(16).padStart(4, '0')}`,
    type,
    title: '',
    subject: '',
    htmlBody: '',
    textBody: '',
    folderName: texts['foldername'] ?? 'Default Folder',
    senderName: texts['sendername'] ?? 'Ann Ashe',
    senderEmail: texts['senderemail'] ?? 'ann@example.com',
    headerId: texts['headerid'] ?? '',
    footerId: texts['footerid'] ?? '',
    logoId: texts['logoid'] ?? '',
    sentTo: [],
    suppressedOn: [],
    deliveries: [],
    timeMs: nowMs,
    createdMs: nowMs,
    ...readContent(texts),
  };
  data.messages.push(message);
  return message;
}

function readContent(texts: Record<string, string>): Partial<Message> {
  const read: Partial<Message> = {};
  if (texts['title'] !== undefined) read.title = texts['title'];
  if (texts['subject'] !== undefined) read.subject = texts['subject'];
  if (texts['htmlbody'] !== undefined) read.htmlBody = texts['htmlbody'];
  if (texts['textbody'] !== undefined) read.textBody = texts['textbody'];
  return read;
}
