-- Grain: article x author.
-- Reads: version_before. Writes: bridge_article_author: what replaced versions were signed with is read anew.

delete from bridge_article_author
where article_key in (select version_before.article_key from version_before);
