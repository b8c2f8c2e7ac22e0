import { Type, noZeroByte, pagingQuery } from '#platform/http';
import type { Static } from '#platform/http';

const text = (description: string) => Type.Optional(Type.String({ ...noZeroByte, description }));
const texts = (description: string) =>
  Type.Optional(
    Type.Union([Type.String(noZeroByte), Type.Array(Type.String(noZeroByte))], {
      description,
    }),
  );

const times = {
  from: text('ISO 8601 date or time, such as 2026-11-25T10:00:00Z'),
  to: text('ISO 8601 date or time'),
};

export const listQuery = Type.Object(
  {
    ...times,
    hub: text('Key of a hub'),
    'keys[]': texts('Keys of elements'),
    'tags[]': texts('Tags that the connected account had; all of them'),
    status: text('success or failed'),
    'instanceIds[]': texts('Ids of connected accounts'),
    'methods[]': texts('GET, POST and so on'),
    path: text('Part of the path'),
    statusCode: text('HTTP status of the reply, such as 404, or a class, such as 5xx'),
    elementApi: text("true: calls of connected accounts; false: those of the platform's own paths"),
    searchText: text('Part of the path, the request id, the name of the element or what a failure said'),
    ...pagingQuery,
    pageSize: text('At most 1000; 100 by default'),
    pageOffset: text('So many calls are left out first'),
  },
  { additionalProperties: true },
);

export const analyticsQuery = Type.Object(
  {
    ...times,
    interval: text('year, quarter, month, week, day (the default), hour, minute or second'),
    'keys[]': texts('Keys of elements'),
    'elementKeys[]': texts('The same'),
    'instanceIds[]': texts('Ids of connected accounts'),
  },
  { additionalProperties: true },
);
export type AnalyticsQuery = Static<typeof analyticsQuery>;

/** Several values, also as one with commas. */
export function toList(...given: (string | string[] | undefined)[]): string[] {
  return given
    .flatMap((one) => one ?? [])
    .flatMap((one) => one.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

const callStep = Type.Object({
  kind: Type.String({ description: 'hook or provider' }),
  name: Type.String({ description: 'Of the hook; of a request its method and host' }),
  when: Type.Optional(Type.String({ description: 'preRequest or postRequest' })),
  startMs: Type.Number({ description: 'From the beginning of the call' }),
  durationMs: Type.Number(),
  outcome: Type.String({
    description: 'done; stopped: a hook has ended the call; failed: a hook threw, or no reply came',
  }),
  status: Type.Optional(Type.Integer({ description: "Of the provider's reply" })),
});

/** Ids that can be none are those of nothing. */
export function toIds(given: string | string[] | undefined): number[] {
  return toList(given).map((id) => (/^\d{1,15}$/.test(id) ? Number(id) : -1));
}

export const usageRecord = Type.Object(
  {
    traffic_id: Type.String(),
    request_id: Type.String({ description: 'Also in the header elements-request-id of the reply' }),
    traffic_date: Type.String({ description: 'When the call came' }),
    request_method: Type.String(),
    request_uri: Type.String({
      description: 'Values of query parameters are left out unless they are harmless',
    }),
    request_ip: Type.String(),
    request_status: Type.String({ description: 'SUCCESS or FAILED' }),
    response_status: Type.Integer({ description: 'HTTP status; 499 when the caller went away' }),
    process_time: Type.Integer({ description: 'Milliseconds to the end of the reply' }),
    user_id: Type.Integer(),
    account_id: Type.Integer(),
    company_id: Type.Integer({ description: 'Id of the organization' }),
    company_external_id: Type.String(),
    company_external_name: Type.String(),
    element_api: Type.Boolean({
      description: "Whether it called a connected account, not the platform's own paths",
    }),
    element_key: Type.Optional(Type.String()),
    element_name: Type.Optional(Type.String()),
    element_instance_id: Type.Optional(Type.Integer()),
    element_instance_name: Type.Optional(Type.String({ description: 'As long as it is connected' })),
    hub: Type.Optional(Type.String()),
    provider_status: Type.Optional(Type.Integer({ description: "Status of the provider's last reply" })),
    provider_time: Type.Optional(Type.Integer({ description: 'Milliseconds that the provider took' })),
    provider_calls: Type.Optional(Type.Integer({ description: 'Requests to the provider' })),
    message: Type.Optional(Type.String({ description: 'What the reply of a failed call said' })),
    provider_message: Type.Optional(Type.String({ description: 'What the provider said' })),
    steps: Type.Optional(
      Type.Array(callStep, {
        description: 'Hooks that have run and requests to the provider, the first 50. Only with one call',
      }),
    ),
    hooks: Type.Optional(
      Type.Array(Type.Object({ name: Type.String(), when: Type.String(), output: Type.String() }), {
        description: 'What hooks gave to `done`, as JSON, where the account was logged. Only with one call',
      }),
    ),
  },
  { title: 'Call', additionalProperties: true },
);
