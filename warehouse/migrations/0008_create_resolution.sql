-- Who is meant across articles: names as texts have them, which never change; and decisions, that do.

create table observed_entity (
    observed_key bigint not null,
    observed_id varchar not null,
    entity_type varchar not null,
    name_key varchar not null,
    name varchar not null,
    country_code varchar,
    article_count integer not null
);
comment on table observed_entity is
'A name as articles have it: of one type, in its fullest form within an article. Whom it means: resolution_decision';
comment on column observed_entity.observed_key is 'Surrogate key of observed_id; an entity has the key of one of these';
comment on column observed_entity.observed_id is 'Durable key: <entity_type>:<name_key>';
comment on column observed_entity.entity_type is 'Label of the spaCy model (OntoNotes 5), such as PERSON, ORG, GPE';
comment on column observed_entity.name_key is 'What all spellings of the name share: no case, accents, punctuation';
comment on column observed_entity.name is
'The spelling most articles use; on a tie the longest, then the first in order';
comment on column observed_entity.country_code is 'ISO 3166-1 alpha-2 where it is a country; null otherwise';
comment on column observed_entity.article_count is 'Articles that have it, each counted once whatever its versions';

create table observed_alias (
    observed_key bigint not null,
    alias_key varchar not null,
    article_count integer not null
);
comment on table observed_alias is
'Internal. Another name that stands for an observed one within articles: evidence for articles that have it alone';
comment on column observed_alias.observed_key is 'The fuller name: observed_entity';
comment on column observed_alias.alias_key is 'Name key of the form that stands for it';
comment on column observed_alias.article_count is 'Articles in which it does, each counted once';

create table observed_block (
    observed_key bigint not null,
    block varchar not null,
    is_asking boolean not null,
    is_asked boolean not null
);
comment on table observed_block is 'Internal. Names that share a block are compared: those that ask with those asked';
comment on column observed_block.observed_key is 'The name: observed_entity';
comment on column observed_block.block is 'Kind and key, as in surname:munir';
comment on column observed_block.is_asking is 'The name may stand for others of the block';
comment on column observed_block.is_asked is 'Others of the block may stand for the name';

create table resolution_link (
    observed_key bigint not null,
    article_key bigint not null,
    linked_key bigint not null,
    rule varchar not null,
    score double not null,
    evidence varchar not null
);
comment on table resolution_link is
'Internal. What the rules say of a name by itself: which other it stands for, and why; no row: it stands for itself';
comment on column resolution_link.observed_key is 'The name: observed_entity';
comment on column resolution_link.article_key is 'The article it holds for: dim_article; -2 for all articles';
comment on column resolution_link.linked_key is 'The name it stands for: observed_entity; itself where it stands alone';
comment on column resolution_link.rule is 'As in resolution_decision';
comment on column resolution_link.score is 'As in resolution_decision';
comment on column resolution_link.evidence is 'As in resolution_decision';

create table resolution_decision (
    observed_key bigint not null,
    article_key bigint not null,
    entity_key bigint not null,
    linked_key bigint not null,
    rule varchar not null,
    score double not null,
    evidence varchar not null,
    resolver_version varchar not null,
    run_key bigint not null
);
comment on table resolution_decision is
'Which entity an observed name means: in all articles (article_key -2), or in one, which goes before';
comment on column resolution_decision.observed_key is 'The name: observed_entity';
comment on column resolution_decision.article_key is
'The article version it holds for: dim_article; -2 for all articles';
comment on column resolution_decision.entity_key is 'The entity: dim_entity';
comment on column resolution_decision.linked_key is
'The observed name it was linked with, nearer to the one the entity is named by; itself where it was with none';
comment on column resolution_decision.rule is 'Why: own_name where it stands for itself, else what links the two';
comment on column resolution_decision.score is 'How sure the rule is, 0 to 1';
comment on column resolution_decision.evidence is 'What the rule saw: counts, candidates, companions';
comment on column resolution_decision.resolver_version is 'Hash of the code that decided';
comment on column resolution_decision.run_key is
'Audit: the load that took the decision; when: started_at of dim_run';

