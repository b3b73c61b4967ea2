-- Grain: an outlet (one version each: nothing that is versioned is known yet).
-- Reads: incoming_source, article_observation, dim_source. Writes: dim_source.
-- Name and domain are what most observations say; on a tie the first in code point order.

create or replace temp table named_source as
with said as (
    select
        incoming.source_key,
        incoming.source_id,
        observation.source_name,
        observation.source_domain
    from incoming_source as incoming
    inner join article_observation as observation on incoming.source_id = observation.source_id
),

name_count as (
    select
        source_key,
        source_id,
        source_name,
        count(*) as observation_count
    from said
    group by all
),

domain_count as (
    select
        source_key,
        source_domain,
        count(*) as observation_count
    from said
    where source_domain is not null
    group by all
),

domain_choice as (
    select
        source_key,
        source_domain
    from domain_count
    qualify row_number() over (partition by source_key order by observation_count desc, source_domain asc) = 1
)

select
    name_count.source_key,
    name_count.source_id,
    name_count.source_name,
    domain_choice.source_domain
from name_count
left join domain_choice on name_count.source_key = domain_choice.source_key
qualify row_number() over (
    partition by name_count.source_key order by name_count.observation_count desc, name_count.source_name asc
) = 1;

update dim_source
set
    name = named_source.source_name,
    domain = named_source.source_domain
from named_source
where
    dim_source.source_key = named_source.source_key
    and (dim_source.name, dim_source.domain) is distinct from (named_source.source_name, named_source.source_domain);

insert into dim_source (source_key, source_id, name, domain, valid_from, valid_to, is_current)
select
    named_source.source_key,
    named_source.source_id,
    named_source.source_name,
    named_source.source_domain,
    timestamp '1900-01-01' as valid_from,
    timestamp '9999-12-31' as valid_to,
    true as is_current
from named_source
anti join dim_source on named_source.source_key = dim_source.source_key;
