import { dayMs, hourMs } from '../moments.ts';
import type { Campaign, Delivery, Message, MessageType } from '../model.ts';
import { seedPerson } from './people.ts';

const plans: [id: string, type: MessageType, title: string, subject: string][] = [
  ['s-0001-2409', 'SENT', 'Monthly Update', "It's been an amazing month!"],
  ['s-0002-2410', 'SENT', 'Webinar Invitation', 'Join us on Thursday'],
  ['d-0001', 'DRAFT', 'Autumn Offer', 'Ten percent for friends'],
  ['d-0002', 'DRAFT', 'Survey', 'Two minutes for us?'],
  ['t-0001', 'TEMPLATE', 'Plain Newsletter', 'News'],
  ['g-0001', 'TRIGGERED', 'Welcome', 'Welcome aboard'],
  ['c-0001', 'SCHEDULED', 'Release Notes', 'What is new'],
];

/** Messages in every state; what was sent has deliveries with opens, clicks, bounces and opt-outs. */
export function seedMessages(nowMs: number): Message[] {
  return plans.map(([id, type, title, subject], index) => {
    const timeMs = type === 'SCHEDULED' ? nowMs + 7 * dayMs : nowMs - (index + 1) * 5 * dayMs;
    const isSent = type === 'SENT' || type === 'TRIGGERED';
    return {
      id,
      type,
      title,
      subject,
      htmlBody: `<html><body><h1>${subject}</h1><p>Hello {{First Name}}</p></body></html>`,
      textBody: `${subject}\n\nHello {{First Name}}`,
      folderName: 'Default Folder',
      senderName: 'Ann Ashe',
      senderEmail: 'ann@example.com',
      headerId: 'h-0001',
      footerId: 'f-0001',
      logoId: 'i-1',
      sentTo: isSent ? ['l-0001'] : [],
      suppressedOn: [],
      deliveries: isSent ? seedDeliveries(timeMs, 20 - index * 4) : [],
      timeMs,
      createdMs: timeMs - dayMs,
    };
  });
}

function seedDeliveries(timeMs: number, count: number): Delivery[] {
  return Array.from({ length: count }, (_, number) => ({
    recordId: `l-0001:${number}`,
    email: seedPerson(number).email,
    atMs: timeMs + number * hourMs,
    opens: number % 3,
    clicks: number % 6 === 5 ? 1 : 0,
    ...(number === 3 ? { bounce: 'hard' as const } : {}),
    ...(number === 6 ? { bounce: 'soft' as const } : {}),
    ...(number === 9 ? { optedOut: true } : {}),
    ...(number === 12 ? { spam: true } : {}),
  }));
}

export function seedCampaigns(nowMs: number): Campaign[] {
  return [
    {
      id: 'camp-0001',
      name: 'Autumn 2024',
      description: 'News and offers of the autumn',
      messageIds: ['s-0001-2409', 'd-0001'],
      startMs: nowMs - 40 * dayMs,
    },
    {
      id: 'camp-0002',
      name: 'Webinars',
      description: 'Invitations and reminders',
      messageIds: ['s-0002-2410'],
      startMs: nowMs - 20 * dayMs,
    },
  ];
}
