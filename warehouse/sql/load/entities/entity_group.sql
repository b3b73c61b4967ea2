-- Grain: an observed name of an entity that has to be decided anew.
-- Reads: relinked_name, lapsed_name, resolution_link, resolution_decision, observed_entity. Writes: temporary
-- entity_group, changed_entity (the entities these names were of, or may become). Links between names changed only
-- where a name was asked again: with all names of the entities that these were of, and that they are linked with now,
-- no link leads out.

create or replace temp table entity_group as
with changed as (
    select observed_key
    from relinked_name
    union
    select link.linked_key
    from resolution_link as link
    semi join relinked_name as relinked on link.observed_key = relinked.observed_key
    where link.article_key = -2
),

former as (
    select distinct decision.entity_key
    from resolution_decision as decision
    semi join changed on decision.observed_key = changed.observed_key
    where decision.article_key = -2
),

grouped as (
    select observed_key
    from changed
    union
    select decision.observed_key
    from resolution_decision as decision
    semi join former on decision.entity_key = former.entity_key
    where decision.article_key = -2
)

select observed.*
from observed_entity as observed
where observed.observed_key in (select grouped.observed_key from grouped);

create or replace temp table changed_entity as
select observed_key as entity_key
from entity_group
union
select observed_key
from lapsed_name
union
select decision.entity_key
from resolution_decision as decision
where
    decision.observed_key in (
        select entity_group.observed_key from entity_group
        union
        select lapsed_name.observed_key from lapsed_name
    );
