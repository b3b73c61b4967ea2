-- Protects: a row of observed_entity is a name, by its key and by its id; a row of observed_alias a name and an alias;
-- a row of observed_block a name and a block; a row of observed_spelling, observed_company or observed_candidate two
-- names; a row of resolution_link a name and an article.
-- Returns: what is there twice.

select
    'observed_key' as grain,
    cast(observed_key as varchar) as key_found,
    count(*) as row_count
from observed_entity
group by observed_key
having count(*) > 1
union all
select
    'observed_id' as grain,
    observed_id as key_found,
    count(*) as row_count
from observed_entity
group by observed_id
having count(*) > 1
union all
select
    'observed_alias' as grain,
    alias_key as key_found,
    count(*) as row_count
from observed_alias
group by observed_key, alias_key
having count(*) > 1
union all
select
    'observed_block' as grain,
    cast(block_key as varchar) as key_found,
    count(*) as row_count
from observed_block
group by observed_key, block_key
having count(*) > 1
union all
select
    'observed_spelling' as grain,
    cast(observed_key as varchar) as key_found,
    count(*) as row_count
from observed_spelling
group by observed_key, near_key
having count(*) > 1
union all
select
    'observed_company' as grain,
    cast(observed_key as varchar) as key_found,
    count(*) as row_count
from observed_company
group by observed_key, near_key
having count(*) > 1
union all
select
    'observed_candidate' as grain,
    cast(observed_key as varchar) as key_found,
    count(*) as row_count
from observed_candidate
group by observed_key, candidate_key
having count(*) > 1
union all
select
    'resolution_link' as grain,
    cast(observed_key as varchar) as key_found,
    count(*) as row_count
from resolution_link
group by observed_key, article_key
having count(*) > 1;
