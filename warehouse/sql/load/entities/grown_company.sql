-- Grain: a name that asks x another that is spelt much like it.
-- Reads: mention_change, near_mention, lapsed_name. Writes: observed_company: what came may be beside both; where
-- anything went the asker may have fewer beside it than were counted, so that it has to be counted again.
-- Each name beside another in an article in which any mention came is taken for one that it did not have.

create or replace temp table worn_article as
select distinct article_id
from mention_change
where mention_count < 0;

delete from observed_company
where
    observed_key in (
        select near_mention.observed_key
        from near_mention
        semi join worn_article on near_mention.article_id = worn_article.article_id
        union
        select mention_change.observed_key
        from mention_change
        where mention_change.mention_count < 0
        union
        select lapsed_name.observed_key
        from lapsed_name
    )
    or near_key in (select lapsed_name.observed_key from lapsed_name);

drop table worn_article;

create or replace temp table gained_companion as
with came as (
    select distinct article_id
    from mention_change
    where mention_count > 0
),

kept as (
    select observed_key
    from observed_company
    union
    select near_key
    from observed_company
),

near as (
    select distinct
        near_mention.article_id,
        near_mention.observed_key
    from near_mention
    semi join came on near_mention.article_id = came.article_id
),

grown as (
    select
        article_id,
        count(*) - 1 as companion_count
    from near
    group by article_id
)

select
    near.observed_key,
    cast(sum(grown.companion_count) as integer) as companion_count
from near
semi join kept on near.observed_key = kept.observed_key
inner join grown on near.article_id = grown.article_id
group by near.observed_key;

update observed_company
set most_shared_companion_count = observed_company.most_shared_companion_count + gained.companion_count
from (
    select
        pair.observed_key,
        pair.near_key,
        coalesce(own.companion_count, 0) + coalesce(other.companion_count, 0) as companion_count
    from observed_company as pair
    left join gained_companion as own on pair.observed_key = own.observed_key
    left join gained_companion as other on pair.near_key = other.observed_key
    where own.observed_key is not null or other.observed_key is not null
) as gained
where observed_company.observed_key = gained.observed_key and observed_company.near_key = gained.near_key;

drop table gained_companion;
