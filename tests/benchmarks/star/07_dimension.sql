-- Grain: as each table has it. Reads: draft. Writes: dimensions, texts, and what they are computed from.

create table draft.headline as
select
    version.article_key,
    coalesce(name.name, 'Ein Blatt ' || version.number)
    || case when version.version = 1 then ' speaks' else ' speaks again' end as headline
from draft.version
left join draft.named on version.text_number = named.text_number and named.is_in_headline
left join draft.name on named.rank_number = name.rank_number;

create table draft.author as
with signed as (
    select
        number,
        draw('signed', number) as chance
    from draft.article
),

byline as (
    select
        signed.number,
        series.position,
        cast(floor(
            greatest(10, $article_count ** 0.7) * draw('author', signed.number * 2 + series.position) ** 2
        ) as bigint) as author_number
    from signed
    cross join unnest(range(1, case when signed.chance < 0.15 then 1 when signed.chance < 0.9 then 2 else 3 end))
        as series (position)
)

select
    number,
    author_number,
    row_number() over (partition by number order by min(position)) as position,
    count(*) over (partition by number) as author_count,
    make_word(author_number % 61) || ' ' || make_word(author_number // 61) || 'son' as name
from byline
group by number, author_number;

insert into dim_author by name
select
    make_key('author', author_number) as author_key,
    lower(any_value(name)) as author_id,
    any_value(name) as name,
    'person' as author_type
from draft.author
group by author_number;

insert into bridge_article_author by name
select
    version.article_key,
    case when author.author_number is null then -1 else make_key('author', author.author_number) end as author_key,
    coalesce(author.position, 1) as position,
    coalesce(1 / author.author_count, 1) as weight,
    coalesce(author.name, '(unknown)') as credited_name,
    case when author.name is null then '(unknown)' else 'person' end as credited_type
from draft.version
left join draft.author on version.number = author.number;

insert into byline_rules values ('benchmark');

create table draft.byline as
select
    number,
    string_agg(name, ' and ' order by position) as author
from draft.author
group by number;

insert into dim_article by name
select
    version.article_key,
    version.url as article_id,
    version.version,
    cast(version.number as varchar) as external_id,
    version.url,
    headline.headline,
    byline.author,
    version.language_code,
    version.content_hash,
    version.text_hash,
    version.modified_at,
    coalesce(version.modified_at, version.published_at, version.ingested_at) as valid_from,
    case when version.is_current then timestamp '9999-12-31' else version.published_at + interval 3 hours end
        as valid_to,
    version.is_current,
    version.url as ingested_uri,
    version.seen_at as ingested_at,
    version.raw_hash,
    take(['politics', 'world', 'business', 'sport'], version.number) as section,
    false as is_withdrawn
from draft.version
inner join draft.headline on version.article_key = headline.article_key
left join draft.byline on version.number = byline.number;

insert into article_body by name
select
    version.article_key,
    coalesce(body.body, 'Kein Name steht in diesem Blatt.') as body
from draft.version
left join draft.body on version.text_number = body.text_number;

insert into article_observation by name
select
    article.* exclude (article_key, version, valid_from, valid_to, is_current, is_withdrawn, withdrawn_at),
    version.source_id,
    version.source_name,
    version.source_id as source_domain,
    coalesce(body.mention_count, 2) * 4 as word_count,
    version.published_at
from dim_article as article
inner join draft.version on article.article_key = version.article_key
left join draft.body on version.text_number = body.text_number;

insert into article_provenance by name
select
    article_id,
    content_hash,
    split_part(url, '/', 3) as source_id,
    external_id,
    'text/html' as media_type,
    'html' as reader,
    raw_hash,
    ingested_uri,
    ingested_at
from dim_article
where article_key >= 0;

insert into article_date by name
select
    url as article_id,
    content_hash,
    'jsonld_published' as method,
    strftime(published_at, '%Y-%m-%dT%H:%M:%SZ') as raw_text,
    published_at as candidate_at,
    'text' as zone_source,
    true as is_chosen,
    seen_at as ingested_at
from draft.version
where published_at is not null;

insert into fact_date_candidate by name
select
    article_key,
    'jsonld_published' as method,
    strftime(published_at, '%Y-%m-%dT%H:%M:%SZ') as raw_text,
    published_at as candidate_at,
    'text' as zone_source,
    true as is_chosen
from draft.version
where published_at is not null;

insert into text_sketch by name
select distinct
    version.text_hash,
    'benchmark' as sketch_id,
    make_key('wording', version.text_number) as wording_key,
    coalesce(body.mention_count, 2) * 4 as word_count
from draft.version
left join draft.body on version.text_number = body.text_number;

insert into wording_band by name
select
    make_key('wording', article.number) as wording_key,
    make_key('band', article.number * 24 + series.band_number) as band_hash
from draft.article
cross join unnest(range(24)) as series (band_number)
where article.number = article.text_number;

insert into dim_run by name
select
    make_key('run', cast(cast(seen_at as date) as varchar)) as run_key,
    cast(cast(seen_at as date) as timestamp) as started_at,
    cast(cast(seen_at as date) as timestamp) as finished_at,
    'benchmark' as code_version,
    count(*) as read_count,
    count(*) as loaded_count,
    0 as unchanged_count,
    0 as duplicate_count,
    0 as rejected_count,
    0 as unsupported_count,
    0 as removed_line_count
from draft.version
group by cast(seen_at as date);

insert into rejected_document by name
select
    url as uri,
    cast(number as varchar) as external_id,
    take(['empty', 'not_an_article', 'bad_json'], number) as reason,
    'made up' as detail,
    seen_at as rejected_at,
    make_key('run', cast(cast(seen_at as date) as varchar)) as run_key
from draft.version
where number % 200 = 0 and version = 1;
