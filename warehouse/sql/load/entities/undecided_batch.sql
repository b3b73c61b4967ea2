-- Grain: as undecided_pair.
-- Reads: undecided_pair. Writes: temporary undecided_batch, numbered in batches of askers; undecided_pair: it is empty.

create or replace temp table undecided_batch as
select
    *,
    (dense_rank() over (order by observed_key) - 1) // $batch_asker_count as batch_number
from undecided_pair;

delete from undecided_pair;
