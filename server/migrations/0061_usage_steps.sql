-- What a hub call was made of, for those who ask where its time went: hooks and requests to the provider, as
-- [{kind, name, when, startMs, durationMs, outcome, status}]. Names and times only, so they are kept for every call.
alter table usage_call add column steps jsonb;
