-- Protects: every effect is of a load, on a day of dim_date; an effect that changed nothing is none.
-- Returns: those that are not.

select effect.*
from fact_interval_effect as effect
left join dim_run as run on effect.run_key = run.run_key
left join dim_date as calendar on effect.changed_date_key = calendar.date_key
where run.run_key is null or calendar.date_key is null or effect.article_count < 1;
