-- Grain: an observed name, for all articles or for one.
-- Reads: incoming_link, name_pair. Writes: resolution_link; temporary doubtful_pair: of the names that came in doubt.

insert into resolution_link by name
select * from incoming_link;

insert into doubtful_pair by name
select
    observed_key,
    candidate_key,
    kinds
from name_pair
where
    observed_key in (
        select incoming_link.observed_key
        from incoming_link
        where incoming_link.rule = 'ambiguous'
    );
