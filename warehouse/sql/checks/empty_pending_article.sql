-- Protects: nothing that changed was left uncounted.
-- Returns: the versions that were.

select article_key
from pending_article;
