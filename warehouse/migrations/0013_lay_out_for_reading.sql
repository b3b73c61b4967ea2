-- What questions read most is where they look for it, so that a million articles answer as fast as a thousand.

-- Which version is the current one stands beside the facts: without it every count of articles would join dim_article,
-- of a million rows, for one bit of each. Filled after the constraint: a table that was updated cannot be altered in
-- the same transaction.
alter table fact_article add column is_current_version boolean default true;
alter table fact_article alter column is_current_version set not null;
update fact_article
set is_current_version = article.is_current
from dim_article as article
where fact_article.article_key = article.article_key and not article.is_current;
comment on column fact_article.is_current_version is 'The latest version of its article, as in dim_article';

-- The same for who is named in which article, which is what articles are counted with: a question for one entity needs
-- no other table. Written as a new table: an update of all rows of a large one needs more memory than there is.
create table counted_entity (
    article_key bigint not null,
    entity_key bigint not null,
    source_key bigint not null,
    published_date_key integer not null,
    mention_count integer not null,
    sentence_count integer not null,
    is_in_headline boolean not null,
    story_key bigint not null,
    is_current_version boolean not null,
    is_duplicate boolean not null
);

insert into counted_entity by name
select
    held.*,
    fact.story_key,
    fact.is_current_version,
    fact.is_duplicate
from fact_article_entity as held
inner join fact_article as fact on held.article_key = fact.article_key
order by held.entity_key, held.published_date_key;

drop table fact_article_entity;
alter table counted_entity rename to fact_article_entity;
comment on table fact_article_entity is
'Grain: a version of an article x an entity it names, however often: what to count articles with';
comment on column fact_article_entity.article_key is 'The version: dim_article';
comment on column fact_article_entity.entity_key is 'The entity: dim_entity';
comment on column fact_article_entity.source_key is 'The outlet, as in fact_article: dim_source';
comment on column fact_article_entity.published_date_key is 'The day, as in fact_article: dim_date; -1 unknown';
comment on column fact_article_entity.mention_count is 'Rows of fact_entity_mention of the entity in this version';
comment on column fact_article_entity.sentence_count is 'Sentences that name it, the headline counted as one';
comment on column fact_article_entity.is_in_headline is 'The headline names it';
comment on column fact_article_entity.story_key is 'The story, as in fact_article: dim_story';
comment on column fact_article_entity.is_current_version is 'The latest version of its article, as in fact_article';
comment on column fact_article_entity.is_duplicate is 'A reprint, as in fact_article';

-- What find_entity looks in: to fold a million names takes a second each time.
alter table dim_entity add column folded_name varchar;
alter table dim_entity alter column folded_name set data type varchar using strip_accents(lower(name));
alter table dim_entity alter column folded_name set not null;
comment on column dim_entity.folded_name is 'name in lower case without accents, to look for';

alter table entity_alias add column folded_alias varchar;
alter table entity_alias alter column folded_alias set data type varchar using strip_accents(lower(alias));
alter table entity_alias alter column folded_alias set not null;
comment on column entity_alias.folded_alias is 'alias in lower case without accents, to look for';

create table source_day_total (
    source_key bigint not null,
    date_key integer not null,
    article_count integer not null,
    story_count integer not null,
    duplicate_count integer not null,
    named_article_count integer not null,
    mention_count integer not null
);
comment on table source_day_total is
'Internal. Counts of an outlet on a day over the current versions of all articles: what shares are shares of';
comment on column source_day_total.source_key is 'The current version of the outlet: dim_source';
comment on column source_day_total.date_key is 'Day (UTC) of publication: dim_date; -1 for undated articles';
comment on column source_day_total.article_count is 'Articles of the outlet and day';
comment on column source_day_total.story_count is 'Stories these are of';
comment on column source_day_total.duplicate_count is 'Those among them that are reprints: fact_article.is_duplicate';
comment on column source_day_total.named_article_count is 'Those among them that name anybody';
comment on column source_day_total.mention_count is 'Mentions in these';
