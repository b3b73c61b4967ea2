-- Blocks are known by a number: a load looks through all of them several times, and numbers are found in a fifth of the
-- time that texts take. It is transforms.keys.compute_key of the block as it was written.

alter table observed_block rename to written_block;

create table observed_block (
    observed_key bigint not null,
    block_key bigint not null,
    kind varchar not null,
    is_asking boolean not null,
    is_asked boolean not null
);
comment on table observed_block is
'Internal. Names that share a block are compared: those that ask with those asked, others by their spelling';
comment on column observed_block.observed_key is 'The name: observed_entity';
comment on column observed_block.block_key is 'Hash of kind and key, as in surname:munir';
comment on column observed_block.kind is 'What its names have in common: name, surname, person, core, head and others';
comment on column observed_block.is_asking is 'The name may stand for others of the block';
comment on column observed_block.is_asked is 'Others of the block may stand for the name';

insert into observed_block by name
select
    observed_key,
    cast(
        cast('0x' || left(sha256(concat(strlen(block), ':', block)), 16) as ubigint) & 9223372036854775807 as bigint
    ) as block_key,
    split_part(block, ':', 1) as kind,
    is_asking,
    is_asked
from written_block;

drop table written_block;
