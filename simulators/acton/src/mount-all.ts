import { mountBlocks } from './marketing/blocks.ts';
import { mountCampaigns } from './marketing/campaigns.ts';
import { mountLookup } from './marketing/lookup.ts';
import { mountMedia } from './marketing/media.ts';
import { mountMessageReports } from './marketing/message-reports.ts';
import { mountMessageSend } from './marketing/message-send.ts';
import { mountMessages } from './marketing/messages.ts';
import { mountPagesAndForms } from './marketing/pages-and-forms.ts';
import { mountPictures } from './marketing/pictures.ts';
import { mountSubscriptions } from './marketing/subscriptions.ts';
import { mountSuppressions } from './marketing/suppressions.ts';
import { mountUsers } from './marketing/users.ts';
import { mountObjectData } from './objects/data.ts';
import { mountObjectQuery } from './objects/query.ts';
import { mountObjectSchema } from './objects/schema.ts';
import type { Surface } from './surface.ts';
import { mountContactReports } from './unified/contact-reports.ts';
import { mountContacts } from './unified/contacts.ts';
import { mountImports } from './unified/imports.ts';
import { mountSchema } from './unified/schema.ts';
import { mountSegments } from './unified/segments.ts';

const areas = [
  mountBlocks,
  mountCampaigns,
  mountLookup,
  mountMedia,
  mountMessageReports,
  mountMessageSend,
  mountMessages,
  mountPagesAndForms,
  mountPictures,
  mountSubscriptions,
  mountSuppressions,
  mountUsers,
  mountContacts,
  mountContactReports,
  mountImports,
  mountSchema,
  mountSegments,
  mountObjectData,
  mountObjectQuery,
  mountObjectSchema,
];

/** Everything beside lists, their records and senders. */
export function mountAll(surface: Surface): void {
  for (const mount of areas) mount(surface);
}
