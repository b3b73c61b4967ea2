-- Which places belong together, more than their fame explains?
-- NPMI is high for rare names by nature: ask for some stories. Each pair is there once, in the order of its keys.

select
    least(name_a, name_b) as place,
    greatest(name_a, name_b) as other_place,
    article_count,
    round(npmi_ratio, 2) as npmi_ratio
from mart_cooccurrence
where story_count >= 2 and entity_type_a = 'GPE' and entity_type_b = 'GPE'
order by npmi_ratio desc, place asc, other_place asc
