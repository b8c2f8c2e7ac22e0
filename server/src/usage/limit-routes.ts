import type { Clock } from '#kernel/clock';
import { startAfter, startOf } from '#kernel/buckets';
import { accountNotFound } from '#accounts';
import type { Principal } from '#accounts';
import { Type, integerText, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { limitsInvalid } from './errors.ts';
import { periods } from './limits.ts';
import type { Limit } from './limits.ts';
import type { Scope, UsageStore } from './store.ts';

interface Parts {
  store: UsageStore;
  clock: Clock;
  /** Tells everybody that limits have changed. */
  changed(): Promise<void>;
}

const tags = ['Usage'];
const period = Type.Union([
  Type.Literal('minute'),
  Type.Literal('hour'),
  Type.Literal('day'),
  Type.Literal('month'),
]);
const calls = Type.Integer({
  minimum: 0,
  maximum: 1_000_000_000_000,
  description: 'Hub calls; 0 allows none',
});
const limitsBody = Type.Object(
  {
    limits: Type.Array(Type.Object({ calls, per: period }), { maxItems: periods.length }),
  },
  { title: 'LimitsChange' },
);
const limitsReply = Type.Object(
  {
    accountId: Type.Integer(),
    limits: Type.Array(
      Type.Object({
        calls,
        per: period,
        used: Type.Integer({ description: 'Calls of this period, but for those of the last seconds' }),
        remaining: Type.Integer(),
        resetDate: Type.String({ description: 'When the next period begins' }),
      }),
    ),
  },
  { title: 'Limits' },
);
const idParams = Type.Object({
  id: Type.String({ ...integerText, description: 'Id of the account' }),
});

/** How many hub calls accounts may make. Without a limit they may make any number. */
export function mountLimits(app: FastifyInstance, { store, clock, changed }: Parts): void {
  const show = async (scope: Scope) => {
    const nowMs = clock.nowMs();
    const limits = await store.limitsInUse(nowMs, scope);
    return {
      accountId: scope.accountId,
      limits: limits.map(({ calls: most, per, used }) => ({
        calls: most,
        per,
        used,
        remaining: Math.max(0, most - used),
        resetDate: new Date(startAfter(per, startOf(per, nowMs))).toISOString(),
      })),
    };
  };
  /** @throws 404 for accounts of other organizations. */
  const accountOf = async ({ organizationId }: Principal, accountId: number): Promise<Scope> => {
    if (!(await store.hasAccount(organizationId, accountId))) throw accountNotFound(accountId);
    return { organizationId, accountId };
  };
  const set = async (principal: Principal, accountId: number, limits: readonly Limit[]) => {
    const scope = await accountOf(principal, accountId);
    const twice = limits.find(({ per }, index) => limits.findIndex((one) => one.per === per) !== index);
    if (twice) throw limitsInvalid(twice.per);
    await store.setLimits(scope, limits);
    await changed();
    return show(scope);
  };

  route(app, {
    method: 'GET',
    path: '/usage/limits',
    access: 'user:any',
    audit: 'none',
    summary: "Limits of the caller's account, and how much of them is used",
    tags,
    schema: { response: { 200: limitsReply } },
    handler: ({ principal: { organizationId, accountId } }) => show({ organizationId, accountId }),
  });
  const single = { path: '/accounts/:id/limits', tags } as const;
  route(app, {
    ...single,
    method: 'GET',
    access: 'user:viewAccountsOrg',
    audit: 'none',
    summary: 'Limits of an account, and how much of them is used',
    schema: { params: idParams, response: { 200: limitsReply } },
    handler: async ({ principal, params }) => show(await accountOf(principal, Number(params.id))),
  });
  route(app, {
    ...single,
    method: 'PUT',
    access: 'user:editAccountsOrg',
    audit: 'limits.update',
    summary: 'Say how many hub calls an account may make; calls above get 429 with Retry-After',
    schema: { params: idParams, body: limitsBody, response: { 200: limitsReply } },
    exists: ({ principal, params }) => accountOf(principal, Number(params.id)),
    handler: ({ principal, params, body }) => set(principal, Number(params.id), body.limits),
  });
  route(app, {
    ...single,
    method: 'DELETE',
    access: 'user:editAccountsOrg',
    audit: 'limits.remove',
    summary: 'Let an account make any number of hub calls',
    schema: { params: idParams, response: { 200: limitsReply } },
    handler: ({ principal, params }) => set(principal, Number(params.id), []),
  });
}
