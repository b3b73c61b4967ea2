-- Grain: an observed name of an entity that has to be decided anew.
-- Reads: relinked_name, lapsed_name, decided_name, resolution_link, resolution_decision, observed_entity. Writes:
-- temporary entity_group; changed_entity: the entities of names that went, and of those that people decided on before;
-- those that are decided now, or were touched, come to them with the decisions. Links between names changed only where
-- a name was asked again: with all names of the entities that these were of, and that they are linked with now, no link
-- leads out.
-- "article_key < 0" says what "= -2" does, but DuckDB takes few decisions to be equal to something: it would hash all.

create or replace temp table regrouped_name as
select observed_key
from relinked_name
union
select linked_key
from resolution_link
where article_key < 0 and observed_key in (select relinked_name.observed_key from relinked_name);

create or replace temp table former_group as
select distinct entity_key
from resolution_decision
where article_key < 0 and observed_key in (select regrouped_name.observed_key from regrouped_name);

create or replace temp table entity_group as
with grouped as (
    select observed_key
    from regrouped_name
    union
    select observed_key
    from resolution_decision
    where article_key < 0 and entity_key in (select former_group.entity_key from former_group)
)

select observed.*
from observed_entity as observed
where observed.observed_key in (select grouped.observed_key from grouped);

create or replace temp table changed_entity as
with gone as (
    select observed_key
    from lapsed_name
    union
    select observed_key
    from decided_name
)

select observed_key as entity_key
from gone
union
select entity_key
from resolution_decision
where observed_key in (select gone.observed_key from gone);

drop table regrouped_name;

drop table former_group;
