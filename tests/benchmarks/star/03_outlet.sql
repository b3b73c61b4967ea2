-- Grain: an outlet. Writes: draft.outlet, dim_source. One in five times the root of the articles, so that a million has
-- 200; the name of the third is the one that a question of the guide asks for.

create table draft.outlet as
select
    range as source_number,
    make_key('source', range) as source_key,
    case when range = 2 then 'quillbridge.example' else lower_word(range) || '.example' end as source_id,
    case when range = 2 then 'Quillbridge' else make_word(range) || ' Post' end as name
from range(greatest(5, cast(sqrt($article_count) / 5 as bigint)));

insert into dim_source by name
select
    source_key,
    source_id,
    name,
    source_id as domain,
    'GB' as country_code,
    'Europe/London' as timezone,
    timestamp '1900-01-01' as valid_from,
    timestamp '9999-12-31' as valid_to,
    true as is_current,
    'en' as language_code
from draft.outlet;
