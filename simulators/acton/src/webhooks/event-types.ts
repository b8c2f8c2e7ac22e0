/**
 * What the provider tells of: 19 types. Five names are published (`contact.added`, `contact.updated`, `contact-opt.global-opt-out`,
 * `form.submitted`, `email-message.scheduled`); the others follow their rule, a thing and what became of it.
 */
export const eventTypes = [
  'contact.added',
  'contact.updated',
  'contact.deleted',
  'contact-opt.global-opt-out',
  'contact-opt.global-opt-in',
  'contact-opt.category-opt-out',
  'contact-opt.category-opt-in',
  'form.submitted',
  'landing-page.visited',
  'email-message.scheduled',
  'email-message.sent',
  'email-message.opened',
  'email-message.clicked',
  'email-message.bounced',
  'email-message.marked-as-spam',
  'list.added',
  'list.updated',
  'list.deleted',
  'campaign.started',
] as const;

export type EventType = (typeof eventTypes)[number];

/** Something that has become of something, as a webhook tells it. */
export interface Happening {
  /** One of the known types, or one that a test has made up. */
  type: string;
  data: Record<string, unknown>;
}
