/** The stream of events, deliveries and callbacks. */
const deliveryStatuses: Record<string, string> = {
  created: 'Due',
  retry: 'To be retried',
  queued: 'Held',
  delivered: 'Delivered',
  failed: 'Dead letter',
};

export const events = {
  title: 'Events',
  lead: 'Changes at providers, and their way to your callbacks.',
  tabs: 'Events, deliveries and callbacks',
  stream: 'Events',
  deliveries: 'Deliveries',
  callbacks: 'Callbacks',
  columns: {
    what: 'What has changed',
    account: 'Account',
    state: 'State',
    source: 'Learned by',
    time: 'Time',
    event: 'Event',
    url: 'Callback',
    attempts: 'Attempts',
    circuit: 'State',
    failures: 'Failures in a row',
    due: 'Due',
    held: 'Held',
    action: 'Action',
  },
  states: {
    RECEIVED: 'Kept: no callback',
    DISPATCHED: 'On its way',
    NOTIFIED: 'Delivered',
  } as Record<string, string>,
  sources: { webhook: 'Webhook', polling: 'Polling' } as Record<string, string>,
  types: {
    '': 'All',
    CREATED: 'Created',
    UPDATED: 'Updated',
    DELETED: 'Deleted',
    UNKNOWN: 'Unknown',
  } as Record<string, string>,
  deliveryStatuses,
  type: 'Type',
  delivery: 'Delivery',
  anyDelivery: 'All',
  what: (type: string, object: string, id: string) => `${type}: ${object} ${id}`.trim(),
  more: (count: number) => ` and ${count} more`,
  nothing: 'No change',
  none: 'No event yet',
  noneText: 'Events are off until somebody switches them on for an account. Set these values of it:',
  noneExample: 'Switch events on',
  noneAfter:
    'Then changes at the provider come here, and go to your callback. Without a callback they are kept, and can be replayed once there is one.',
  noneLike: 'No event is like that',
  noneLikeText: 'Take away a filter, or look at a longer time.',
  noDeliveries: 'No delivery yet',
  noDeliveriesText: 'Each event that has a callback to go to makes one.',
  noDeliveriesLike: 'No delivery is like that',
  noCallbacks: 'No callback yet',
  noCallbacksText: 'The callback of an account shows up here with its first event.',
  toInstances: 'To the accounts',
  replayAll: 'Replay …',
  replayTitle: 'Deliver these events again?',
  replayText:
    'Everything that the filters find goes out again, on all pages, also what was delivered already: to the callback that its account has now, under the same id as before. What is held for that callback goes with it. It cannot be called back.',
  replayAction: 'Replay',
  replayed: (count: number) =>
    count === 1 ? '1 delivery goes out again' : `${count.toLocaleString()} deliveries go out again`,
  replayOne: 'Replay',
  replayOneTitle: 'Deliver this event again?',
  replayOneText:
    'It goes to the callback that its account has now, under the same id as before. It cannot be called back.',
  deadLetters: 'Dead letters',
};

export const callbacks = {
  closed: 'Takes events',
  open: 'Failing',
  openUntil: (time: string) => `next attempt ${time}`,
  held: 'Held',
  text: 'A callback that has failed ten times in a row gets one attempt at a time. After a dead letter, what follows is held until you release it or replay.',
  release: 'Release',
  releaseOf: (url: string) => `Release what is held for ${url}`,
  releaseTitle: (count: number) =>
    count === 1 ? 'Release 1 delivery?' : `Release ${count.toLocaleString()} deliveries?`,
  releaseText: (url: string) =>
    `They go to ${url} now, and it takes events again. Make sure that it works: dead letters are not among them, replay those.`,
  released: (count: number) =>
    count === 1 ? '1 delivery is released' : `${count.toLocaleString()} deliveries are released`,
};

export const oneEvent = {
  title: (id: string) => `Event ${id}`,
  about: 'About this event',
  facts: {
    id: 'Id',
    account: 'Account',
    element: 'Element',
    time: 'Received',
    source: 'Learned by',
    state: 'State',
  },
  gone: (id: number) => `Account ${id}, which is not connected any more`,
  changes: 'What has changed',
  raw: 'What the provider sent',
  payload: 'As callbacks get it',
  deliveries: 'Deliveries',
  noDeliveries: 'It has no callback to go to. Give its account one, then replay it.',
};

export const oneDelivery = {
  title: (id: string) => `Delivery ${id}`,
  about: 'About this delivery',
  facts: {
    event: 'Event',
    account: 'Account',
    url: 'Callback',
    state: 'State',
    attempts: 'Attempts',
    next: 'Next attempt',
    created: 'Made',
    updated: 'Changed',
  },
  attempts: 'Attempts',
  none: 'It was not tried yet.',
  attempt: (number: number) => `Attempt ${number}`,
  noAnswer: 'No answer',
  sent: 'Sent',
  answered: 'Answered',
  bodyOfEvent: 'The body was that of the event.',
  bodySent: 'Headers of yours and signatures are redacted.',
};
