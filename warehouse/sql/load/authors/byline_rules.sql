-- Grain: the one row there is.
-- Reads: byline_rules. Writes: byline_rules, and bridge_article_author: nothing is left of what other rules read.

delete from bridge_article_author
where $rules_id not in (select byline_rules.rules_id from byline_rules);

delete from byline_rules;

insert into byline_rules values ($rules_id);
