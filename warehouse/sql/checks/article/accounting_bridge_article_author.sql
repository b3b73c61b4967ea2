-- Protects: the weights of a version's authors sum to 1, so that a sum over authors counts each article once.
-- Returns: the versions where they do not, those without an author among them.

with weighed as (
    select
        article.article_key,
        coalesce(sum(bridge.weight), 0) as weight_sum
    from dim_article as article
    left join bridge_article_author as bridge on article.article_key = bridge.article_key
    where article.article_key >= 0
    group by article.article_key
)

select
    article_key,
    weight_sum
from weighed
where not abs(weight_sum - 1) <= 1e-9;
