-- What the attempts of a delivery take, beside it: what is kept of events is bounded by all that is kept for them, and to add that up every few
-- minutes must not read the attempts themselves.

alter table delivery add column attempt_bytes bigint not null default 0;

update delivery set attempt_bytes = made.bytes
from (
  select delivery_id, sum(octet_length(request_headers::text) + coalesce(octet_length(response_headers::text), 0)
    + coalesce(octet_length(response_body), 0) + coalesce(octet_length(error), 0) + 200) as bytes
  from delivery_attempt group by delivery_id
) as made
where delivery.id = made.delivery_id;
