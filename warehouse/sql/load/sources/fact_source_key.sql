-- Grain: a version of an article, and its spans.
-- Reads: moved_fact. Writes: fact_article.source_key, fact_entity_mention.source_key of a batch; pending_article.

create or replace temp table batch_fact as
select
    article_key,
    source_key
from moved_fact
where batch_number = $batch_number;

update fact_article
set source_key = batch_fact.source_key
from batch_fact
where fact_article.article_key = batch_fact.article_key;

insert into pending_article by name
select article_key from batch_fact;

update fact_entity_mention
set source_key = batch_fact.source_key
from batch_fact
where fact_entity_mention.article_key = batch_fact.article_key;

drop table batch_fact;
