-- What the totals count a version as, so that it can be taken off them again when it changes, without counting
-- everything anew.

create table counted_version (
    article_key bigint not null,
    story_key bigint not null,
    published_at timestamp
);
comment on table counted_version is
'Internal. The current version of an article as it was last counted: what is taken off the totals when it changes';
comment on column counted_version.article_key is 'The version: dim_article, unless it is pending and no more';
comment on column counted_version.story_key is 'The story it was counted for: dim_story';
comment on column counted_version.published_at is 'When it was published (UTC), as it was counted; null when not known';

-- What is pending was never counted: the totals do without it until it is.
insert into counted_version by name
select
    fact.article_key,
    fact.story_key,
    fact.published_at
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
anti join pending_article as pending on fact.article_key = pending.article_key
where article.is_current;
