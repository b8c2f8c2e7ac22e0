-- What users may do: roles, granted to users and to accounts (then all users of the account have them).
-- The roles themselves are the same for every organization and live in the code; here is only what an organization has
-- changed of them. So a new release can give a default role a new privilege, and a reset is a delete.

alter table app_user add constraint app_user_of_organization unique (organization_id, id);

create table role_change (
  organization_id bigint not null references organization (id) on delete cascade,
  role_key text not null,
  name text not null,
  description text not null,
  active boolean not null,
  privileges text[] not null,
  updated_at timestamptz not null default now(),
  primary key (organization_id, role_key)
);

create table user_role (
  organization_id bigint not null,
  user_id bigint not null,
  role_key text not null,
  created_at timestamptz not null default now(),
  primary key (user_id, role_key),
  foreign key (organization_id, user_id) references app_user (organization_id, id) on delete cascade
);

create table account_role (
  organization_id bigint not null,
  account_id bigint not null,
  role_key text not null,
  created_at timestamptz not null default now(),
  primary key (account_id, role_key),
  foreign key (organization_id, account_id) references account (organization_id, id) on delete cascade
);

create index account_role_of_organization on account_role (organization_id, role_key);
create index user_role_of_organization on user_role (organization_id, role_key);

-- Until now everybody could do everything. The first user of an organization is its administrator, the first of all
-- also that of the customers; others keep what concerns the work of an account.

insert into user_role (organization_id, user_id, role_key)
select organization_id, id,
  case when id = min(id) over (partition by organization_id) then 'org-admin' else 'org' end
from app_user;

insert into user_role (organization_id, user_id, role_key)
select organization_id, id, 'customerAdmin' from app_user order by id limit 1;
