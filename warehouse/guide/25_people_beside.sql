-- Which people stand in one sentence with an organisation?
-- Whom the model took for something else than a person is missing: look without the type, too.

select
    name,
    sentence_count
from companions('European Central Bank')
where entity_type = 'PERSON' and sentence_count > 0
order by sentence_count desc, name asc
