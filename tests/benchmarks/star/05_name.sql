-- Grain: a text x a name in it; a name. Reads: draft.text. Writes: draft.named, draft.name.
-- The name of rank r is drawn with a chance of r ** -0.9, out of 45 * articles ** 0.8: in a corpus of 2,300 news
-- articles the first name was in 32 % of the articles, the hundredth in 2 %, and names grew as articles ** 0.8.
-- A name is not tied to a time or to other names, so it has more days and partners than in the news.
-- Words are shared as in the news, where names that differ in one word alone, with the same first letter, grow with the
-- square of their number: 74,000 pairs among the 57,000 names of 19,000 articles, so 85 million of 1.9 million.
-- Mentions of a name in a text: geometric, 2.2 in the mean.

create table draft.named as
with vocabulary as (
    select 45 * $article_count ** 0.8 as name_count
),

drawn as (
    select
        text.text_number,
        series.slot,
        cast(
            floor(
                ((vocabulary.name_count ** 0.1 - 1) * draw('name', text.text_number * 1000 + series.slot) + 1) ** 10
            ) as bigint
        ) as rank_number
    from draft.text
    cross join vocabulary
    cross join unnest(range(text.draw_count)) as series (slot)
)

select
    text_number,
    rank_number,
    min(slot) = 0 as is_in_headline,
    1 + cast(floor(ln(1 - draw('again', text_number * 1000 + min(slot))) / ln(0.54)) as bigint) as body_count
from drawn
group by text_number, rank_number;

create table draft.name as
with asked (rank_number, name, entity_type, country_code) as (
    values
    (2, 'Washington', 'GPE', null),
    (3, 'Russia', 'GPE', 'RU'),
    (7, 'India', 'GPE', 'IN'),
    (12, 'Turkey', 'GPE', 'TR'),
    (25, 'Saudi Arabia', 'GPE', 'SA'),
    (40, 'Recep Tayyip Erdogan', 'PERSON', null),
    (60, 'Finland', 'GPE', 'FI'),
    (80, 'European Central Bank', 'ORG', null)
),

typed as (
    select distinct
        named.rank_number,
        case
            when named.rank_number <= 300
                then take(['GPE', 'GPE', 'PERSON', 'ORG', 'NORP'], named.rank_number)
            else take(
                -- One in a hundred each: the parts of the types among 16,000 entities of news.
                list_resize(['GPE'], 10, 'GPE') || list_resize(['PERSON'], 41, 'PERSON')
                || list_resize(['ORG'], 36, 'ORG') || ['NORP', 'NORP', 'NORP', 'LOC', 'LOC', 'FAC', 'FAC']
                || ['WORK_OF_ART', 'WORK_OF_ART', 'WORK_OF_ART', 'EVENT', 'LAW', 'PRODUCT'],
                cast(floor(100 * draw('type', named.rank_number)) as bigint)
            )
        end as entity_type
    from draft.named
),

spelt as (
    select
        typed.rank_number,
        coalesce(asked.entity_type, typed.entity_type) as entity_type,
        case
            when asked.name is not null then asked.country_code
            -- Russia, India and the rest have codes with a letter of their own: no other code ends in U, N, R, A, I.
            when typed.entity_type = 'GPE' and typed.rank_number <= 260
                then chr(cast(65 + typed.rank_number // 13 as integer)) || take(
                    string_split('BCDEFGHJKLMOP', ''), typed.rank_number
                )
        end as country_code,
        case
            when asked.name is not null then asked.name
            -- A surname has 25 bearers in the mean; of two in five it stands alone, too, and nobody knows whose it is.
            when typed.entity_type = 'PERSON' and typed.rank_number % 61 = 0 then make_word(typed.rank_number // 61)
            when typed.entity_type = 'PERSON'
                then make_word(typed.rank_number % 499) || ' ' || make_word(typed.rank_number // 61)
            when typed.entity_type in ('GPE', 'NORP') then make_word(typed.rank_number)
            else make_word(typed.rank_number) || ' ' || make_word(typed.rank_number % 997) || ' ' || take(
                ['Group', 'Council', 'Bank', 'University', 'Party', 'Ministry', 'Agency', 'Union'], typed.rank_number
            )
        end as name
    from typed
    left join asked on typed.rank_number = asked.rank_number
)

select
    *,
    make_key('entity', rank_number) as entity_key,
    lower(name) as name_key,
    entity_type || ':' || lower(name) as entity_id,
    case when entity_type = 'PERSON' then string_split(name, ' ')[-1] else name end as short_name
from spelt;
