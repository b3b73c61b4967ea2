-- Grain: a version of an outlet.
-- Reads: incoming_source, lapsed_source, article_observation, dim_source. Writes: dim_source, temporary former_source
-- (the keys that facts may still have), changed_outlet (those whose versions, or their languages, are others now: all
-- their days are judged anew).
-- An outlet that only the sources file knew goes when the file names it no more: no fact has its key.
-- What the sources file says goes first. Name and domain it does not say are what most observations say; on a tie the
-- first in code point order.

create temp table if not exists former_source (source_key bigint, source_id varchar);

delete from dim_source
where
    source_key >= 0
    and source_id in (
        select lapsed_source.source_id
        from lapsed_source
        anti join incoming_source on lapsed_source.source_id = incoming_source.source_id
    );

delete from lapsed_source;

create or replace temp table said_source as
with outlet as (
    select distinct source_id
    from incoming_source
),

said as (
    select
        observation.source_id,
        observation.source_name,
        observation.source_domain
    from outlet
    inner join article_observation as observation on outlet.source_id = observation.source_id
),

name_choice as (
    select
        source_id,
        source_name
    from said
    group by source_id, source_name
    qualify row_number() over (partition by source_id order by count(*) desc, source_name asc) = 1
),

domain_choice as (
    select
        source_id,
        source_domain
    from said
    where source_domain is not null
    group by source_id, source_domain
    qualify row_number() over (partition by source_id order by count(*) desc, source_domain asc) = 1
)

select
    outlet.source_id,
    name_choice.source_name,
    domain_choice.source_domain
from outlet
left join name_choice on outlet.source_id = name_choice.source_id
left join domain_choice on outlet.source_id = domain_choice.source_id;

insert into former_source
select
    known.source_key,
    known.source_id
from dim_source as known
semi join said_source on known.source_id = said_source.source_id
where known.source_key >= 0;

create or replace temp table former_version as
select
    known.source_id,
    known.source_key,
    known.valid_from,
    known.valid_to,
    known.language_code
from dim_source as known
semi join said_source on known.source_id = said_source.source_id
where known.source_key >= 0;

delete from dim_source
where source_key in (select former_source.source_key from former_source);

insert into dim_source (
    source_key, source_id, name, domain, country_code, timezone, language_code, licence,
    valid_from, valid_to, is_current
)
select
    incoming.source_key,
    incoming.source_id,
    coalesce(incoming.name, said_source.source_name, incoming.source_id) as source_name,
    coalesce(incoming.domain, said_source.source_domain) as source_domain,
    incoming.country_code,
    incoming.timezone,
    incoming.language_code,
    incoming.licence,
    cast(incoming.valid_from as timestamp) as valid_from,
    cast(incoming.valid_to as timestamp) as valid_to,
    cast($loaded_at as timestamp) >= cast(incoming.valid_from as timestamp)
    and cast($loaded_at as timestamp) < cast(incoming.valid_to as timestamp) as is_current
from incoming_source as incoming
inner join said_source on incoming.source_id = said_source.source_id;

insert into changed_outlet
with latter_version as (
    select
        latter.source_id,
        latter.source_key,
        latter.valid_from,
        latter.valid_to,
        latter.language_code
    from dim_source as latter
    semi join said_source on latter.source_id = said_source.source_id
    where latter.source_key >= 0
),

changed as (
    (
        select * from former_version
        except
        select * from latter_version
    )
    union all
    (
        select * from latter_version
        except
        select * from former_version
    )
)

select distinct
    source_id,
    date '1900-01-01' as since_date
from changed;

drop table former_version;
