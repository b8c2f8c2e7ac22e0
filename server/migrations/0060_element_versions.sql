-- What an account's own element was before its last changes: the definition as text, as it stands in element.

create table element_version (
  element_id bigint not null references element (id) on delete cascade,
  organization_id bigint not null,
  version integer not null,
  definition text not null,
  -- When this became the definition.
  saved_at timestamptz not null,
  primary key (element_id, version)
);
