-- Grain: an observed name that has to be asked again what it stands for.
-- Reads: touched_name, lapsed_name, changed_alias, observed_block, observed_spelling, observed_entity. Writes:
-- temporary affected_name, numbered in batches: the names touched, those that ask in a block with one of them, those
-- that are spelt like one or are an alias of one; observed_block, observed_spelling: the names that went are in none.

create or replace temp table changed_block as
select distinct asked.block_key
from observed_block as asked
where asked.observed_key in (select touched_name.observed_key from touched_name) and asked.is_asked;

create or replace temp table affected_name as
with near as (
    select observed_key
    from touched_name
    union
    select asking.observed_key
    from observed_block as asking
    semi join changed_block on asking.block_key = changed_block.block_key
    where asking.is_asking
    union
    select spelling.observed_key
    from observed_spelling as spelling
    semi join touched_name as touched on spelling.near_key = touched.observed_key
    union
    select named.observed_key
    from observed_entity as named
    semi join changed_alias on named.name_key = changed_alias.alias_key
)

select
    observed.observed_key,
    observed.entity_type,
    observed.name_key,
    observed.name,
    observed.country_code,
    observed.article_count,
    (row_number() over (order by observed.observed_key) - 1) // $batch_asker_count as batch_number
from observed_entity as observed
semi join near on observed.observed_key = near.observed_key
where not observed.is_made;

drop table changed_block;

delete from observed_block
where observed_key in (select lapsed_name.observed_key from lapsed_name);

delete from observed_spelling
where observed_key in (select lapsed_name.observed_key from lapsed_name);

delete from observed_spelling
where near_key in (select lapsed_name.observed_key from lapsed_name);
