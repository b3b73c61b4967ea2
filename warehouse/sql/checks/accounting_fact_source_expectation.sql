-- Protects: every article is counted on one day of its outlet; what is judged is judged by its numbers, and by the file
-- or by enough days.
-- Returns: the outlets whose days add up to another number of articles, the judgements that the numbers do not bear
-- out.

-- An article is counted as its first version: of all versions, without the later ones, which are few.
with version_count as (
    select
        source_key,
        count(*) as row_count
    from fact_article
    group by source_key
),

later_count as (
    select
        source_key,
        count(*) as row_count
    from fact_article
    where
        article_key in (
            select article.article_key
            from dim_article as article
            where article.version <> 1
        )
    group by source_key
),

new_article as (
    select
        outlet.source_id,
        sum(version_count.row_count - coalesce(later_count.row_count, 0)) as article_count
    from version_count
    left join later_count on version_count.source_key = later_count.source_key
    inner join dim_source as outlet on version_count.source_key = outlet.source_key
    group by outlet.source_id
),

counted as (
    select
        outlet.source_id,
        sum(expectation.observed_count) as article_count
    from fact_source_expectation as expectation
    inner join dim_source as outlet on expectation.source_key = outlet.source_key
    where expectation.measure = 'article_count'
    group by outlet.source_id
)

select
    'article_count' as measure,
    coalesce(new_article.source_id, counted.source_id) as found_at,
    coalesce(new_article.article_count, 0) as right_value,
    coalesce(counted.article_count, 0) as wrong_value
from new_article
full outer join counted on new_article.source_id = counted.source_id
where coalesce(new_article.article_count, 0) <> coalesce(counted.article_count, 0)
union all
select
    measure,
    concat(source_key, ', ', date_key, ', ', status, ' by ', expected_by) as found_at,
    expected_low as right_value,
    observed_value as wrong_value
from fact_source_expectation
where
    (status = 'low') <> (status <> 'too_little_data' and coalesce(observed_value < expected_low, false))
    or (status = 'high') <> (status <> 'too_little_data' and coalesce(observed_value > expected_high, false))
    or status not in ('met', 'low', 'high', 'too_little_data')
    or expected_low > expected_high
    or (expected_by = 'none' and (status <> 'too_little_data' or coalesce(expected_low, expected_high) is not null))
    or (measure like '%_ratio' and not observed_value between 0 and 1);
