-- Protects: every row of the bridge joins a version and an author, and every author signed something.
-- Returns: the rows and the authors alone.

select
    'no article' as problem,
    bridge.article_key as key_found
from bridge_article_author as bridge
anti join dim_article as article on bridge.article_key = article.article_key and article.article_key >= 0
union all
select
    'no author' as problem,
    bridge.author_key as key_found
from bridge_article_author as bridge
anti join dim_author as author on bridge.author_key = author.author_key
union all
select
    'no byline' as problem,
    author.author_key as key_found
from dim_author as author
anti join bridge_article_author as bridge on author.author_key = bridge.author_key
where author.author_key >= 0;
