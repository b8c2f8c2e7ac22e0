-- The same counts are added to again and again. With room on their page they stay where they are, and no index has to learn of it:
-- half of the work for an account that is called all the time, and a table that does not grow by what is dead.

alter table usage_count set (fillfactor = 50);
