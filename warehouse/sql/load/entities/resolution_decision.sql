-- Grain: an observed name, for all articles or, in all its forms or in one, for one article.
-- Reads: incoming_decision, lapsed_name, touched_name, article_link. Writes: resolution_decision; temporary
-- changed_entity, with the entities that names are of now; temporary redecided_name: the names whose mentions have to
-- follow, which those of a decision with other evidence for the same need not. A decision that stays as it was keeps
-- the run that took it.

create or replace temp table new_decision as
select
    observed_key,
    cast(-2 as bigint) as article_key,
    '' as alias_key,
    entity_key,
    linked_key,
    rule,
    score,
    evidence
from incoming_decision
union all by name
select
    link.observed_key,
    link.article_key,
    link.alias_key,
    coalesce(incoming.entity_key, held.entity_key) as entity_key,
    link.linked_key,
    link.rule,
    link.score,
    link.evidence
from article_link as link
left join incoming_decision as incoming on link.linked_key = incoming.observed_key
left join resolution_decision as held on link.linked_key = held.observed_key and held.article_key = -2;

create or replace temp table decided_key as
select observed_key
from incoming_decision
union
select observed_key
from lapsed_name;

create or replace temp table stale_decision as
with held as (
    select *
    from resolution_decision
    where article_key < 0 and observed_key in (select decided_key.observed_key from decided_key)
    union all
    select *
    from resolution_decision
    where article_key >= 0
)

select
    held.observed_key,
    held.article_key,
    held.alias_key,
    held.entity_key,
    held.rule,
    held.score
from held
left join new_decision as given
    on
        held.observed_key = given.observed_key
        and held.article_key = given.article_key
        and held.alias_key = given.alias_key
where
    case
        when given.observed_key is not null
            then
                (given.entity_key, given.linked_key, given.rule, given.score, given.evidence, $resolver_version)
                is distinct from
                (held.entity_key, held.linked_key, held.rule, held.score, held.evidence, held.resolver_version)
        else held.article_key >= 0 or held.observed_key in (select lapsed_name.observed_key from lapsed_name)
    end;

delete from resolution_decision
using stale_decision
where
    resolution_decision.observed_key = stale_decision.observed_key
    and resolution_decision.article_key = stale_decision.article_key
    and resolution_decision.alias_key = stale_decision.alias_key;

create or replace temp table fresh_decision as
select given.*
from new_decision as given
anti join resolution_decision as held
    on
        given.observed_key = held.observed_key
        and given.article_key = held.article_key
        and given.alias_key = held.alias_key;

insert into resolution_decision by name
select
    *,
    cast($resolver_version as varchar) as resolver_version,
    cast($run_key as bigint) as run_key
from fresh_decision
order by observed_key, article_key, alias_key;

create or replace temp table redecided_name as
select distinct coalesce(fresh.observed_key, stale.observed_key) as observed_key
from stale_decision as stale
full join fresh_decision as fresh
    on
        stale.observed_key = fresh.observed_key
        and stale.article_key = fresh.article_key
        and stale.alias_key = fresh.alias_key
where (stale.entity_key, stale.rule, stale.score) is distinct from (fresh.entity_key, fresh.rule, fresh.score);

insert into changed_entity
select entity_key
from stale_decision
union
select entity_key
from incoming_decision
union
select decision.entity_key
from resolution_decision as decision
where
    decision.observed_key in (
        select redecided_name.observed_key from redecided_name
        union
        select touched_name.observed_key from touched_name
    );

drop table decided_key;
