-- Notifications: what a customer tells its own subscribers, by topic.
-- A notification is an event without an instance, so that its deliveries have all that those of events have: attempts, retries, circuits, queues.

alter table event alter column instance_id drop not null;
alter table event alter column element_key drop not null;
alter table event drop constraint event_source_check;
alter table event add constraint event_source_check check (source in ('webhook', 'polling', 'notification'));

create table notification (
  event_id bigint primary key references event (id) on delete cascade,
  organization_id bigint not null references organization (id),
  account_id bigint not null references account (id),
  topic text not null,
  severity text not null check (severity in ('low', 'medium', 'high')),
  message text not null,
  sender text not null,
  acknowledged boolean not null default false
);

create index notification_by_topic on notification (organization_id, account_id, topic, event_id);

create table subscription (
  -- Of one sequence with callbacks: deliveries of events name a callback where those of notifications name a subscription.
  id bigint primary key default nextval(pg_get_serial_sequence('event_callback', 'id')),
  organization_id bigint not null references organization (id),
  account_id bigint not null references account (id),
  callback_id bigint not null references event_callback (id),
  channel text not null,
  topics text[] not null,
  config jsonb not null,
  created_at timestamptz not null default now()
);

create index subscription_by_account on subscription (organization_id, account_id, id);

alter table delivery alter column instance_id drop not null;
-- No foreign key: a delivery outlives its subscription.
alter table delivery add column subscription_id bigint;
