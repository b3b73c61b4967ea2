-- Grain: a name that is not decided yet x a name it may stand for.
-- Reads: incoming_undecided, name_pair, pair_company. Writes: temporary undecided_pair: with all that it may stand for,
-- and what is known of the company of both.

insert into undecided_pair by name
select
    pair.observed_key,
    pair.candidate_key,
    pair.kinds,
    pair.alias_article_count,
    company.shared_article_count,
    company.companion_count,
    company.candidate_companion_count,
    company.shared_companion_count,
    wanted.observed_key is not null as is_wanted
from name_pair as pair
left join incoming_undecided as wanted
    on pair.observed_key = wanted.observed_key and pair.candidate_key = wanted.candidate_key
left join pair_company as company
    on pair.observed_key = company.observed_key and pair.candidate_key = company.candidate_key
where pair.observed_key in (select incoming_undecided.observed_key from incoming_undecided);
