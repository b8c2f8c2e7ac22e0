-- Every server process on this database reports here while it lives, so that each can take its share of a
-- provider's limits without asking the database on each call.

create table server_process (
  id uuid primary key,
  seen_at timestamptz not null default now()
);
