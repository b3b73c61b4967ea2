-- The keys of the entities of a name. A name that no entity has is an error, not an answer of zeros: nobody can tell
-- a slip of the pen, or 'FBI' where the entity is called by its full name, from an entity that was not in the news.
-- Several entities may have one name, of different types: all of them are meant. Hidden ones are left out.
-- An aggregate, so that there is one row to raise the error on.
-- Reads: dim_entity. Defines: entity_keys(entity_name).

create or replace macro entity_keys(entity_name) as (
    select
        case
            when count(*) > 0 then list(entity_key)
            else
                error(
                    concat(
                        'no entity has the name ''',
                        entity_name,
                        ''': look for it, in any form, with: from find_entity(''',
                        replace(entity_name, '''', ''''''),
                        ''')'
                    )
                )
        end
    from dim_entity
    where name = entity_name and not is_hidden
);

comment on macro entity_keys is
'entity_keys(''Russia''): the keys of the entities of this name, as a list, for where list_contains(entity_keys(''Russia''), '
'entity_key); an error when no entity has the name. Other macros take names by it';
