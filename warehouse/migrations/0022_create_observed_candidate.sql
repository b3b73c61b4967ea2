-- Whose company was compared last with that of a name that several could be meant by: as long as these are the same,
-- its articles are looked at again only where they are of the months around what came or went.

create table observed_candidate (
    observed_key bigint not null,
    candidate_key bigint not null
);
comment on table observed_candidate is
'Internal. Names that several could be meant by, and who these are, as their company was last compared';
comment on column observed_candidate.observed_key is 'The name: observed_entity';
comment on column observed_candidate.candidate_key is 'One who could be meant: observed_entity';
