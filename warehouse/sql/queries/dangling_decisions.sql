-- Grain: a decision of people on something that is not here.
-- Reads: human_decision. Writes: nothing.

select
    line_number,
    detail
from human_decision
where status = 'dangling'
order by line_number;
