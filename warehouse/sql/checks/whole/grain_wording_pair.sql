-- Protects: a row of wording_pair is a pair of wordings, the smaller key first; a row of wording_band a band of one.
-- Returns: the pairs and bands that are there twice, the pairs in the wrong order.

select
    wording_key_a as first_key,
    wording_key_b as second_key,
    count(*) as row_count
from wording_pair
group by wording_key_a, wording_key_b
having count(*) > 1 or wording_key_a >= wording_key_b
union all
select
    wording_key as first_key,
    band_hash as second_key,
    count(*) as row_count
from wording_band
group by wording_key, band_hash
having count(*) > 1;
