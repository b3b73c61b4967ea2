-- Grain: an observed name whose mentions changed.
-- Reads: mention_change, dim_article, fact_entity_mention. Writes: temporary touched_name; near_mention: all mentions
-- in the articles in which any came or went, as they are now. An article counts once whatever its versions: so what
-- changed of a version is one article more, or less, only where no other version has the name.

insert into touched_name
select distinct observed_key
from mention_change;

create or replace temp table near_mention as
with near_version as (
    select
        article.article_id,
        article.article_key
    from dim_article as article
    semi join mention_change on article.article_id = mention_change.article_id
)

select
    near_version.article_id,
    mention.observed_key,
    mention.alias_key,
    count(*) as mention_count
from fact_entity_mention as mention
inner join near_version on mention.article_key = near_version.article_key
group by near_version.article_id, mention.observed_key, mention.alias_key;
