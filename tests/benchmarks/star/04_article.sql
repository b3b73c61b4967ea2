-- Grain: an article; a version of one; a text. Reads: draft.day, draft.outlet. Writes: draft.article, draft.version,
-- draft.text.
-- Articles are numbered in the order of publication. Each twentieth may be reprinted by any of the nineteen behind it,
-- with a chance that is high for few: one in seven articles is a copy, a story has 1 to 20 of them. Outlets: the
-- largest of 200 has a tenth. One in 100 is undated, 2 have a second version with another headline, 3 are in a language
-- that no model reads and name nobody.
-- Names of a text: lognormal with 14.3 draws in the mean and a spread that gives as many pairs to a name as a corpus of
-- 2,300 news articles had (223 pairs at 18 names); never above 150, where pairing would stop.

create table draft.article as
with numbered as (
    select
        range as number,
        range - range % 20 as leader_number,
        (range + 0.5) / $article_count as share
    from range($article_count)
),

placed as (
    select
        numbered.number,
        case
            when
                draw('copied', numbered.number) < draw('spread', numbered.leader_number) ** 6
                then numbered.leader_number
            else numbered.number
        end as text_number,
        day.date + to_seconds(
            cast(floor((numbered.share - day.from_share) / (day.to_share - day.from_share) * 86399) as bigint)
        ) as printed_at,
        numbered.number <> numbered.leader_number and draw('undated', numbered.number) < 0.01 as is_undated
    from numbered
    asof join draft.day on numbered.share >= day.from_share
)

select
    placed.number,
    placed.text_number,
    placed.printed_at + interval 1 hour as ingested_at,
    case when not placed.is_undated then placed.printed_at end as published_at,
    case when placed.is_undated then -1 else cast(strftime(placed.printed_at, '%Y%m%d') as integer) end
        as published_date_key,
    case when draw('language', placed.text_number) < 0.03 then 'de' else 'en' end as language_code,
    case when draw('revised', placed.number) < 0.02 and not placed.is_undated then 2 else 1 end as version_count,
    outlet.source_key,
    outlet.source_id,
    outlet.name as source_name,
    'https://' || outlet.source_id || strftime(placed.printed_at, '/%Y/%m/%d/')
    || lower_word(placed.number % 997) || '-' || placed.number as url
from placed
inner join draft.outlet
    on cast(
        floor((select count(*) from draft.outlet) * draw('outlet', placed.number) ** 2.2) as bigint
    ) = outlet.source_number;

create table draft.version as
select
    article.*,
    series.version,
    make_key('version', article.number * 2 + series.version) as article_key,
    make_digest('text', article.text_number * 2 + series.version) as text_hash,
    make_digest('content', article.text_number * 2 + series.version) as content_hash,
    make_digest('raw', article.number * 2 + series.version) as raw_hash,
    case when series.version = 2 then article.published_at + interval 3 hours end as modified_at,
    article.ingested_at + to_hours(3 * (cast(series.version as integer) - 1)) as seen_at,
    series.version = article.version_count as is_current
from draft.article
cross join unnest(range(1, article.version_count + 1)) as series (version);

create table draft.text as
with drawn as (
    select
        number as text_number,
        sqrt(-2 * ln(1 - draw('spread one', number))) * cos(2 * pi() * draw('spread two', number)) as deviation
    from draft.article
    where number = text_number and language_code = 'en'
)

select
    text_number,
    cast(least(150, greatest(1, round(exp(ln(14.3) - 0.185 + 0.61 * deviation)))) as bigint) as draw_count
from drawn;
