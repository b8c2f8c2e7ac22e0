-- What hooks gave to `done` is kept beside the exchanges of a call, sealed and for as long as these, while an account's log is open.
alter table usage_exchange add column is_hook boolean not null default false;
