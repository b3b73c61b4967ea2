-- Under which name do I find a person?
-- Start here: other questions take the name as dim_entity has it. Case and accents do not count, a part is enough.

select
    name,
    entity_type,
    article_count,
    aliases
from find_entity('erdogan')
