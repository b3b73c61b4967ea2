-- Decisions by people on entities: the decisions file as it was last replayed, and what it makes of mentions.

create table human_decision (
    line_number integer not null,
    decision varchar not null,
    entity_id varchar not null,
    part varchar not null,
    article varchar not null,
    target varchar not null,
    note varchar not null,
    decided_by varchar not null,
    decided_at timestamp not null,
    superseded_by integer,
    target_id varchar,
    part_id varchar,
    alias_key varchar,
    status varchar not null,
    detail varchar not null
);
comment on table human_decision is
'A line of the decisions file, as it was last replayed: what people decided on entities, and what came of it';
comment on column human_decision.line_number is 'The line in the file; 1 is the heading';
comment on column human_decision.decision is 'merge, split, rename, retype, hide, show or link';
comment on column human_decision.entity_id is 'The entity it is on: dim_entity, or an id that it once had';
comment on column human_decision.part is
'Of a split: the alias, or the id of the name, that leaves the entity; empty for all of it';
comment on column human_decision.article is
'Of a split: article_id or external_id of the article in which it leaves; empty for all articles';
comment on column human_decision.target is 'The other entity, name, type or external id as it is written in the file';
comment on column human_decision.note is 'Why, in the words of who decided';
comment on column human_decision.decided_by is 'Who decided';
comment on column human_decision.decided_at is
'When (UTC); of two decisions on the same thing the later holds';
comment on column human_decision.superseded_by is
'Line of the later decision on the same thing; null where there is none';
comment on column human_decision.target_id is
'Of a merge or split: the entity_id that it leads to, made up where none is given; else null';
comment on column human_decision.part_id is 'Of a split: the id in part; null where it is an alias, or empty';
comment on column human_decision.alias_key is 'Of a split: name key of the alias in part; null likewise';
comment on column human_decision.status is
'applied, superseded (another line holds), or dangling (it is on something that is not here)';
comment on column human_decision.detail is 'What is missing where it is dangling; else empty';

-- Filled by changing the type: after an update, a column cannot be made not null in the same transaction.
alter table observed_entity add column is_made boolean;
alter table observed_entity alter column is_made set data type boolean using false;
alter table observed_entity alter column is_made set not null;
comment on column observed_entity.is_made is
'No article has it as a name: a person made it up, for a part that leaves an entity';

alter table resolution_decision add column alias_key varchar;
alter table resolution_decision alter column alias_key set data type varchar using '';
alter table resolution_decision alter column alias_key set not null;
comment on column resolution_decision.alias_key is
'The form of the name it holds for, as in fact_entity_mention.alias_key; empty for all forms';
comment on column resolution_decision.rule is
'Why: own_name where it stands for itself, human where people decided, else what links the two';
comment on table resolution_decision is
'Which entity an observed name means: in all articles (article_key -2), or in one, which goes before';
