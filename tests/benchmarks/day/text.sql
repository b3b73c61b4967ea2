-- Grain: a text. Reads: chosen, article_body. Writes: nothing.

select distinct on (chosen.text_hash)
    chosen.text_hash, chosen.headline, body.body, chosen.language_code
from chosen
inner join article_body as body on chosen.former_key = body.article_key
order by chosen.text_hash, chosen.article_key;