-- Filled by changing the type: after an update, a column cannot be made not null in the same transaction.
alter table fact_entity_mention add column observed_key bigint;
alter table fact_entity_mention add column observed_rule varchar;
alter table fact_entity_mention add column observed_score double;
alter table fact_entity_mention add column alias_key varchar;
alter table fact_entity_mention alter column observed_key set data type bigint using entity_key;
alter table fact_entity_mention alter column observed_rule set data type varchar using resolution_rule;
alter table fact_entity_mention alter column observed_score set data type double using resolution_score;
alter table fact_entity_mention alter column alias_key set data type varchar using '';
alter table fact_entity_mention alter column observed_key set not null;
alter table fact_entity_mention alter column observed_rule set not null;
alter table fact_entity_mention alter column observed_score set not null;
alter table fact_entity_mention alter column alias_key set not null;
comment on column fact_entity_mention.observed_key is
'The fullest form of the name in this text: observed_entity. Never changes; entity_key says what is made of it';
comment on column fact_entity_mention.observed_rule is 'The rule that tied the span to the fullest form in its text';
comment on column fact_entity_mention.observed_score is 'How sure that rule is, 0 to 1';
comment on column fact_entity_mention.alias_key is
'Name key of the span itself; empty where the text was read before it was kept';
comment on column fact_entity_mention.entity_key is
'The entity it was resolved to, by the decision on observed_key: dim_entity; -1 unknown';
comment on column fact_entity_mention.resolution_rule is
'Why this entity: the rule of the decision where that led to another name, else observed_rule';
comment on column fact_entity_mention.resolution_score is
'How sure, 0 to 1: the lower of observed_score and the score of the decision';

alter table dim_entity add column first_seen_date date;
alter table dim_entity add column last_seen_date date;
alter table dim_entity add column article_count integer;
alter table dim_entity add column is_ambiguous boolean;
alter table dim_entity add column external_id varchar;
alter table dim_entity alter column article_count set data type integer using 0;
alter table dim_entity alter column is_ambiguous set data type boolean using false;
alter table dim_entity alter column article_count set not null;
alter table dim_entity alter column is_ambiguous set not null;
comment on column dim_entity.entity_id is
'Durable key: observed_id of one of its names. What it was before entities became one: entity_redirect';
comment on column dim_entity.name is
'The name most articles use, of a person one with a given name; on a tie the longest, then the first in order';
comment on column dim_entity.first_seen_date is 'First day (UTC) an article with it was published; null when undated';
comment on column dim_entity.last_seen_date is 'Last day (UTC) an article with it was published; null when undated';
comment on column dim_entity.article_count is 'Articles that mention it, each counted once whatever its versions';
comment on column dim_entity.is_ambiguous is 'A short name of several entities, in articles that do not tell which';
comment on column dim_entity.external_id is 'Its id elsewhere, such as Wikidata''s; null when not known';

insert into observed_entity by name
select
    entity_key as observed_key,
    entity_id as observed_id,
    entity_type,
    substr(entity_id, length(entity_type) + 2) as name_key,
    name,
    country_code,
    0 as article_count
from dim_entity
where entity_key >= 0;

create view entity_redirect as
select
    observed.observed_id as entity_id,
    entity.entity_key as current_entity_key,
    entity.entity_id as current_entity_id,
    entity.name,
    decision.rule,
    decision.score
from observed_entity as observed
inner join resolution_decision as decision
    on observed.observed_key = decision.observed_key and decision.article_key = -2
inner join dim_entity as entity on decision.entity_key = entity.entity_key;
comment on view entity_redirect is
'Where an entity_id leads now: every id that an entity ever had, as long as some article has the name';
comment on column entity_redirect.entity_id is 'An id, of an entity that may since have become one with another';
comment on column entity_redirect.current_entity_key is 'The entity it is part of now: dim_entity';
comment on column entity_redirect.current_entity_id is 'Its id';
comment on column entity_redirect.name is 'Its name';
comment on column entity_redirect.rule is 'The rule of the last step of the way: resolution_decision';
comment on column entity_redirect.score is 'How sure that rule is, 0 to 1';
