-- Grain: an outlet x a day x a measure, as in observed_measure.
-- Reads: observed_measure, earlier_measure. Writes: temporary usual_range: what the days before make expected.
-- Median and spread of the last days, so that a few bad ones among them change nothing; the spread is the median
-- absolute deviation, brought to the scale of a standard deviation, and never less than chance alone makes it. A number
-- of articles is usual, too, when the same day of the week had it in the last four weeks: Saturdays are quiet.

create or replace temp table usual_range as
with learned as (
    select
        source_id,
        day_date,
        measure,
        case when is_learned_from then observed_value end as usable_value
    from observed_measure
    union all by name
    select
        source_id,
        day_date,
        measure,
        case when is_learned_from then observed_value end as usable_value
    from earlier_measure
),

summed as (
    select
        source_id,
        day_date,
        measure,
        count(usable_value) over days_before as history_day_count,
        median(usable_value) over days_before as usual_value,
        $mad_scale * mad(usable_value) over days_before as spread,
        min(usable_value) over same_weekdays_before as weekday_low,
        max(usable_value) over same_weekdays_before as weekday_high
    from learned
    window
        days_before as (
            partition by source_id, measure
            order by day_date asc
            rows between $history_day_count preceding and 1 preceding
        ),
        same_weekdays_before as (
            partition by source_id, measure, isodow(day_date)
            order by day_date asc
            range between interval 28 days preceding and interval 1 day preceding
        )
),

spread_out as (
    select
        summed.* exclude (spread),
        $tolerance * greatest(
            spread,
            case measure
                when 'article_count' then sqrt(usual_value)
                when 'word_count_median' then usual_value * $word_count_spread
                else $ratio_spread
            end
        ) as distance
    from summed
)

select
    source_id,
    day_date,
    measure,
    history_day_count,
    usual_value,
    case measure
        when 'article_count' then nullif(greatest(floor(least(usual_value - distance, weekday_low)), 0), 0)
        when 'word_count_median' then nullif(greatest(floor(usual_value - distance), 0), 0)
        when 'rejected_ratio' then null
        else nullif(greatest(floor(100 * (usual_value - distance)) / 100, 0), 0)
    end as usual_low,
    case measure
        when 'article_count' then ceil(greatest(usual_value + distance, weekday_high))
        when 'word_count_median' then ceil(usual_value + distance)
        when 'rejected_ratio' then nullif(least(ceil(100 * (usual_value + distance)) / 100, 1), 1)
    end as usual_high
from spread_out;
