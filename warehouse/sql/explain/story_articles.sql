-- Grain: an article of the story that the article of a version is in, the original first.
-- Reads: fact_article, dim_article, dim_source, text_sketch, wording_pair. Writes: nothing.
-- The ratios are those measured between this article and the one explained, the highest of all their versions; null
-- where the two were not compared, being in one story as copies of its first article.

with given as (
    select
        fact.story_key,
        article.article_id
    from fact_article as fact
    inner join dim_article as article on fact.article_key = article.article_key
    where fact.article_key = $article_key
),

member as (
    select
        article.article_id,
        article.article_key,
        article.headline,
        article.text_hash,
        article.is_current,
        article.article_id = given.article_id as is_explained,
        outlet.name as source_name,
        fact.published_at,
        fact.is_duplicate
    from given
    inner join fact_article as fact on given.story_key = fact.story_key
    inner join dim_article as article on fact.article_key = article.article_key
    left join dim_source as outlet on fact.source_key = outlet.source_key
    where given.story_key >= 0
),

wording as (
    select distinct
        member.article_id,
        member.is_explained,
        sketch.wording_key
    from member
    inner join text_sketch as sketch on member.text_hash = sketch.text_hash
),

measured as (
    select
        other.article_id,
        max(if(own.wording_key = other.wording_key, 1.0, pair.similarity_ratio)) as similarity_ratio,
        max(if(own.wording_key = other.wording_key, 1.0, pair.containment_ratio)) as containment_ratio
    from wording as own
    inner join wording as other on own.is_explained and not other.is_explained
    left join wording_pair as pair
        on
            least(own.wording_key, other.wording_key) = pair.wording_key_a
            and greatest(own.wording_key, other.wording_key) = pair.wording_key_b
    group by other.article_id
)

select
    cast(member.article_key as varchar) as article_key,
    member.article_id,
    member.headline,
    member.source_name,
    member.published_at,
    not member.is_duplicate as is_original,
    member.is_explained,
    measured.similarity_ratio,
    measured.containment_ratio
from member
left join measured on member.article_id = measured.article_id
where member.is_current
order by is_original desc, member.published_at asc nulls last, member.article_id asc;
