-- Protects: what shares of outlets and days are shares of is what fact_article says.
-- Returns: the outlets and days of which it is not.

with counted as (
    select
        latest.source_key,
        fact.published_date_key as date_key,
        count(*) as article_count,
        count(distinct fact.story_key) as story_count,
        count(*) filter (fact.is_duplicate) as duplicate_count,
        count(*) filter (fact.mention_count > 0) as named_article_count,
        sum(fact.mention_count) as mention_count
    from fact_article as fact
    inner join dim_source as held on fact.source_key = held.source_key
    inner join dim_source as latest on held.source_id = latest.source_id
    where fact.is_current_version and (latest.is_current or latest.source_key < 0)
    group by latest.source_key, fact.published_date_key
),

kept as (
    select
        source_key,
        date_key,
        article_count,
        story_count,
        duplicate_count,
        named_article_count,
        mention_count
    from source_day_total
)

(
    select * from counted
    except all
    select * from kept
)
union all
(
    select * from kept
    except all
    select * from counted
);
