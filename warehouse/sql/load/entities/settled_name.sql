-- Grain: an observed name, as often as its mentions changed.
-- Reads: nothing. Writes: temporary touched_name: all names are settled.

delete from touched_name;
