-- Who is named in which article, and together with whom; and the counts that marts would take too long to make when
-- they are asked. The marts themselves: warehouse/sql/marts.

create table fact_article_entity (
    article_key bigint not null,
    entity_key bigint not null,
    source_key bigint not null,
    published_date_key integer not null,
    mention_count integer not null,
    sentence_count integer not null,
    is_in_headline boolean not null
);
comment on table fact_article_entity is
'Grain: a version of an article x an entity it names, however often: what to count articles with';
comment on column fact_article_entity.article_key is 'The version: dim_article';
comment on column fact_article_entity.entity_key is 'The entity: dim_entity';
comment on column fact_article_entity.source_key is 'The outlet, as in fact_article: dim_source';
comment on column fact_article_entity.published_date_key is 'The day, as in fact_article: dim_date; -1 unknown';
comment on column fact_article_entity.mention_count is 'Rows of fact_entity_mention of the entity in this version';
comment on column fact_article_entity.sentence_count is 'Sentences that name it, the headline counted as one';
comment on column fact_article_entity.is_in_headline is 'The headline names it';

create table fact_cooccurrence (
    article_key bigint not null,
    entity_key_a bigint not null,
    entity_key_b bigint not null,
    source_key bigint not null,
    published_date_key integer not null,
    sentence_count integer not null
);
comment on table fact_cooccurrence is
'Grain: a version of an article x two entities it names; in one that names more than 150, the 150 it names most often';
comment on column fact_cooccurrence.article_key is 'The version: dim_article';
comment on column fact_cooccurrence.entity_key_a is 'The entity with the smaller key: dim_entity';
comment on column fact_cooccurrence.entity_key_b is 'The other, never the same: dim_entity';
comment on column fact_cooccurrence.source_key is 'The outlet, as in fact_article: dim_source';
comment on column fact_cooccurrence.published_date_key is 'The day, as in fact_article: dim_date; -1 unknown';
comment on column fact_cooccurrence.sentence_count is
'Sentences, the headline counted as one, that name both; 0 where both are in the article, never in one sentence';

create table entity_total (
    entity_key bigint not null,
    article_count integer not null,
    story_count integer not null,
    mention_count integer not null,
    first_date_key integer not null,
    last_date_key integer not null,
    first_article_key bigint not null
);
comment on table entity_total is
'Internal. Counts of an entity over the current versions of all articles: behind mart_new_entity, mart_cooccurrence';
comment on column entity_total.entity_key is 'The entity: dim_entity';
comment on column entity_total.article_count is 'Articles whose current version names it';
comment on column entity_total.story_count is 'Stories these are of';
comment on column entity_total.mention_count is 'Its mentions in these';
comment on column entity_total.first_date_key is 'Day (UTC) the first of these was published; -1 when none is dated';
comment on column entity_total.last_date_key is 'Day (UTC) the last of these was published; -1 when none is dated';
comment on column entity_total.first_article_key is
'The first of these that is dated, on a tie the one with the smaller key: dim_article; -1 when none is dated';

create table entity_day_total (
    entity_key bigint not null,
    date_key integer not null,
    article_count integer not null,
    story_count integer not null,
    mention_count integer not null,
    article_week_count integer not null,
    story_week_count integer not null
);
comment on table entity_day_total is
'Internal. Counts of an entity on a day over the current versions of all articles: behind mart_entity_daily';
comment on column entity_day_total.entity_key is 'The entity: dim_entity';
comment on column entity_day_total.date_key is 'Day (UTC) of publication: dim_date';
comment on column entity_day_total.article_count is 'Articles of the day whose current version names it';
comment on column entity_day_total.story_count is 'Stories these are of';
comment on column entity_day_total.mention_count is 'Its mentions in these';
comment on column entity_day_total.article_week_count is 'article_count of the day and the six before, summed';
comment on column entity_day_total.story_week_count is 'story_count of the day and the six before, summed';

create table pair_total (
    entity_key_a bigint not null,
    entity_key_b bigint not null,
    article_count integer not null,
    story_count integer not null,
    sentence_count integer not null,
    first_date_key integer not null,
    last_date_key integer not null
);
comment on table pair_total is
'Internal. Counts of two entities over the current versions of all articles, of two articles at least; '
'behind mart_cooccurrence';
comment on column pair_total.entity_key_a is 'The entity with the smaller key: dim_entity';
comment on column pair_total.entity_key_b is 'The other: dim_entity';
comment on column pair_total.article_count is 'Articles whose current version names both';
comment on column pair_total.story_count is 'Stories these are of';
comment on column pair_total.sentence_count is 'Sentences of these that name both';
comment on column pair_total.first_date_key is 'Day (UTC) the first of these was published; -1 when none is dated';
comment on column pair_total.last_date_key is 'Day (UTC) the last of these was published; -1 when none is dated';

create table pending_article (
    article_key bigint not null
);
comment on table pending_article is
'Internal. Versions that have to be counted anew, as often as they changed; empty in a published warehouse';
comment on column pending_article.article_key is 'The version: dim_article, unless it is no more';

-- The load that brings a file to this schema counts all that it has.
insert into pending_article by name
select article_key from fact_article;
