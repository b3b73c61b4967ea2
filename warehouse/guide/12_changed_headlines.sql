-- Which headlines were changed after publication, and from what?
-- Versions are ordered by what the articles say of themselves. Names that came or went in headline or body are in
-- added_names, removed_names.

select
    changed_at,
    previous_headline,
    headline,
    headline_added_names,
    headline_removed_names,
    word_change_count
from mart_versions
where is_headline_changed
order by changed_at
