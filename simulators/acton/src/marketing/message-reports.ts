import { failure, invalidParameter, missingParameter } from '../failure.ts';
import type { Delivery, Message } from '../model.ts';
import { dayMs } from '../moments.ts';
import { envelope } from '../paging.ts';
import type { Call, Surface } from '../surface.ts';
import { findMessage } from './messages.ts';

const drilldowns: Record<string, (one: Delivery) => boolean> = {
  SENT: () => true,
  SUPPRESSED: () => false,
  OPENED: ({ opens }) => opens > 0,
  CLICKED: ({ clicks }) => clicks > 0,
  BOUNCED: ({ bounce }) => bounce !== undefined,
  OPT_OUT: ({ optedOut }) => optedOut === true,
  SPAM: ({ spam }) => spam === true,
};

/** What became of messages: one message, its people, and a month day by day. */
export function mountMessageReports(surface: Surface): void {
  surface('GET', '/api/1/message/:id/report', {
    handle: ({ data, params, nowMs }) => report(findMessage(data, params['id']), nowMs),
  });
  surface('GET', '/api/1/message/:id/report/:drilldown', {
    query: ['count', 'offset', 'responseformat'],
    handle: ({ data, params, query }) => {
      const message = data.messages.find((one) => one.id === params['id']);
      if (!message) throw failure('messageNotFound');
      const matches = drilldowns[params['drilldown'] ?? ''];
      if (!matches) throw failure('invalidDrilldown');
      const { responseformat = 'JSON', ...window } = query;
      if (responseformat.toUpperCase() !== 'JSON')
        throw invalidParameter('responseformat', 'only JSON is simulated');
      const found = message.deliveries.filter(matches);
      return envelope(
        found.map(({ recordId, email, atMs }) => ({ recId: recordId, email, timestamp: atMs })),
        window,
      );
    },
  });
  surface('GET', '/api/1/message/report', { query: ['period'], handle: reportOfMonth });
}

function report(message: Message, nowMs: number): unknown {
  const { deliveries } = message;
  const count = (verb: string) => deliveries.filter(drilldowns[verb] ?? (() => false)).length;
  const sum = (name: 'opens' | 'clicks') => deliveries.reduce((total, one) => total + one[name], 0);
  const hardBounced = deliveries.filter(({ bounce }) => bounce === 'hard').length;
  const bounced = count('BOUNCED');
  const ago = `${Math.max(0, Math.floor((nowMs - message.timeMs) / dayMs))} days ago`;
  return {
    status: 'ok',
    sent: deliveries.length,
    delivered: deliveries.length - bounced,
    bounced,
    hardBounced,
    softBounced: bounced - hardBounced,
    opened: [count('OPENED'), sum('opens')],
    effectiveopened: [count('OPENED'), sum('opens')],
    clicked: [count('CLICKED'), sum('clicks')],
    notsent: [0, 0],
    notopened: deliveries.length - bounced - count('OPENED'),
    optout: count('OPT_OUT'),
    spam: count('SPAM'),
    lastOpen: ago,
    lastClick: ago,
    lastOpenTS: message.timeMs,
    lastClickTS: message.timeMs,
    rebroadcast: 0,
    rebroadcastClick: 0,
    msgId: message.id,
    subject: message.subject,
    title: message.title,
    sentto: message.sentTo,
    suppressedon: message.suppressedOn,
  };
}

/** A month is written YYMM. */
function reportOfMonth({ data, query }: Call): unknown {
  const { period } = query;
  if (!period) throw missingParameter('period');
  const [, year, month] = /^(\d\d)(0[1-9]|1[0-2])$/.exec(period) ?? [];
  if (!year || !month) throw failure('invalidPeriod');
  const firstMs = Date.UTC(2000 + Number(year), Number(month) - 1, 1);
  const days = new Date(Date.UTC(2000 + Number(year), Number(month), 0)).getUTCDate();
  const deliveries = data.messages
    .filter(({ type }) => type !== 'SCHEDULED')
    .flatMap((one) => one.deliveries);
  const counts = Array.from({ length: days }, (_, index) => {
    const fromMs = firstMs + index * dayMs;
    const ofDay = deliveries.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + dayMs);
    const count = (matches: (one: Delivery) => boolean) => ofDay.filter(matches).length;
    return {
      optedOut: count(({ optedOut }) => optedOut === true),
      dayOfWeek: new Date(fromMs).getUTCDay() + 1,
      dayOfMonth: index + 1,
      hardBounced: count(({ bounce }) => bounce === 'hard'),
      softBounced: count(({ bounce }) => bounce === 'soft'),
      opened: count(({ opens }) => opens > 0),
      bounced: count(({ bounce }) => bounce !== undefined),
      clicked: count(({ clicks }) => clicks > 0),
      sent: ofDay.length,
    };
  });
  const name = new Date(firstMs).toLocaleString('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return { month: name, counts };
}
