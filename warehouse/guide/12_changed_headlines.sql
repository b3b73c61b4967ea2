-- Which headlines were changed after publication, and from what?
-- Versions are ordered by what the articles say of themselves; names that came or went are in added_names,
-- removed_names.

select
    changed_at,
    previous_headline,
    headline,
    word_change_count
from mart_versions
where is_headline_changed
order by changed_at
