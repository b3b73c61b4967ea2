-- Grain: a name that several could be meant by x one of them.
-- Reads: affected_name, lapsed_name, ambiguous_candidate, ambiguous_article. Writes: observed_candidate: the candidates
-- of the names that were asked; resolution_link: of these for single articles what is not compared; ambiguous_article:
-- what is.

delete from resolution_link
where
    resolution_link.article_key >= 0
    and resolution_link.observed_key in (select affected_name.observed_key from affected_name)
    and not exists (
        select 1
        from ambiguous_article as settled
        where
            settled.observed_key = resolution_link.observed_key
            and settled.article_key = resolution_link.article_key
            and not settled.is_compared
    );

delete from ambiguous_article
where not is_compared;

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
