-- Grain: an observed name, for all articles or for one.
-- Reads: incoming_link. Writes: resolution_link.

insert into resolution_link by name
select * from incoming_link;
