-- Is an entity in the news more than it was before?
-- Each day against the mean of the sixty before it, days without an article counted as zero.
-- Twice as many on a day with twice the articles is no news: article_ratio and article_baseline_ratio are the shares.

select
    date,
    story_count,
    round(story_baseline_mean, 4) as story_baseline_mean,
    round(story_baseline_ratio, 2) as story_baseline_ratio
from entity_trend('Turkey', '2023-05-27', '2023-05-29', baseline_days := 60)
