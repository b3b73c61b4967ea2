-- Grain: an observed name x a block it is in.
-- Reads: incoming_block. Writes: observed_block.

insert into observed_block by name
select * from incoming_block;
