-- Protects: an article is withdrawn in all its versions or in none; it has a date then, and evidence that is decisive.
-- Returns: the articles of which that is not so.

with marked as (
    select
        article_id,
        bool_or(is_withdrawn) as is_withdrawn,
        count(distinct is_withdrawn) + count(distinct withdrawn_at) as difference_count,
        max(withdrawn_at) as withdrawn_at
    from dim_article
    group by article_id
),

decisive as (
    select
        article_id,
        min(first_at) as first_at,
        bool_or(method not in ('http_404', 'http_410')) as has_notice
    from article_withdrawal
    where is_decisive
    group by article_id
)

select
    marked.article_id,
    marked.is_withdrawn,
    marked.withdrawn_at,
    decisive.first_at
from marked
left join decisive on marked.article_id = decisive.article_id
where
    difference_count > case when is_withdrawn then 2 else 1 end
    or is_withdrawn <> (withdrawn_at is not null)
    or (is_withdrawn and (decisive.first_at is null or withdrawn_at < decisive.first_at))
    or (not is_withdrawn and coalesce(decisive.has_notice, false));
