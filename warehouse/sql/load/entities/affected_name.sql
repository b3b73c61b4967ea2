-- Grain: an observed name that has to be asked again what it stands for.
-- Reads: touched_name, lapsed_name, changed_alias, observed_block, observed_entity. Writes: temporary affected_name:
-- the names touched, those that ask in a block with one of them, and those that are an alias of one; observed_block:
-- the names that went are in none.

create or replace temp table affected_name as
with changed_block as (
    select distinct asked.block
    from observed_block as asked
    semi join touched_name as touched on asked.observed_key = touched.observed_key
    where asked.is_asked
),

near as (
    select observed_key
    from touched_name
    union
    select asking.observed_key
    from observed_block as asking
    semi join changed_block on asking.block = changed_block.block
    where asking.is_asking
    union
    select named.observed_key
    from observed_entity as named
    semi join changed_alias on named.name_key = changed_alias.alias_key
)

select observed.*
from observed_entity as observed
semi join near on observed.observed_key = near.observed_key
where not observed.is_made;

delete from observed_block
where observed_key in (select lapsed_name.observed_key from lapsed_name);
