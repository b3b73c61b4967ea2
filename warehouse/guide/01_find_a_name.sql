-- Under which name do I find a person?
-- Start here: other questions take the name as dim_entity has it. A part is enough; case, accents
-- and the shape of apostrophes do not count.

select
    name,
    entity_type,
    article_count,
    aliases
from find_entity('erdogan')
