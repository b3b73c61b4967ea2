-- Articles that only one of the files has, or that have other versions, or another headline, text or date now.
-- Grain: an article.
-- Reads: a and b: dim_article, fact_article, article_body. Writes: article_change (temporary).

create or replace temp table article_change as
with a_article as (
    select
        article.article_id,
        count(*) as version_count,
        max(article.article_key) filter (where article.is_current) as article_key,
        max(article.headline) filter (where article.is_current) as headline,
        max(article.text_hash) filter (where article.is_current) as text_hash,
        max(fact.published_at) filter (where article.is_current) as published_at,
        sum(hash(article.article_key)) as versions_hash
    from a.dim_article as article
    inner join a.fact_article as fact on article.article_key = fact.article_key
    group by article.article_id
),

b_article as (
    select
        article.article_id,
        count(*) as version_count,
        max(article.article_key) filter (where article.is_current) as article_key,
        max(article.headline) filter (where article.is_current) as headline,
        max(article.text_hash) filter (where article.is_current) as text_hash,
        max(fact.published_at) filter (where article.is_current) as published_at,
        sum(hash(article.article_key)) as versions_hash
    from b.dim_article as article
    inner join b.fact_article as fact on article.article_key = fact.article_key
    group by article.article_id
),

compared as (
    select
        coalesce(a_article.article_id, b_article.article_id) as article_id,
        case
            when b_article.article_id is null then 'only_a'
            when a_article.article_id is null then 'only_b'
            else 'changed'
        end as kind,
        a_article.article_key as a_key,
        b_article.article_key as b_key,
        a_article.headline as a_headline,
        b_article.headline as b_headline,
        a_article.published_at as a_published_at,
        b_article.published_at as b_published_at,
        a_article.version_count as a_version_count,
        b_article.version_count as b_version_count,
        (a_article.text_hash is distinct from b_article.text_hash) as is_other_text,
        (a_article.versions_hash is distinct from b_article.versions_hash) as is_versions_changed
    from a_article
    full join b_article on a_article.article_id = b_article.article_id
    where
        a_article.text_hash is distinct from b_article.text_hash
        or a_article.headline is distinct from b_article.headline
        or a_article.published_at is distinct from b_article.published_at
        or a_article.versions_hash is distinct from b_article.versions_hash
)

select
    compared.article_id,
    compared.kind,
    compared.a_headline,
    compared.b_headline,
    compared.a_published_at,
    compared.b_published_at,
    compared.a_version_count,
    compared.b_version_count,
    compared.kind = 'changed' and compared.is_versions_changed as is_versions_changed,
    compared.kind = 'changed' and (compared.a_headline is distinct from compared.b_headline) as is_headline_changed,
    compared.kind = 'changed' and (a_text.body is distinct from b_text.body) as is_body_changed,
    compared.kind = 'changed' and (compared.a_published_at is distinct from compared.b_published_at) as is_date_changed
from compared
left join a.article_body as a_text on compared.a_key = a_text.article_key and compared.is_other_text
left join b.article_body as b_text on compared.b_key = b_text.article_key and compared.is_other_text;
