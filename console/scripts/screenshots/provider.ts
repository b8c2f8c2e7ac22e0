import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';

/*
 * What the pictures need beside the simulated provider: a help desk that answers by itself, applications that are told of events, and
 * elements that make a catalog of more than one. None of them exists.
 */

const open = async (server: Server, port: number): Promise<string> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  server.unref();
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const subjects = [
  'Invoice shows the wrong address',
  'Cannot sign in after the move',
  'Where is my parcel?',
  'Newsletter comes twice',
  'Refund for order 4711',
  'Export stops at row 10,000',
];

/** A help desk with six tickets. @returns its host and port */
export const openDesk = (port: number): Promise<string> =>
  open(
    createServer((request, reply) => {
      const [path = ''] = (request.url ?? '').split('?');
      const id = /^\/v2\/tickets\/(\d+)$/.exec(path)?.[1];
      const tickets = subjects.map((subject, at) => ({
        id: 90_210_000_000_001 + at,
        subject,
        state: at % 3 === 0 ? 'waiting' : 'open',
        requester: { name: ['Mara Lindqvist', 'Tom Okafor', 'Inés Prado'][at % 3], vip: at === 4 },
        opened_at: `2026-03-0${at + 1}T08:1${at}:00Z`,
      }));
      const found = id === undefined ? { data: tickets } : tickets[Number(id) - 1];
      reply.statusCode = found ? 200 : 404;
      reply.setHeader('content-type', 'application/json');
      reply.end(JSON.stringify(found ?? { error: `There is no ticket ${id}.` }));
    }),
    port,
  );

export const shopPath = '/shop';

/** A page that its visitors connect their accounts on. */
const shopPage = (server: string) => `<!doctype html><meta name="viewport" content="width=device-width">
  <title>Shop</title><body style="font-family: sans-serif; margin: 1rem"><h1>Your connections</h1><div id="place"></div>
  <script src="${server}/widget.js"></script>
  <script>
    window.show = (token) => Ligand.connect({ token, container: document.getElementById('place') });
  </script>`;

/** Applications: one has a page with the widget, the one at `/crm/…` is down, all others take what they are told. */
export const openApps = (port: number, server: string): Promise<string> =>
  open(
    createServer((request, reply) => {
      request.resume();
      if (request.url === shopPath)
        return void reply.setHeader('content-type', 'text/html').end(shopPage(server));
      reply.statusCode = request.url?.startsWith('/crm') ? 503 : 200;
      reply.end(reply.statusCode === 503 ? 'Down for maintenance' : 'Thank you');
    }),
    port,
  );

const row = (key: string, name: string, more: object = {}) => ({
  key,
  name,
  description: name,
  type: 'TEXTFIELD_1000',
  required: true,
  ...more,
});

const shorten = `// The desk has more fields than an application wants.
const tickets = response_body.data.map(({ id, subject, state, requester }) => ({
  id, subject, state, requester: requester.name,
}));
done({ response_body: { data: tickets } });
`;

/** The help desk as an element, with a hook. */
export const deskElement = (host: string) => ({
  key: 'harbordesk',
  name: 'Harbor Desk',
  hub: 'helpdesk',
  description: 'Tickets of a help desk, their people and their states.',
  authentication: { type: 'basic' },
  configuration: [
    row('base.url', 'Base URL', { defaultValue: `http://${host}/v2` }),
    row('username', 'User name'),
    row('password', 'API key', { type: 'PASSWORD' }),
  ],
  parameters: [
    {
      type: 'value',
      name: 'application/json',
      vendorType: 'header',
      vendorName: 'Accept',
      source: 'request',
    },
  ],
  objects: [
    {
      name: 'tickets',
      vendorName: 'Ticket',
      primaryKeyName: 'id',
      eventsEnabled: true,
      fields: [
        { name: 'id', type: 'number', vendorPath: 'id' },
        { name: 'subject', type: 'string', vendorPath: 'subject' },
      ],
    },
    { name: 'requesters', vendorName: 'Requester', primaryKeyName: 'email', fields: [] },
  ],
  models: {
    ticket: { type: 'object', properties: { id: { type: 'integer' }, subject: { type: 'string' } } },
    requester: { type: 'object', properties: { name: { type: 'string' }, vip: { type: 'boolean' } } },
  },
  resources: [
    {
      method: 'GET',
      path: '/hubs/helpdesk/tickets',
      vendorMethod: 'GET',
      vendorPath: '/tickets',
      type: 'api',
      description: 'Tickets, the newest first',
      response: { contentType: 'application/json', rootKey: 'data' },
      hooks: [{ type: 'postRequest', mimeType: 'application/javascript', body: shorten }],
    },
    {
      method: 'GET',
      path: '/hubs/helpdesk/tickets/{id}',
      vendorMethod: 'GET',
      vendorPath: '/tickets/{id}',
      type: 'api',
      description: 'One ticket',
      parameters: [
        {
          type: 'path',
          name: 'id',
          vendorType: 'path',
          vendorName: 'id',
          source: 'request',
          dataType: 'string',
        },
      ],
    },
  ],
});

/** Documents of which elements are made, as somebody drops them on the import page. */
export const documents = [
  [
    'Ledgerline',
    'Invoices, payments and customers of an accounting product.',
    ['invoices', 'payments', 'customers'],
  ],
  ['Parcelway', 'Labels, parcels and where they are.', ['labels', 'parcels', 'pickups']],
  ['Crewbase', 'People, teams and days off.', ['employees', 'teams', 'absences']],
].map(([title, description, nouns]) => ({
  openapi: '3.0.3',
  info: { title, description, version: '1.0.0' },
  servers: [{ url: `https://api.${String(title).toLowerCase()}.example/v1` }],
  components: { securitySchemes: { key: { type: 'http', scheme: 'basic' } } },
  security: [{ key: [] }],
  paths: Object.fromEntries(
    (nouns as string[]).flatMap((noun) => [
      [`/${noun}`, { get: operation(`List ${noun}`), post: operation(`Add one of ${noun}`) }],
      [
        `/${noun}/{id}`,
        { get: operation(`One of ${noun}`, true), delete: operation(`Remove one of ${noun}`, true) },
      ],
    ]),
  ),
}));

function operation(summary: string, hasId = false) {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  return { summary, ...(hasId ? { parameters: [id] } : {}), responses: { 200: { description: 'Done' } } };
}
