-- Protects: a row of fact_evaluation is a metric of an entity type in an evaluation.
-- Returns: those that are there twice.

select
    evaluation_key,
    entity_type,
    metric,
    count(*) as row_count
from fact_evaluation
group by evaluation_key, entity_type, metric
having count(*) > 1;
