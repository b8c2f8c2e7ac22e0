import { failure } from '../failure.ts';
import type { Campaign } from '../model.ts';
import type { Surface } from '../surface.ts';

/** Campaigns group messages; the API only reads them. Programs likewise. */
export function mountCampaigns(surface: Surface): void {
  surface('GET', '/api/1/campaigns', { handle: ({ data }) => data.campaigns.map(describe) });
  surface('GET', '/api/1/campaigns/:id', {
    handle: ({ data, params }) => {
      const found = data.campaigns.find((one) => one.id === params['id']);
      if (!found) throw failure('invalidId');
      return describe(found);
    },
  });
  surface('GET', '/api/1/program', {
    query: ['type'],
    handle: ({ data, query }) =>
      data.programs
        .filter(({ type }) => query['type'] === undefined || type === query['type'])
        .map(({ startedMs, ...program }) => ({ ...program, startTime: startedMs })),
  });
}

function describe({ startMs, messageIds, ...campaign }: Campaign) {
  return { ...campaign, startDate: startMs, messages: messageIds };
}
