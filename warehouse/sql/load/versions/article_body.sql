-- Grain: a version of an article.
-- Reads: stale_text, carried_text, article_body. Writes: article_body.

create or replace temp table carried_body as
select
    carried_text.article_key,
    article_body.body
from carried_text
inner join article_body on carried_text.donor_key = article_body.article_key;

delete from article_body
where article_key in (select stale_text.article_key from stale_text);

insert into article_body by name
select * from carried_body;

drop table carried_body;
