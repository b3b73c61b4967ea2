-- Protects: a figure is a ratio, and the one that its counts give.
-- Returns: the figures that are not.

with counted as (
    select
        *,
        case
            when metric like '%precision' then true_positive_count + false_positive_count
            when metric like '%recall' then true_positive_count + false_negative_count
        end as total_count
    from fact_evaluation
)

select *
from counted
where
    value_ratio not between 0 and 1
    or (total_count > 0 and abs(value_ratio - true_positive_count / total_count) > 1e-9);
