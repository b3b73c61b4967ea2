-- Protects: field[start_char:end_char] = surface_text, for every mention.
-- Returns: the mentions that do not stand where they say.

select
    mention.article_key,
    mention.field,
    mention.start_char,
    mention.end_char,
    mention.surface_text
from fact_entity_mention as mention
inner join dim_article as article on mention.article_key = article.article_key
inner join article_body as body on mention.article_key = body.article_key
where
    mention.start_char < 0
    or mention.start_char >= mention.end_char
    or case mention.field
        when 'headline' then substr(article.headline, mention.start_char + 1, mention.end_char - mention.start_char)
        when 'body' then substr(body.body, mention.start_char + 1, mention.end_char - mention.start_char)
    end is distinct from mention.surface_text;
