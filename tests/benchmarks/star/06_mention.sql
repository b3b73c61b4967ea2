-- Grain: a span of a text. Reads: draft.named, draft.name. Writes: draft.mention, draft.body, draft.paired: of the texts of
-- one part. A body is its names with a few words between them, some 500 characters, a sixth of what news has; three
-- names in five sentences, 120 sentences at most, so that a number of 128 bits says in which a name stands.
-- The first name of a text is its headline, too. Of a person the surname alone is named after the first time.

create temp table part_mention as
with repeated as (
    select
        named.text_number,
        named.rank_number,
        series.occurrence
    from draft.named
    cross join unnest(range(1, named.body_count + 1)) as series (occurrence)
    where named.text_number * 16 // $article_count = $part
),

ordered as (
    select
        repeated.*,
        row_number() over text_order as place_number,
        count(*) over (partition by repeated.text_number) as place_count
    from repeated
    window text_order as (
        partition by repeated.text_number
        order by hash(repeated.text_number, repeated.rank_number, repeated.occurrence)
    )
),

numbered as (
    select
        *,
        least(120, (place_count * 3 + 4) // 5) as sentence_count,
        1 + (place_number - 1) * least(120, (place_count * 3 + 4) // 5) // place_count as sentence_number
    from ordered
),

worded as (
    select
        numbered.*,
        name.entity_key,
        name.entity_type,
        name.name,
        case when numbered.occurrence = 1 then name.name else name.short_name end as surface_text,
        case
            when draw('inflation', numbered.text_number * 1000 + numbered.place_number) < 0.0005
                then ' spoke of inflation'
            else take([' met', ' and', ' told', ' saw', ' left with'], numbered.place_number + numbered.text_number)
        end
        || case
            when
                numbered.place_number = numbered.place_count
                or numbered.place_number * numbered.sentence_count // numbered.place_count
                <> (numbered.place_number - 1) * numbered.sentence_count // numbered.place_count
                then ' today. '
            else ' '
        end as words_behind
    from numbered
    inner join draft.name on numbered.rank_number = name.rank_number
)

select
    *,
    sum(length(surface_text) + length(words_behind)) over (partition by text_number order by place_number)
    - length(surface_text) - length(words_behind) as start_char
from worded;

insert into draft.body
select
    text_number,
    string_agg(surface_text || words_behind, '' order by place_number) as body,
    count(*) + 1 as mention_count
from part_mention
group by text_number;

insert into draft.mention by name
select
    text_number,
    entity_key,
    'body' as field,
    sentence_number,
    start_char,
    start_char + length(surface_text) as end_char,
    surface_text,
    entity_type as label,
    name as full_name,
    case when surface_text = name then 'exact' else 'surname' end as rule,
    case when surface_text = name then 1.0 else 0.9 end as score,
    lower(surface_text) as alias_key
from part_mention
union all by name
select
    named.text_number,
    name.entity_key,
    'headline' as field,
    0 as sentence_number,
    0 as start_char,
    length(name.name) as end_char,
    name.name as surface_text,
    name.entity_type as label,
    name.name as full_name,
    'exact' as rule,
    1.0 as score,
    name.name_key as alias_key
from draft.named
inner join draft.name on named.rank_number = name.rank_number
where named.is_in_headline and named.text_number * 16 // $article_count = $part;

insert into draft.paired
select
    text_number,
    entity_key,
    count(*) as mention_count,
    bit_or(cast(1 as hugeint) << cast(sentence_number as hugeint)) as sentence_bits
from draft.mention
where text_number * 16 // $article_count = $part
group by text_number, entity_key;

drop table part_mention;
