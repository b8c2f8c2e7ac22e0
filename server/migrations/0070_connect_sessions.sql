-- Sessions in which a customer of a customer connects an account with the embedded widget. What the browser has is known by its SHA-256
-- alone; what it must not see, and what the provider has sent, is sealed for the organization.

create table connect_session (
  id text primary key,
  -- Of the one-time token; once that was used, of the key that the widget works with.
  secret_hash bytea not null unique,
  organization_id bigint not null references organization (id),
  account_id bigint not null,
  user_id bigint not null references app_user (id) on delete cascade,
  elements text[] not null,
  origin text not null,
  name text,
  tags text[] not null,
  configuration_sealed bytea not null,
  -- Of the state that went to the provider, and what came back with it.
  state_hash bytea unique,
  outcome_sealed bytea,
  opened_at timestamptz,
  ended_at timestamptz,
  instance_id bigint,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create index connect_session_user on connect_session (user_id);
create index connect_session_expiry on connect_session (expires_at);
