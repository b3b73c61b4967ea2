-- Protects: each dimension has the members -1 unknown and -2 not applicable.
-- Returns: those that are missing.

with expected as (
    select
        listed.dimension,
        special.special_key
    from (
        values
        ('dim_date'), ('dim_source'), ('dim_article'), ('dim_entity'), ('dim_author'), ('dim_story'), ('dim_place')
    ) as listed (dimension)
    cross join (values (-1), (-2)) as special (special_key)
),

found as (
    select
        'dim_date' as dimension,
        date_key as special_key
    from dim_date
    where date_key < 0
    union all
    select
        'dim_source' as dimension,
        source_key as special_key
    from dim_source
    where source_key < 0
    union all
    select
        'dim_article' as dimension,
        article_key as special_key
    from dim_article
    where article_key < 0
    union all
    select
        'dim_entity' as dimension,
        entity_key as special_key
    from dim_entity
    where entity_key < 0
    union all
    select
        'dim_author' as dimension,
        author_key as special_key
    from dim_author
    where author_key < 0
    union all
    select
        'dim_story' as dimension,
        story_key as special_key
    from dim_story
    where story_key < 0
    union all
    select
        'dim_place' as dimension,
        place_key as special_key
    from dim_place
    where place_key < 0
)

select expected.*
from expected
anti join found on expected.dimension = found.dimension and expected.special_key = found.special_key;
