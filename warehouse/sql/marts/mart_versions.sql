-- Grain: a version of an article that followed another.
-- Reads: dim_article, fact_article, article_body, dim_source, fact_article_entity, dim_entity. Defines: mart_versions.

create or replace view mart_versions as
with revision as (
    select
        later.article_id,
        later.version,
        later.article_key,
        former.article_key as previous_article_key,
        later.is_current,
        later.valid_from as changed_at,
        former.valid_from as previous_at,
        later.headline,
        former.headline as previous_headline,
        later.url
    from dim_article as later
    inner join dim_article as former
        on later.article_id = former.article_id and later.version = former.version + 1
    -- What every row has by nature: so few of all articles that only these are compared.
    where later.version > 1 and not former.is_current
),

revised as (
    select
        article_key,
        article_key as named_article_key,
        true as is_later
    from revision
    union all
    select
        article_key,
        previous_article_key as named_article_key,
        false as is_later
    from revision
),

name_change as (
    select
        revised.article_key,
        entity.name,
        bool_or(revised.is_later) as is_later,
        bool_or(not revised.is_later) as is_former,
        bool_or(revised.is_later and named.is_in_headline) as is_in_headline,
        bool_or(not revised.is_later and named.is_in_headline) as is_in_former_headline
    from revised
    inner join fact_article_entity as named on revised.named_article_key = named.article_key
    inner join dim_entity as entity on named.entity_key = entity.entity_key
    where not entity.is_hidden
    group by revised.article_key, entity.entity_key, entity.name
),

changed_names as (
    select
        article_key,
        list(name order by name) filter (is_later and not is_former) as added_names,
        list(name order by name) filter (is_former and not is_later) as removed_names,
        list(name order by name) filter (is_in_headline and not is_in_former_headline) as headline_added_names,
        list(name order by name) filter (is_in_former_headline and not is_in_headline) as headline_removed_names
    from name_change
    group by article_key
)

select
    revision.article_id,
    revision.version,
    revision.article_key,
    revision.previous_article_key,
    revision.is_current,
    outlet.name as source_name,
    revision.url,
    revision.changed_at,
    revision.previous_at,
    revision.headline,
    revision.previous_headline,
    revision.headline <> revision.previous_headline as is_headline_changed,
    coalesce(body.body, '') <> coalesce(former_body.body, '') as is_body_changed,
    fact.word_count,
    fact.word_count - former_fact.word_count as word_change_count,
    coalesce(changed_names.added_names, []) as added_names,
    coalesce(changed_names.removed_names, []) as removed_names,
    coalesce(changed_names.headline_added_names, []) as headline_added_names,
    coalesce(changed_names.headline_removed_names, []) as headline_removed_names
from revision
inner join fact_article as fact on revision.article_key = fact.article_key
inner join fact_article as former_fact on revision.previous_article_key = former_fact.article_key
inner join dim_source as outlet on fact.source_key = outlet.source_key
left join article_body as body on revision.article_key = body.article_key
left join article_body as former_body on revision.previous_article_key = former_body.article_key
left join changed_names on revision.article_key = changed_names.article_key;

comment on view mart_versions is
'A version of an article that followed another: what changed, and who is no longer named';
comment on column mart_versions.article_id is 'Durable key of the article: dim_article';
comment on column mart_versions.version is 'Its number, from 2';
comment on column mart_versions.article_key is 'The version: dim_article';
comment on column mart_versions.previous_article_key is 'The one before: dim_article';
comment on column mart_versions.is_current is 'No other followed';
comment on column mart_versions.source_name is 'The outlet';
comment on column mart_versions.url is 'Canonical URL; null when the document gives none';
comment on column mart_versions.changed_at is 'When the version was made, by the article''s own dates, UTC';
comment on column mart_versions.previous_at is 'When the one before was made, UTC';
comment on column mart_versions.headline is 'Its headline';
comment on column mart_versions.previous_headline is 'The headline of the one before';
comment on column mart_versions.is_headline_changed is 'The two differ';
comment on column mart_versions.is_body_changed is 'The bodies differ';
comment on column mart_versions.word_count is 'Words of headline and body';
comment on column mart_versions.word_change_count is 'Words more than the one before had; negative when it is shorter';
comment on column mart_versions.added_names is
'Entities it names, headline or body, that the one before did not, by name';
comment on column mart_versions.removed_names is
'Entities the one before named, headline or body, that it does not, by name; a later version may have them';
comment on column mart_versions.headline_added_names is
'Entities its headline names that the headline before did not, by name; the body may have had them';
comment on column mart_versions.headline_removed_names is
'Entities the headline before named that its own does not, by name; the body may still have them';
