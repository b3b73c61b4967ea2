-- Grain: a line of the decisions file.
-- Reads: incoming_human_decision, observed_entity, dim_article. Writes: human_decision: the file as it is now.

create or replace temp table missing_part as
with article_name as (
    select
        article_id as given_id,
        article_id
    from dim_article
    semi join incoming_human_decision as given on dim_article.article_id = given.article
    where article_key >= 0
    union
    select
        external_id as given_id,
        article_id
    from dim_article
    semi join incoming_human_decision as given on dim_article.external_id = given.article
    where article_key >= 0
)

select
    given.line_number,
    'no entity ' || wanted.observed_id as detail
from incoming_human_decision as given
cross join unnest([given.entity_id, given.part_id, given.target_id]) as wanted (observed_id)
anti join observed_entity as observed on wanted.observed_id = observed.observed_id
where wanted.observed_id is not null
union all
select
    given.line_number,
    case when count(distinct article.article_id) = 0 then 'no article ' else 'several articles ' end
    || given.article as detail
from incoming_human_decision as given
left join article_name as article on given.article = article.given_id
where given.article <> ''
group by given.line_number, given.article
having count(distinct article.article_id) <> 1;

delete from human_decision;

insert into human_decision by name
with missing as (
    select
        line_number,
        string_agg(detail, ', ' order by detail) as detail
    from missing_part
    group by line_number
)

select
    given.* exclude (decided_at),
    cast(given.decided_at as timestamp) as decided_at,
    case
        when given.superseded_by is not null then 'superseded'
        when missing.detail is not null then 'dangling'
        else 'applied'
    end as status,
    case when given.superseded_by is null then coalesce(missing.detail, '') else '' end as detail
from incoming_human_decision as given
left join missing on given.line_number = missing.line_number
order by given.line_number;

drop table missing_part;
