-- Protects: no article was published after it was fetched; a day is allowed for, since zones may be unknown and clocks
-- wrong. Files that claim to be older than the web say nothing, and of what is unrecorded nothing is known.
-- Returns: the chosen dates that no document is late enough for.

select
    candidate.article_key,
    candidate.method,
    candidate.raw_text,
    candidate.candidate_at
from fact_date_candidate as candidate
inner join dim_article as article on candidate.article_key = article.article_key
where
    candidate.is_chosen
    and candidate.method <> 'unrecorded'
    and not exists (
        select 1
        from article_date as known
        where
            known.article_id = article.article_id
            and known.content_hash = article.content_hash
            and known.method = candidate.method
            and known.raw_text = candidate.raw_text
            and known.candidate_at = candidate.candidate_at
            and (known.ingested_at + interval 1 day >= candidate.candidate_at or known.ingested_at < '1995-01-01')
    );
