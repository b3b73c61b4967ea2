-- Grain: an observed name, for all articles or for one.
-- Reads: affected_name, lapsed_name, observed_entity, resolution_link. Writes: resolution_link: nothing for all
-- articles of the names that are asked again; temporary relinked_name: the entities whose names may be others now, each
-- by all its names.

create or replace temp table relinked_name as
select affected_name.observed_key
from affected_name
union
select lapsed_name.observed_key
from lapsed_name
union
select known.linked_key
from resolution_link as known
where known.observed_key in (select lapsed_name.observed_key from lapsed_name);

delete from resolution_link
where
    (article_key = -2 and observed_key in (select affected_name.observed_key from affected_name))
    or observed_key in (select lapsed_name.observed_key from lapsed_name);
