-- Grain: a rule.
-- Reads: article_removed_line. Writes: nothing.
-- The example is the line that the rule took off most often.

with line_count as (
    select
        rule,
        line,
        count(*) as removed_count
    from article_removed_line
    group by all
)

select
    rule,
    cast(sum(removed_count) as bigint) as removed_count,
    max_by(line, (removed_count, line)) as example_line
from line_count
group by rule
order by removed_count desc, rule asc;
