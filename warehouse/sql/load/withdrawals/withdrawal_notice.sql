-- Grain: article_id x source_id x external_id x method x stated_at x ingested_uri x raw_hash; the first of several.
-- Reads: incoming_withdrawal, withdrawal_notice. Writes: withdrawal_notice.

create or replace temp table kept_notice as
with candidate as (
    select known.*
    from withdrawal_notice as known
    union all by name
    select
        incoming.* replace (
            cast(incoming.stated_at as timestamp) as stated_at,
            cast(incoming.ingested_at as timestamp) as ingested_at
        )
    from incoming_withdrawal as incoming
)

select
    candidate.* exclude (ingested_at),
    min(candidate.ingested_at) as ingested_at
from candidate
group by all;

delete from withdrawal_notice;

insert into withdrawal_notice by name
select * from kept_notice;
