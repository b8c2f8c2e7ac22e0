-- Sessions of the widget in which an account that is there already is connected again, because its credentials have died.

alter table connect_session add column again_instance_id bigint;
