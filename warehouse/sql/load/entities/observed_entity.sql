-- Grain: an observed name.
-- Reads: touched_name, fact_entity_mention, dim_article. Writes: observed_entity: name and article count of those
-- touched, and none without a mention but what people made up; temporary lapsed_name: those that went.

create or replace temp table observed_form as
with form as (
    select
        mention.observed_key,
        mention.full_name,
        count(distinct article.article_id) as article_count
    from fact_entity_mention as mention
    semi join touched_name as touched on mention.observed_key = touched.observed_key
    inner join dim_article as article on mention.article_key = article.article_key
    group by all
),

counted as (
    select
        mention.observed_key,
        count(distinct article.article_id) as article_count
    from fact_entity_mention as mention
    semi join touched_name as touched on mention.observed_key = touched.observed_key
    inner join dim_article as article on mention.article_key = article.article_key
    group by all
)

select
    form.observed_key,
    form.full_name,
    counted.article_count
from form
inner join counted on form.observed_key = counted.observed_key
qualify row_number() over (
    partition by form.observed_key order by form.article_count desc, length(form.full_name) desc, form.full_name asc
) = 1;

update observed_entity
set
    name = form.full_name,
    article_count = form.article_count
from observed_form as form
where
    observed_entity.observed_key = form.observed_key
    and (observed_entity.name, observed_entity.article_count) is distinct from (form.full_name, form.article_count);

create or replace temp table lapsed_name as
select observed.observed_key
from observed_entity as observed
semi join touched_name as touched on observed.observed_key = touched.observed_key
anti join observed_form as form on observed.observed_key = form.observed_key
where not observed.is_made;

delete from observed_entity
where observed_key in (select lapsed_name.observed_key from lapsed_name);

drop table observed_form;
