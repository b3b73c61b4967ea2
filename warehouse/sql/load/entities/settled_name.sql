-- Grain: an observed name that has to be asked again; mentions that came, or went.
-- Reads: nothing. Writes: temporary touched_name, named_change: all names are settled, and all entities counted.

delete from touched_name;
delete from named_change;
