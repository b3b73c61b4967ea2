-- Grain: a metric of an entity type in an evaluation.
-- Reads: incoming_score. Writes: fact_evaluation: the rows of this evaluation, in place of those it had.

delete from fact_evaluation
where evaluation_key = $evaluation_key;

insert into fact_evaluation (
    evaluation_key,
    evaluated_date_key,
    evaluated_at,
    gold_name,
    gold_hash,
    model_name,
    model_version,
    model_backend,
    code_version,
    article_count,
    missing_article_count,
    entity_type,
    metric,
    value_ratio,
    true_positive_count,
    false_positive_count,
    false_negative_count
)
select
    $evaluation_key,
    cast(strftime(cast($evaluated_at as timestamp), '%Y%m%d') as integer) as evaluated_date_key,
    cast($evaluated_at as timestamp) as evaluated_at,
    $gold_name,
    $gold_hash,
    $model_name,
    $model_version,
    $model_backend,
    $code_version,
    $article_count,
    $missing_article_count,
    entity_type,
    metric,
    value_ratio,
    true_positive_count,
    false_positive_count,
    false_negative_count
from incoming_score;
