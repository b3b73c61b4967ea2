-- Grain: a name that several could be meant by x one of them.
-- Reads: affected_name, lapsed_name, ambiguous_candidate, recompared_name, near_month, date_month, fact_article.
-- Writes: observed_candidate: the candidates of the names that were asked; resolution_link: of these for single
-- articles what is not compared. A name that went from an article is near what changed.

create or replace temp table settled_link as
with held as (
    select
        observed_key,
        article_key
    from resolution_link
    where
        article_key >= 0
        and observed_key in (select ambiguous_candidate.observed_key from ambiguous_candidate)
        and observed_key not in (select recompared_name.observed_key from recompared_name)
),

dated as (
    select
        article_key,
        published_date_key
    from fact_article
    where article_key in (select held.article_key from held)
)

select
    held.observed_key,
    held.article_key
from held
inner join dated on held.article_key = dated.article_key
inner join date_month on dated.published_date_key = date_month.date_key
anti join near_month
    on held.observed_key = near_month.observed_key and date_month.month_number = near_month.month_number;

delete from resolution_link
where
    resolution_link.article_key >= 0
    and resolution_link.observed_key in (select affected_name.observed_key from affected_name)
    and not exists (
        select 1
        from settled_link as settled
        where
            settled.observed_key = resolution_link.observed_key
            and settled.article_key = resolution_link.article_key
    );

delete from observed_candidate
where
    observed_key in (select affected_name.observed_key from affected_name)
    or observed_key in (select lapsed_name.observed_key from lapsed_name);

insert into observed_candidate by name
select
    observed_key,
    candidate_key
from ambiguous_candidate
order by observed_key, candidate_key;

drop table settled_link;
