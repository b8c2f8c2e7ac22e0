-- The polling of an instance can be paused: it keeps what it knows, and tells what has changed meanwhile when it goes on.

alter table event_poll add column paused boolean not null default false;
