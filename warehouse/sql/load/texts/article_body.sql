-- Grain: a version of an article.
-- Reads: text_target, incoming_text. Writes: article_body.

delete from article_body
where article_key in (select text_target.article_key from text_target);

insert into article_body by name
select
    text_target.article_key,
    incoming.body
from text_target
inner join incoming_text as incoming on text_target.text_number = incoming.text_number;
