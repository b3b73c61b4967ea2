-- Grain: the load that last changed a version, one row; none where its record is missing.
-- Reads: fact_article, dim_run. Writes: nothing.

select
    cast(run.run_key as varchar) as run_key,
    run.flow_run_id,
    run.started_at,
    run.finished_at,
    run.code_version,
    run.model_name,
    run.model_version,
    run.model_backend
from fact_article as fact
inner join dim_run as run on fact.run_key = run.run_key
where fact.article_key = $article_key;
