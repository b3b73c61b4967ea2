-- Grain: an article, as often as its versions were loaded.
-- Reads: incoming_version. Writes: temporary touched_article (the articles whose story has to be looked at again).

create temp table if not exists touched_article (article_id varchar);

insert into touched_article
select distinct article_id
from incoming_version;
