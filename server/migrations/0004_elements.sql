-- Elements that customers bring, and their own resources on elements of the catalog.
-- The definition is kept as the text that was given, so that an export gives back what an import took: no digit of a
-- number and no order of fields is lost, as jsonb would.
-- extends is the key of a catalog element: such a row holds only the account's own resources for it.

-- Account 1 owns what ships with the catalog (clients of the old product look for that number): no customer gets it.

select setval(pg_get_serial_sequence('account', 'id'), greatest(1000, (select coalesce(max(id), 0) from account)));

create sequence element_id start 200000;

create table element (
  id bigint primary key default nextval('element_id'),
  organization_id bigint not null references organization (id),
  account_id bigint not null references account (id),
  key text not null,
  extends text,
  definition text not null,
  -- What lists show and filter by, without the long arrays.
  summary text not null,
  version integer not null default 1,
  shared_with bigint[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create unique index element_by_key on element (account_id, key) where extends is null;
create unique index element_by_extended on element (account_id, extends) where extends is not null;
create index element_by_share on element using gin (shared_with);
create index element_by_organization on element (organization_id, id);
