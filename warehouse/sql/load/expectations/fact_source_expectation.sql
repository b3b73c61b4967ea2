-- Grain: an outlet x a day x a measure, as in observed_measure.
-- Reads: observed_measure, observed_day, usual_range, source_expectation, remade_outlet, outlet_key, dim_date. Writes:
-- fact_source_expectation: each outlet's days since it changed; temporary changed_article, changed_outlet: all is
-- judged. What the sources file says of a measure goes before what was usual. A number of articles is not judged on the
-- first day, which brings what was there before, nor, unless it is too high already, on the last, which may not be
-- over. After days on which nothing came, more may come at a time.

delete from fact_source_expectation
using remade_outlet as remade, outlet_key, dim_date as calendar
where
    fact_source_expectation.source_key = outlet_key.source_key
    and outlet_key.source_id = remade.source_id
    and fact_source_expectation.date_key = calendar.date_key
    and calendar.date >= remade.since_date;

insert into fact_source_expectation by name
with expected as (
    select
        observed_day.source_key,
        observed_day.day_date,
        observed_measure.measure,
        observed_measure.observed_value,
        observed_measure.observed_count,
        usual_range.history_day_count,
        usual_range.usual_value,
        observed_day.coverage_status,
        observed_day.is_first,
        observed_day.is_over,
        case when said.measure is null then usual_range.usual_low else said.expected_low end as expected_low,
        case when said.measure is null then usual_range.usual_high else said.expected_high end as daily_high,
        case when observed_measure.measure = 'article_count' then observed_day.missed_day_count else 0 end
            as missed_day_count,
        case
            when said.measure is not null then 'file'
            when usual_range.history_day_count < $min_history_day_count then 'none'
            when observed_measure.measure = 'article_count' and usual_range.usual_value < $min_usual_count then 'none'
            else 'history'
        end as expected_by
    from observed_measure
    inner join observed_day
        on observed_measure.source_id = observed_day.source_id and observed_measure.day_date = observed_day.day_date
    inner join usual_range
        on
            observed_measure.source_id = usual_range.source_id
            and observed_measure.day_date = usual_range.day_date
            and observed_measure.measure = usual_range.measure
    left join source_expectation as said
        on
            observed_measure.source_id = said.source_id
            and observed_measure.measure = said.measure
            and observed_measure.day_date >= said.valid_from
            and observed_measure.day_date < said.valid_to
),

bounded as (
    select
        expected.* exclude (expected_low, daily_high),
        case when expected_by <> 'none' then expected_low end as expected_low,
        case when expected_by <> 'none' then daily_high * (1 + missed_day_count) end as expected_high,
        measure = 'article_count' as is_volume,
        case measure
            when 'article_count'
                then format('{:,d} new article{}', observed_count, case when observed_count = 1 then '' else 's' end)
            when 'word_count_median'
                then format(
                    '{:,d} words in the median of {:,d} articles', cast(observed_value as bigint), observed_count
                )
            when 'rejected_ratio'
                then format(
                    '{:,d} of {:,d} pages did not come or were refused ({:.2f})',
                    cast(round(observed_value * observed_count) as bigint), observed_count, observed_value
                )
            else format(
                '{:,d} of {:,d} articles {} ({:.2f})',
                cast(round(observed_value * observed_count) as bigint), observed_count,
                case measure
                    when 'author_ratio' then 'name an author'
                    when 'date_ratio' then 'are dated'
                    when 'section_ratio' then 'name their section'
                    else 'are in its language'
                end,
                observed_value
            )
        end as observed_words
    from expected
),

judged as (
    select
        bounded.*,
        case
            when is_volume and is_first then 'the first day brings what was there before'
            when is_volume and coverage_status = 'gap' and expected_by <> 'file' then 'nobody asked on that day'
            when not is_volume and observed_count < $min_observed_count
                then format('{:d} are needed', $min_observed_count)
            when expected_by = 'none' and history_day_count < $min_history_day_count
                then format(
                    'nothing to compare with: {:d} days before, {:d} are needed',
                    history_day_count, $min_history_day_count
                )
            when expected_by = 'none'
                then format('usually fewer than {:d} a day, which vary by chance', $min_usual_count)
            when is_volume and not is_over and coalesce(observed_value <= expected_high, true)
                then 'the day may not be over'
        end as hindrance,
        case
            when expected_low is null and expected_high is null then 'any number'
            when expected_high is null then format('at least {:,.6g}', expected_low)
            when expected_low is null then format('at most {:,.6g}', expected_high)
            else format('{:,.6g} to {:,.6g}', expected_low, expected_high)
        end as expected_words,
        case expected_by
            when 'file' then ' by the sources file'
            else format(' after the {:d} days before', history_day_count)
        end as origin_words,
        case
            when missed_day_count > 0 and expected_high is not null
                then format(', for {:d} days', 1 + missed_day_count)
            else ''
        end as missed_words,
        case
            when is_volume and coverage_status = 'gap' then '; nobody asked on that day'
            when is_volume and coverage_status = 'error' then '; nothing answered on that day'
            else ''
        end as coverage_words
    from bounded
)

select
    source_key,
    cast(strftime(day_date, '%Y%m%d') as integer) as date_key,
    measure,
    observed_value,
    observed_count,
    expected_low,
    expected_high,
    expected_by,
    history_day_count,
    case
        when hindrance is not null then 'too_little_data'
        when observed_value < expected_low then 'low'
        when observed_value > expected_high then 'high'
        else 'met'
    end as status,
    case
        when hindrance is not null then concat(observed_words, '; ', hindrance)
        else concat(observed_words, ', expected ', expected_words, missed_words, origin_words, coverage_words)
    end as reason
from judged
order by source_key, date_key, measure;

delete from changed_article;
delete from changed_outlet;

drop table outlet_key;
drop table judged_day;
drop table kept_day;
drop table observed_measure;
drop table usual_range;
drop table earlier_measure;
