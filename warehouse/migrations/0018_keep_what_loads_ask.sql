-- What a load asks of what was there, kept where it costs little to ask: what entities were placed by, and which of
-- them have to be placed anew; how many entities a version was counted with.

create table place_rules (
    rules_id varchar not null
);
comment on table place_rules is
'Internal. The rules and the gazetteer that all entities of dim_entity were placed by: one row';
comment on column place_rules.rules_id is 'Hash of both; with others all entities are placed anew';

create table unplaced_entity (
    entity_key bigint not null
);
comment on table unplaced_entity is
'Internal. Entities whose place may be another, as often as something near changed; empty in a published warehouse';
comment on column unplaced_entity.entity_key is 'The entity: dim_entity, unless it is no more';

alter table counted_version add column entity_count integer;
comment on column counted_version.entity_count is
'Entities it was counted with: of one that names many, only some are paired (fact_cooccurrence)';

update counted_version
set entity_count = (
    select count(*)
    from fact_article_entity as named
    where named.article_key = counted_version.article_key
);
