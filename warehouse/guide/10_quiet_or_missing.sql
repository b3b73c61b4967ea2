-- Was there nothing on a day, or did nobody look?
-- A zero counts only where is_true_zero holds. What came as files is unrecorded: nobody knows what is missing.

select
    date,
    article_count,
    story_count,
    status,
    is_true_zero
from mart_source_daily
where source_id = 'quillbridge.example' and date between '2022-07-20' and '2022-07-22'
order by date
