-- Grain: an article. Reads: chosen, article_observation. Writes: nothing.

select
    chosen.*,
    observed.source_id,
    observed.source_name,
    observed.source_domain
from chosen
inner join (
    select article_id, any_value(source_id) as source_id, any_value(source_name) as source_name,
        any_value(source_domain) as source_domain
    from article_observation group by article_id
) as observed on observed.article_id = split_part(chosen.article_id, '?', 1);
