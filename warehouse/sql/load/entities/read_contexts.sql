-- Grain: an ambiguous name x an article that has it and is compared x a candidate with which the article shares
-- companions, where those of some candidate weigh $least_weight or more.
-- Reads: ambiguous_candidate, recompared_name, near_month, context_month, context_mention. Writes: nothing.
-- A companion counts that an article of the same month, or of one beside it, has beside the candidate, and weighs one
-- divided by the number of candidates it is so beside: whom all know tells nothing. Of what a candidate is beside that
-- alone is kept which some article with the name has, too.

with ambiguous_mention as (
    select
        mention.observed_key,
        mention.article_key,
        mention.month_number
    from context_mention as mention
    semi join context_month as compared
        on mention.month_number = compared.month_number and compared.batch_number = $batch_number
    where mention.observed_key in (select ambiguous_candidate.observed_key from ambiguous_candidate)
),

named as (
    select mention.*
    from ambiguous_mention as mention
    semi join near_month
        on mention.observed_key = near_month.observed_key and mention.month_number = near_month.month_number
    union
    select mention.*
    from ambiguous_mention as mention
    semi join recompared_name as recompared on mention.observed_key = recompared.observed_key
),

company as (
    select distinct
        named.observed_key,
        named.article_key,
        named.month_number,
        beside.observed_key as companion_key
    from named
    inner join context_mention as beside on named.article_key = beside.article_key
    where beside.observed_key <> named.observed_key
),

telling_company as (
    select *
    from company
    qualify count(*) over (partition by observed_key, article_key) >= $least_weight
),

around as (
    select unnest([-1, 0, 1]) as months
),

wanted_company as (
    select distinct
        telling_company.observed_key,
        telling_company.companion_key,
        telling_company.month_number + around.months as month_number
    from telling_company
    cross join around
),

wanted_month as (
    select distinct
        observed_key,
        month_number
    from wanted_company
),

held as (
    select distinct
        candidate.observed_key,
        candidate.candidate_key,
        mention.article_key,
        mention.month_number
    from context_mention as mention
    inner join ambiguous_candidate as candidate on mention.observed_key = candidate.candidate_key
    semi join wanted_month
        on candidate.observed_key = wanted_month.observed_key and mention.month_number = wanted_month.month_number
),

candidate_company as (
    select distinct
        held.observed_key,
        held.candidate_key,
        held.month_number,
        beside.observed_key as companion_key
    from held
    inner join context_mention as beside on held.article_key = beside.article_key
    semi join wanted_company
        on
            held.observed_key = wanted_company.observed_key
            and held.month_number = wanted_company.month_number
            and beside.observed_key = wanted_company.companion_key
    where beside.observed_key <> held.candidate_key
),

shared_company as (
    select distinct
        telling_company.observed_key,
        telling_company.article_key,
        telling_company.companion_key,
        candidate_company.candidate_key
    from telling_company
    cross join around
    inner join candidate_company
        on
            telling_company.observed_key = candidate_company.observed_key
            and telling_company.companion_key = candidate_company.companion_key
            and telling_company.month_number + around.months = candidate_company.month_number
),

weighed as (
    select
        *,
        1 / count(*) over (partition by observed_key, article_key, companion_key) as weight
    from shared_company
),

context as (
    select
        observed_key,
        article_key,
        candidate_key,
        cast(count(*) as integer) as shared_companion_count,
        round(sum(weight), 6) as weight
    from weighed
    group by observed_key, article_key, candidate_key
)

select *
from context
qualify max(weight) over (partition by observed_key, article_key) >= $least_weight;
