-- People who have logged in with a browser; and the links by which the first user of an installation is set up. Both are
-- found by the SHA-256 of what the browser has, so that a copy of the database lets nobody in.

create table user_session (
  token_hash bytea primary key,
  organization_id bigint not null references organization (id),
  user_id bigint not null references app_user (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create index user_session_expiry on user_session (expires_at);
create index user_session_user on user_session (user_id);

create table set_up_link (
  token_hash bytea primary key,
  organization_id bigint not null references organization (id),
  user_id bigint not null references app_user (id) on delete cascade
);
