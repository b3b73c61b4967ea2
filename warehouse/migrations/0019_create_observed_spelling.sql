-- Which names are spelt much alike: found once, when a name is new, as no load changes how it is spelt.

create table observed_spelling (
    observed_key bigint not null,
    near_key bigint not null
);
comment on table observed_spelling is
'Internal. Names of which one may be a misspelling of the other, both ways round: those of a block "spelling" that '
'differ in a letter, or long ones in two';
comment on column observed_spelling.observed_key is 'The name: observed_entity';
comment on column observed_spelling.near_key is 'The other: observed_entity';
comment on table observed_block is
'Internal. Names that share a block are compared: those that ask with those asked, others by their spelling';
