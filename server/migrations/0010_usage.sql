-- What a customer may see of its calls: counts, single calls, and what was exchanged with providers while somebody wanted a log.
-- Rows come in batches of a process, never while a caller waits. They name organizations and accounts without foreign keys:
-- a batch must not fail because one of them has just been deleted.

-- The last batch that each process has written: a batch whose commit was not confirmed is not written twice.
create table usage_writer (
  id uuid primary key,
  batch bigint not null,
  seen_at timestamptz not null default now()
);

create table usage_call (
  id bigint generated always as identity primary key,
  organization_id bigint not null,
  account_id bigint not null,
  user_id bigint not null,
  at timestamptz not null,
  request_id text not null,
  method text not null,
  uri text not null,
  ip text not null,
  status smallint not null,
  duration_ms integer not null,
  -- A call of a connected account's resources; false for the platform's own paths.
  is_hub boolean not null,
  instance_id bigint,
  element_key text,
  element_name text,
  hub text,
  tags text[],
  provider_status smallint,
  provider_ms integer,
  provider_calls integer,
  message text,
  provider_message text
);

create index usage_call_by_account on usage_call (organization_id, account_id, at, id);
create index usage_call_by_request on usage_call (organization_id, request_id);

-- Hub calls by minute and by hour; and by day of an account as a whole, without what was refused here, for its limits.
create table usage_count (
  organization_id bigint not null,
  account_id bigint not null,
  span text not null check (span in ('minute', 'hour', 'day')),
  at timestamptz not null,
  -- 0 where no account at a provider was reached, -1 where there were too many to tell them apart.
  instance_id bigint not null,
  element_key text not null,
  status smallint not null,
  -- Let through to the account; refused calls do not use up a limit.
  passed boolean not null,
  calls bigint not null,
  duration_ms bigint not null,
  provider_ms bigint not null,
  longest_ms integer not null,
  primary key (organization_id, account_id, span, at, instance_id, element_key, status, passed)
);

create index usage_count_by_age on usage_count (span, at);

-- How many hub calls an account may make; set by an administrator.
create table usage_limit (
  organization_id bigint not null references organization (id) on delete cascade,
  account_id bigint not null references account (id) on delete cascade,
  per text not null check (per in ('minute', 'hour', 'day', 'month')),
  calls bigint not null check (calls >= 0),
  updated_at timestamptz not null default now(),
  primary key (organization_id, account_id, per)
);

-- Requests to providers and their replies, redacted and sealed for the organization: they are the customer's data.
create table usage_exchange (
  id bigint generated always as identity primary key,
  organization_id bigint not null,
  account_id bigint not null,
  -- Null while an account is being connected.
  instance_id bigint,
  element_key text not null,
  request_id text not null,
  trace_tag text,
  at timestamptz not null,
  box bytea not null
);

create index usage_exchange_by_request on usage_exchange (organization_id, request_id);
create index usage_exchange_by_instance on usage_exchange (organization_id, instance_id, id);

-- Until when what an account exchanges with its provider is logged.
alter table instance add column logging_until timestamptz;
alter table instance add column trace_tag text;
