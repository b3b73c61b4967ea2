-- Grain: the one row there is.
-- Reads: byline_rules, dim_source. Writes: byline_rules, and bridge_article_author: nothing is left of what other rules
-- read; temporary changed_author: all; changed_outlet: all, whose articles with an author may be others; the variable
-- watermark_byline.

create temp table if not exists changed_author (author_key bigint);

insert into changed_author
select author_key
from dim_author
where $rules_id not in (select byline_rules.rules_id from byline_rules);

delete from bridge_article_author
where $rules_id not in (select byline_rules.rules_id from byline_rules);

insert into changed_outlet
select distinct
    source_id,
    date '1900-01-01' as since_date
from dim_source
where $rules_id not in (select byline_rules.rules_id from byline_rules);

-- The first row of dim_article whose byline may be unread: what was there before this connection was read, unless the
-- rules are others, on this connection for good (warehouse/watermarks.py).
set variable watermark_byline = (
    select
        case
            when $rules_id in (select byline_rules.rules_id from byline_rules)
                then coalesce(getvariable('watermark_byline'), getvariable('watermark_dim_article'), 0)
            else 0
        end
);

delete from byline_rules;

insert into byline_rules values ($rules_id);
