-- Names of near spelling are one where they keep the same company. To count it is most of what names cost a load, and
-- nearly all of them are found to keep another: so what was counted is kept, as far as it still tells that.

create table observed_company (
    observed_key bigint not null,
    near_key bigint not null,
    least_companion_count integer not null,
    most_shared_companion_count integer not null
);
comment on table observed_company is
'Internal. What is known of the company of two names of near spelling since it was last counted: limits, and no '
'contents, as they depend on when that was';
comment on column observed_company.observed_key is 'The name that asks: observed_entity';
comment on column observed_company.near_key is 'One that is spelt much like it: observed_entity';
comment on column observed_company.least_companion_count is 'Names that some article has beside the first, or fewer';
comment on column observed_company.most_shared_companion_count is
'Names that are beside both, or more: what articles that came since may have added is in it';
