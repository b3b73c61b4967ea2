-- Places: where in the world the entities are that can be told.

create table dim_place (
    place_key bigint not null,
    name varchar not null,
    country_code varchar,
    latitude double,
    longitude double,
    geonames_id bigint,
    kind varchar not null,
    population bigint
);
comment on table dim_place is 'A place that some entity is. -1 unknown, -2 not applicable';
comment on column dim_place.place_key is 'Surrogate key; -1 unknown, -2 not applicable';
comment on column dim_place.name is 'Its name, as GeoNames has it; of a country as the entity is called';
comment on column dim_place.country_code is 'ISO 3166-1 alpha-2; null for the special members only';
comment on column dim_place.latitude is 'Degrees north, WGS 84; null for countries and states, which are no points';
comment on column dim_place.longitude is 'Degrees east, WGS 84; null for countries and states, which are no points';
comment on column dim_place.geonames_id is 'Durable key: its id in GeoNames; null for the special members only';
comment on column dim_place.kind is 'country, state (of the United States) or city';
comment on column dim_place.population is 'People who live there, as GeoNames has it; null where it does not say';

insert into dim_place values
(-1, '(unknown)', null, null, null, null, '(unknown)', null),
(-2, '(not applicable)', null, null, null, null, '(not applicable)', null);

alter table dim_entity add column place_rule varchar;
alter table dim_entity add column place_score double;
comment on column dim_entity.place_key is
'The place it is, or its country where only that can be told: dim_place; -1 unknown, or no place';
comment on column dim_entity.place_rule is
'Why: country, state, only_place (one has the name), weighed (one outweighs the others by population and by the '
'countries named beside it), country_only (the place cannot be told); null without a place';
comment on column dim_entity.place_score is 'How sure the rule is, 0 to 1; null without a place';
