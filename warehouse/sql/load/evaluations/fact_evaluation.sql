-- Grain: a metric of an entity type in an evaluation.
-- Reads: incoming_score. Writes: fact_evaluation: the rows of this evaluation, in place of those it had.

delete from fact_evaluation
where evaluation_key = $evaluation_key;

insert into fact_evaluation by name
select
    *,
    $evaluation_key as evaluation_key,
    cast(strftime(cast($evaluated_at as timestamp), '%Y%m%d') as integer) as evaluated_date_key,
    cast($evaluated_at as timestamp) as evaluated_at,
    $gold_name as gold_name,
    $gold_hash as gold_hash,
    $model_name as model_name,
    $model_version as model_version,
    $model_backend as model_backend,
    $code_version as code_version,
    $article_count as article_count,
    $missing_article_count as missing_article_count
from incoming_score;
