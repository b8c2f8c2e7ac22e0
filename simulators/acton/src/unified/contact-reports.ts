import type { AccountData, UnifiedContact } from '../model.ts';
import { readNumber } from '../paging.ts';
import type { Surface } from '../surface.ts';
import { byEmail, byExternalId, notFound } from './contact-store.ts';

type Params = Record<string, string>;

const finders: Record<string, (data: AccountData, params: Params) => UnifiedContact[]> = {
  'email/:email': ({ contacts }, { email }) => byEmail(contacts, email),
  'externalId/:objectType/:externalId': ({ contacts }, params) => byExternalId(contacts, params),
  'id/:id': ({ contacts }, { id }) => contacts.filter((one) => one.id === id),
};

/** What a contact did, its scores and its segments. */
export function mountContactReports(surface: Surface): void {
  for (const [where, find] of Object.entries(finders)) {
    const path = `/ucl/v2/:accountId/contactReport/${where}`;
    const one = (data: AccountData, params: Params) => {
      const [contact] = find(data, params);
      if (!contact) throw notFound();
      return contact;
    };
    surface('GET', `${path}/activity`, {
      query: ['monthsOfPastData'],
      handle: ({ data, params, query }) => {
        readNumber(query, 'monthsOfPastData', 3);
        const email = one(data, params).fields['email'];
        const events = data.messages.flatMap((message) =>
          message.deliveries
            .filter((delivery) => delivery.email === email)
            .map(({ atMs }) => ({ type: 'SENT', title: message.title, timestamp: atMs })),
        );
        return { data: events };
      },
    });
    surface('GET', `${path}/scores`, {
      handle: ({ data, params }) => ({
        data: [
          { name: 'Act-On Primary Score', score: Number(one(data, params).fields['actonPrimaryScore'] ?? 0) },
        ],
      }),
    });
    surface('GET', `${path}/segments`, {
      handle: ({ data, params }) => {
        const { id } = one(data, params);
        const inside = data.segments.filter(({ contactIds }) => contactIds.has(id));
        return { data: inside.map((segment) => ({ id: segment.id, name: segment.name })) };
      },
    });
  }
}
