// A call of Act-On's webhooks becomes events. Their payload is not published: the README says what is assumed. So fields are looked for under
// several names, and a type that is not known is taken apart by the rule of those that are: a thing, a dot, what became of it.
const things = {
  contact: { objectType: 'contacts', ids: ['contactid', 'id', 'email'] },
  'contact-opt': { objectType: 'optouts', ids: ['email', 'contactid', 'id'] },
  form: { objectType: 'forms', ids: ['formid', 'id'] },
  'landing-page': { objectType: 'pages', ids: ['pageid', 'landingpageid', 'id'] },
  'email-message': { objectType: 'campaigns', ids: ['messageid', 'msgid', 'id'] },
  list: { objectType: 'lists', ids: ['listid', 'id'] },
  campaign: { objectType: 'marketing-campaigns', ids: ['campaignid', 'id'] },
};
const special = {
  'contact-opt.global-opt-out': { kind: 'CREATED' },
  'contact-opt.global-opt-in': { kind: 'DELETED' },
  'contact-opt.category-opt-out': { objectType: 'subscriptions', kind: 'UPDATED' },
  'contact-opt.category-opt-in': { objectType: 'subscriptions', kind: 'UPDATED' },
  'email-message.scheduled': { kind: 'CREATED' },
};
const kinds = [
  [/^(added|created|inserted)$/, 'CREATED'],
  [/^(updated|changed|modified)$/, 'UPDATED'],
  [/^(deleted|removed)$/, 'DELETED'],
];

// Names in small letters without signs: contactId and contact_id are one.
const plain = (record) => {
  const found = {};
  for (const [name, value] of Object.entries(record)) {
    const key = name.toLowerCase().replace(/[^a-z0-9]/g, '');
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') found[key] = String(value);
  }
  return found;
};
const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);
const first = (values, names) => names.map((name) => own(values, name)).find((value) => value !== undefined);
const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const toDate = (value) => {
  const digits = /^\d{9,11}$/.test(value) ? Number(value) * 1000 : Number(value);
  const date = new Date(/^\d+$/.test(value) ? digits : value);
  return value === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};

const toEvent = (event) => {
  const envelope = plain(event);
  const type = first(envelope, ['type', 'eventtype', 'event']);
  if (type === undefined) return [];
  const inner = [event.data, event.payload, event.object].find(isRecord);
  const data = plain(inner || event);
  const [noun, verb = ''] = type.split('.');
  const thing = own(things, noun) || {
    objectType: `${noun}s`,
    ids: [`${noun.toLowerCase().replace(/[^a-z0-9]/g, '')}id`, 'id'],
  };
  const anyId = Object.keys(data).find(
    (name) => /id$/.test(name) && !/^(account|delivery|event)id$/.test(name),
  );
  const id =
    first(data, thing.ids.concat(anyId || [], 'email')) || first(envelope, ['id', 'eventid']) || type;
  const stated = own(special, type) || {};
  const known = kinds.find(([pattern]) => pattern.test(verb));
  // Records of lists have ids like l-0001:12; contacts of the newer interface are a resource of their own.
  const isUnified = noun === 'contact' && !/^[^:]+:\d+$/.test(id);
  return [
    {
      event_object_type: stated.objectType || (isUnified ? 'unified-contacts' : thing.objectType),
      event_object_id: id,
      vendorEventType: type,
      event_type: stated.kind || (known ? known[1] : 'UPDATED'),
      event_date: toDate(first(envelope, ['timestamp', 'createdat', 'occurredat', 'eventdate', 'date'])),
    },
  ];
};

const batch = [events.objects, events.events, events.data].find(Array.isArray) || [events];
done({ events: batch.filter(isRecord).flatMap(toEvent) });
