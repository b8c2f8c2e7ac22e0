-- Instances that were removed with their user, account or organization, and whose providers have not been told yet: what is needed for
-- that, sealed as it was. A process that dies leaves them to the others.

create table instance_farewell (
  id bigint primary key,
  organization_id bigint not null references organization (id),
  account_id bigint not null,
  element_id bigint not null,
  element_key text not null,
  configuration jsonb not null,
  secrets_sealed bytea not null,
  tries integer not null default 0,
  -- Who takes one has until then to tell the provider.
  due_at timestamptz not null default now()
);

create index instance_farewell_due on instance_farewell (due_at);
