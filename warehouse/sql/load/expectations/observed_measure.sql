-- Grain: an outlet x a day x a measure, where there is something to measure.
-- Reads: observed_day. Writes: temporary observed_measure.
-- A value is to learn from when enough is behind it; a number of articles unless it is that of the first day, which
-- brings what was there before, or of one on which nothing was to come.

create or replace temp table observed_measure as
with measured as (
    select
        source_id,
        day_date,
        'article_count' as measure,
        article_count as observed_value,
        article_count as observed_count
    from observed_day
    union all by name
    select
        source_id,
        day_date,
        'word_count_median' as measure,
        word_count_median as observed_value,
        article_count as observed_count
    from observed_day
    where article_count > 0
    union all by name
    select
        source_id,
        day_date,
        part.measure,
        case part.measure
            when 'author_ratio' then author_count
            when 'date_ratio' then date_count
            when 'section_ratio' then section_count
            else language_count
        end / article_count as observed_value,
        article_count as observed_count
    from observed_day
    cross join (
        values ('author_ratio'), ('date_ratio'), ('section_ratio'), ('language_ratio')
    ) as part (measure)
    where article_count > 0
    union all by name
    select
        source_id,
        day_date,
        'rejected_ratio' as measure,
        rejected_count / page_count as observed_value,
        page_count as observed_count
    from observed_day
    where page_count > 0
)

select
    measured.source_id,
    measured.day_date,
    measured.measure,
    measured.observed_count,
    cast(measured.observed_value as double) as observed_value,
    case
        when measured.measure = 'article_count' then not is_first and coverage_status not in ('gap', 'error')
        else measured.observed_count >= $min_observed_count and coverage_status <> 'error'
    end as is_learned_from
from measured
inner join observed_day on measured.source_id = observed_day.source_id and measured.day_date = observed_day.day_date;
