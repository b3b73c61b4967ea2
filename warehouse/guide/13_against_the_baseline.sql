-- Is an entity in the news more than it was before?
-- Each day against the mean of the sixty before it, days without an article counted as zero.

select
    date,
    story_count,
    round(story_baseline_mean, 4) as story_baseline_mean,
    round(story_baseline_ratio, 2) as story_baseline_ratio
from entity_trend('Turkey', '2023-05-27', '2023-05-29', baseline_days := 60)
