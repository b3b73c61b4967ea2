-- Grain: an article whose first version is another, or says something else, x the outlet that it was of.
-- Reads: version_before, incoming_version, dim_source. Writes: temporary changed_article: an article counts as its
-- first version describes it (sql/load/expectations/observed_day.sql). The language that is expected of it is that of
-- the outlet's version that held when its own was made: so valid_from tells whether another may be.

insert into changed_article
with held as (
    select
        version_before.article_id,
        outlet.source_id,
        version_before.valid_from,
        version_before.word_count,
        version_before.published_at is null as is_undated,
        version_before.section is null as is_unsectioned,
        version_before.language_code,
        version_before.author,
        version_before.author_types
    from version_before
    left join dim_source as outlet on version_before.source_key = outlet.source_key
    where version_before.version = 1
),

given as (
    select
        incoming.article_id,
        outlet.source_id,
        cast(incoming.valid_from as timestamp) as valid_from,
        incoming.word_count,
        incoming.published_at is null as is_undated,
        incoming.section is null as is_unsectioned,
        incoming.language_code,
        incoming.author,
        incoming.author_types
    from incoming_version as incoming
    left join dim_source as outlet on incoming.source_key = outlet.source_key
    where incoming.version = 1
),

unchanged as (
    select * from given
    intersect
    select * from held
)

select
    given.article_id,
    held.source_id
from given
anti join unchanged on given.article_id = unchanged.article_id
left join held on given.article_id = held.article_id;
