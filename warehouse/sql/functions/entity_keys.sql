-- The keys of the entities of a name, or of several names: a person may stand under two spellings that nobody has
-- merged yet, and adding up their counts would count an article that has both twice. A name that no entity has is an
-- error, not an answer of zeros: nobody can tell a slip of the pen, or 'FBI' where the entity is called by its full
-- name, from an entity that was not in the news. Several entities may have one name, of different types: all of them
-- are meant. Hidden ones are left out.
-- A name is looked for as it is given, with the apostrophes of a keyboard and with those of print. By no function of the
-- column: the table is laid out by name, and is read only where the name may be.
-- One name becomes a list of one by way of JSON: which overload is meant cannot be told inside another macro.
-- An aggregate, so that there is one row to raise the error on.
-- Reads: ascii_marks(), dim_entity. Defines: entity_keys(entity_name).

create or replace macro entity_keys(entity_name) as (
    with given as (
        select
            unnest(
                list_distinct(
                    cast(
                        case
                            when typeof(entity_name) like '%[]' then to_json(entity_name) else to_json([entity_name])
                        end as varchar []
                    )
                )
            ) as name
    ),

    spelt as (
        select
            name,
            unnest(list_distinct([name, ascii_marks(name), replace(ascii_marks(name), '''', '’')])) as spelling
        from given
    ),

    meant as (
        select
            spelt.name,
            list(entity.entity_key) filter (entity.entity_key is not null) as found_keys
        from spelt
        left join dim_entity as entity on spelt.spelling = entity.name and not entity.is_hidden
        group by spelt.name
    )

    select
        case
            when count(*) > 0 and count(*) = count(found_keys) then list_distinct(flatten(list(found_keys)))
            else
                error(
                    concat(
                        'no entity has the name ''',
                        min(name) filter (found_keys is null),
                        ''': look for it, in any form, with: from find_entity(''',
                        replace(min(name) filter (found_keys is null), '''', ''''''),
                        ''')'
                    )
                )
        end
    from meant
);

comment on macro entity_keys is
'entity_keys(''Russia''): the keys of the entities of this name, as a list, for where list_contains(entity_keys(''Russia''), '
'entity_key); of several names with entity_keys([''Bashar al-Assad'', ''Bashar Assad'']); an error when no entity has a '
'name. Other macros take names by it, one or a list';
