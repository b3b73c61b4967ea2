-- Names are looked for whatever the shape of their apostrophes, as they are whatever their case and accents.

update dim_entity
set folded_name = strip_accents(lower(translate(name, '‘’‛ʼʻʾʿ′´', '''''''''''''''''''')))
where translate(folded_name, '‘’‛ʼʻʾʿ′´', '') <> folded_name;

update entity_alias
set folded_alias = strip_accents(lower(translate(alias, '‘’‛ʼʻʾʿ′´', '''''''''''''''''''')))
where translate(folded_alias, '‘’‛ʼʻʾʿ′´', '') <> folded_alias;

comment on column dim_entity.folded_name is
'name in lower case without accents, with plain apostrophes, to look for: contains(folded_name, folded(''O’Neill''))';
comment on column entity_alias.folded_alias is
'alias in lower case without accents, with plain apostrophes, to look for: contains(folded_alias, folded(''O’Neill''))';
