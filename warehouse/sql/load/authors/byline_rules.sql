-- Grain: the one row there is.
-- Reads: byline_rules. Writes: byline_rules, and bridge_article_author: nothing is left of what other rules read.

delete from bridge_article_author
where not exists (select 1 from byline_rules where byline_rules.rules_id = $rules_id);

delete from byline_rules;

insert into byline_rules (rules_id)
select $rules_id as rules_id;
