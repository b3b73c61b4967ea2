-- Protects: every evaluation took place on a day of dim_date.
-- Returns: those that did not.

select fact.*
from fact_evaluation as fact
anti join dim_date on fact.evaluated_date_key = dim_date.date_key;
