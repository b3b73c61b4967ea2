-- Grain: article x author.
-- Reads: version_before. Writes: bridge_article_author: what replaced versions were signed with is read anew; temporary
-- changed_author.

create temp table if not exists changed_author (author_key bigint);

insert into changed_author
select distinct author_key
from bridge_article_author
where article_key in (select version_before.article_key from version_before);

delete from bridge_article_author
where article_key in (select version_before.article_key from version_before);
