-- Grain: a text. Reads: chosen. Writes: nothing.

select distinct
    text_hash,
    cast(hash(text_hash) >> 1 as bigint) as wording_key,
    min(word_count) as word_count,
    list_transform(range(24), lambda number: cast(hash(text_hash, number) >> 1 as bigint)) as bands
from chosen
group by text_hash;
