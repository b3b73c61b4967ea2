-- Grain: a pair of wordings that are copies, of articles whose story may have changed.
-- Reads: story_article, article_wording, wording_pair. Writes: nothing.

select
    pair.wording_key_a,
    pair.wording_key_b
from wording_pair as pair
where
    pair.is_copy
    and pair.wording_key_a in (
        select article_wording.wording_key
        from article_wording
        semi join story_article on article_wording.article_id = story_article.article_id
    )
order by pair.wording_key_a, pair.wording_key_b;
