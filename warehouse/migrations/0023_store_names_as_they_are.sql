-- Names are stored as they are, not compressed: who looks for one looks through many, and to unpack a name takes four
-- times as long as to compare it. The tables are written anew, in the order in which they are. (The linter knows no
-- compression of columns.)

create table written_dim_entity (  -- noqa: PRS
    entity_key bigint not null,
    entity_id varchar not null,
    name varchar using compression uncompressed not null,
    entity_type varchar not null,
    country_code varchar,
    place_key bigint not null,
    is_hidden boolean not null,
    first_seen_date date,
    last_seen_date date,
    article_count integer not null,
    is_ambiguous boolean not null,
    external_id varchar,
    folded_name varchar using compression uncompressed not null,
    place_rule varchar,
    place_score double
);

insert into written_dim_entity by name
from dim_entity;

drop table dim_entity;
alter table written_dim_entity rename to dim_entity;
comment on table dim_entity is 'A person, organisation or other thing that is named. -1 unknown, -2 not applicable';
comment on column dim_entity.entity_key is 'Surrogate key; -1 unknown, -2 not applicable';
comment on column dim_entity.entity_id is
'Durable key: observed_id of one of its names. What it was before entities became one: entity_redirect';
comment on column dim_entity.name is
'The name most articles use, of a person one with a given name; on a tie the longest, then the first in order';
comment on column dim_entity.entity_type is 'Label of the spaCy model (OntoNotes 5), such as PERSON, ORG, GPE';
comment on column dim_entity.country_code is 'ISO 3166-1 alpha-2 where the entity is a country; null otherwise';
comment on column dim_entity.place_key is
'The place it is, or its country where only that can be told: dim_place; -1 unknown, or no place';
comment on column dim_entity.is_hidden is 'Left out of reports by a decision of the users';
comment on column dim_entity.first_seen_date is
'First day (UTC) an article with it was published, even if only a later version of it has the name; null when '
'undated';
comment on column dim_entity.last_seen_date is 'Last day (UTC) an article with it was published; null when undated';
comment on column dim_entity.article_count is 'Articles that mention it, each counted once whatever its versions';
comment on column dim_entity.is_ambiguous is 'A short name of several entities, in articles that do not tell which';
comment on column dim_entity.external_id is 'Its id elsewhere, such as Wikidata''s; null when not known';
comment on column dim_entity.folded_name is
'name in lower case without accents, with plain apostrophes, to look for: contains(folded_name, '
'folded(''O’Neill''))';
comment on column dim_entity.place_rule is
'Why: country, state, only_place (one has the name), weighed (one outweighs the others by population and by the '
'countries named beside it), country_only (the place cannot be told); null without a place';
comment on column dim_entity.place_score is 'How sure the rule is, 0 to 1; null without a place';

create table written_entity_alias (  -- noqa: PRS
    entity_key bigint not null,
    alias varchar using compression uncompressed not null,
    mention_count integer not null,
    rule varchar not null,
    folded_alias varchar using compression uncompressed not null
);

insert into written_entity_alias by name
from entity_alias;

drop table entity_alias;
alter table written_entity_alias rename to entity_alias;
comment on table entity_alias is 'A form under which an entity is mentioned: entity x surface form';
comment on column entity_alias.entity_key is 'The entity: dim_entity';
comment on column entity_alias.alias is 'The form as it stands in the texts';
comment on column entity_alias.mention_count is 'Mentions of the entity under this form, all versions of all articles';
comment on column entity_alias.rule is
'The strongest rule that tied form and entity: exact, alias, acronym, title, surname, others';
comment on column entity_alias.folded_alias is
'alias in lower case without accents, with plain apostrophes, to look for: contains(folded_alias, '
'folded(''O’Neill''))';

create table written_observed_entity (  -- noqa: PRS
    observed_key bigint not null,
    observed_id varchar not null,
    entity_type varchar not null,
    name_key varchar using compression uncompressed not null,
    name varchar using compression uncompressed not null,
    country_code varchar,
    article_count integer not null,
    is_made boolean not null
);

insert into written_observed_entity by name
from observed_entity;

drop table observed_entity;
alter table written_observed_entity rename to observed_entity;
comment on table observed_entity is
'A name as articles have it: of one type, in its fullest form within an article. Whom it means: '
'resolution_decision';
comment on column observed_entity.observed_key is 'Surrogate key of observed_id; an entity has the key of one of these';
comment on column observed_entity.observed_id is 'Durable key: <entity_type>:<name_key>';
comment on column observed_entity.entity_type is 'Label of the spaCy model (OntoNotes 5), such as PERSON, ORG, GPE';
comment on column observed_entity.name_key is 'What all spellings of the name share: no case, accents, punctuation';
comment on column observed_entity.name is
'The spelling most articles use; on a tie the longest, then the first in order';
comment on column observed_entity.country_code is 'ISO 3166-1 alpha-2 where it is a country; null otherwise';
comment on column observed_entity.article_count is 'Articles that have it, each counted once whatever its versions';
comment on column observed_entity.is_made is
'No article has it as a name: a person made it up, for a part that leaves an entity';

create table written_observed_alias (  -- noqa: PRS
    observed_key bigint not null,
    alias_key varchar using compression uncompressed not null,
    article_count integer not null
);

insert into written_observed_alias by name
from observed_alias;

drop table observed_alias;
alter table written_observed_alias rename to observed_alias;
comment on table observed_alias is
'Internal. Another name that stands for an observed one within articles: evidence for articles that have it alone';
comment on column observed_alias.observed_key is 'The fuller name: observed_entity';
comment on column observed_alias.alias_key is 'Name key of the form that stands for it';
comment on column observed_alias.article_count is 'Articles in which it does, each counted once';
