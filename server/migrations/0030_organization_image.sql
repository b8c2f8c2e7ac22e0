-- Logo and favicon of an organization. A page shows them before anybody has logged in, so they are found without
-- credentials by a name that nobody can guess, another one for each upload.

create table organization_image (
  organization_id bigint not null references organization (id) on delete cascade,
  kind text not null check (kind in ('logo', 'favicon')),
  name text not null unique,
  content_type text not null,
  content bytea not null,
  primary key (organization_id, kind)
);
