-- What questions read most is where they look for it, so that a million articles answer as fast as a thousand.

-- Which version is the current one stands beside the facts: without it every count of articles would join dim_article,
-- of a million rows, for one bit of each. Filled after the constraint: a table that was updated cannot be altered in
-- the same transaction.
alter table fact_article add column is_current boolean default true;
alter table fact_article alter column is_current set not null;
update fact_article
set is_current = article.is_current
from dim_article as article
where fact_article.article_key = article.article_key and not article.is_current;
comment on column fact_article.is_current is 'The latest version of its article, as in dim_article';

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
