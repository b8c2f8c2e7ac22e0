import type { AccountData, Delivery, Message } from '../model.ts';
import type { State } from '../state.ts';
import { toContactData, toListData, toMessageData, toRowData } from './event-data.ts';
import type { EventType } from './event-types.ts';

type Data = Record<string, unknown>;

/** Does what no call of the API does (somebody fills in a form, opens a message …), or shows what such an event looks like. */
export function makeHappen(state: State, type: string, nowMs: number): Data {
  return Object.hasOwn(happenings, type) ? happenings[type as EventType](state, nowMs) : {};
}

const happenings: Record<EventType, (state: State, nowMs: number) => Data> = {
  'contact.added': someContact,
  'contact.updated': someContact,
  'contact.deleted': someContact,
  'contact-opt.global-opt-out': ({ account }, atMs) => {
    const email = addressOf(account);
    account.optOuts.set(email, { email, atMs, reason: 'Clicked' });
    return { email };
  },
  'contact-opt.global-opt-in': ({ account }) => {
    const email = addressOf(account);
    account.optOuts.delete(email);
    return { email };
  },
  'contact-opt.category-opt-out': ({ account }, atMs) => {
    const [category] = account.categories;
    const email = addressOf(account);
    category?.optOuts.set(email, atMs);
    return { email, category: category?.name };
  },
  'contact-opt.category-opt-in': ({ account }) => {
    const [category] = account.categories;
    const email = addressOf(account);
    category?.optOuts.delete(email);
    return { email, category: category?.name };
  },
  'form.submitted': ({ account }) => {
    const [form] = account.forms;
    if (form) {
      form.views += 1;
      form.submits += 1;
    }
    return {
      formId: form?.id,
      title: form?.title,
      email: addressOf(account),
      fields: { 'E-mail': addressOf(account) },
    };
  },
  'landing-page.visited': ({ account }) => {
    const [page] = account.pages;
    if (page) page.visits += 1;
    return { pageId: page?.id, title: page?.title, email: addressOf(account) };
  },
  'email-message.scheduled': ({ account }) => aboutMessage(anyMessage(account, 'SCHEDULED')),
  'email-message.sent': ({ account }, atMs) => {
    const message = anyMessage(account, 'SCHEDULED');
    if (message?.type === 'SCHEDULED') Object.assign(message, { type: 'SENT', timeMs: atMs });
    return aboutMessage(message);
  },
  'email-message.opened': ({ account }) => atRecipient(account, (delivery) => (delivery.opens += 1)),
  'email-message.clicked': ({ account }) => atRecipient(account, (delivery) => (delivery.clicks += 1)),
  'email-message.bounced': ({ account }, atMs) =>
    atRecipient(account, (delivery) => {
      delivery.bounce = 'hard';
      account.hardBounces.push({ email: delivery.email, atMs, reason: 'Mailbox unknown' });
    }),
  'email-message.marked-as-spam': ({ account }, atMs) =>
    atRecipient(account, (delivery) => {
      delivery.spam = true;
      account.spamComplaints.push({ email: delivery.email, atMs, reason: 'Complaint' });
    }),
  'list.added': someList,
  'list.updated': someList,
  'list.deleted': someList,
  'campaign.started': ({ account }, atMs) => {
    const [campaign] = account.campaigns;
    if (campaign) campaign.startMs = atMs;
    return { campaignId: campaign?.id, name: campaign?.name };
  },
};

function someContact({ lists, account }: State): Data {
  const [list] = lists.values();
  const [entry] = list?.rows ?? [];
  if (list && entry) return toRowData(list, ...entry);
  const [contact] = account.contacts;
  return contact ? toContactData(contact) : {};
}

function someList({ lists }: State): Data {
  const [list] = lists.values();
  return list ? toListData(list) : {};
}

function addressOf({ contacts }: AccountData): string {
  return contacts[0]?.fields['email'] ?? 'ann.ashe.0@example.com';
}

function anyMessage({ messages }: AccountData, type: Message['type']): Message | undefined {
  return messages.find((one) => one.type === type) ?? messages[0];
}

function aboutMessage(message: Message | undefined): Data {
  return message ? toMessageData(message) : {};
}

function atRecipient({ messages }: AccountData, change: (delivery: Delivery) => unknown): Data {
  const message = messages.find(({ deliveries }) => deliveries.length > 0);
  const [delivery] = message?.deliveries ?? [];
  if (!message || !delivery) return {};
  change(delivery);
  const { id, title } = message;
  return { messageId: id, title, email: delivery.email, contactId: delivery.recordId };
}
