"""What to do about a wrong name in a query, for those who do not know the schema by heart.

The database names similar columns of the tables asked. In a star the column is mostly right, and in another table: of
that name, or as the ``name`` of the dimension that it says (source_name: dim_source). Else it is what others call a
column (title: headline). Of a macro that is called wrongly the database tells what goes wrong inside: its comment has a
call of it.
"""

import re
from itertools import islice
from typing import Final

import duckdb

_WRONG_COLUMN: Final = re.compile(
    r'Referenced column "(?P<one>[^"]+)" (?:was )?not found|have a column named "(?P<other>[^"]+)"'
)
_UNREAD_TABLE: Final = re.compile(r'Referenced table "(?P<name>[^"]+)" not found')
_NO_TABLE: Final = re.compile(r"Table with name (?P<name>\S+) does not exist")
_WRONG_CALL: Final = re.compile(
    r"Macro (?P<one>\w+)\(\) does not support"
    r'|Function "(?P<other>\w+)" is a table function'
    r"|Table Function with name (?P<third>\w+) does not exist"
    r"|No function matches the given name and argument types '(?P<inner>\w+)\("
)
_WRONG_WORD: Final = re.compile(r'syntax error at or near "(?P<word>[a-z_]+)"', re.IGNORECASE)
_SHOWN_COUNT: Final = 6
"""More tables help nobody: a column such as name is in most of them."""

_TRIED_PLACE_COUNT: Final = 20
"""So often a query is parsed again at most: no limit of time holds for a hint."""

_TABLES_OF_COLUMN: Final = """
    select col.table_name
    from duckdb_columns() as col
    left join duckdb_tables() as held on col.table_name = held.table_name
    where
        not col.internal
        and lower(col.column_name) = lower($1)
        and not starts_with(coalesce(held.comment, ''), 'Internal.')
    order by col.table_name
"""

_OTHER_WORDS: Final = {
    "title": "headline",
    "text": "body",
    "content": "body",
    "article_text": "article_body",
    "summary": "description",
    "byline": "author",
    "journalist": "author",
    "outlet": "source",
    "publisher": "source",
    "newspaper": "source",
    "person": "entity",
    "people": "entity",
    "published": "published_at",
    "publication_date": "published_at",
    "language": "language_code",
    "country": "country_code",
    "type": "entity_type",
    "link": "url",
    "tags": "keywords",
}
"""What others call a column, a table or what it is of -> what it is called here."""

_NAMED_TABLES: Final = """
    with named as (
        select table_name as name from duckdb_tables() where not internal
        union all select view_name from duckdb_views() where not internal
    )
    select name from named where list_contains(string_split_regex(lower($1), '\\W+'), name) order by name
"""

_DIMENSION: Final = """
    with label as (
        select table_name as dimension, column_name as name
        from duckdb_columns()
        where not internal and table_name = 'dim_' || $1 and column_name in ('name', 'headline')
    )
    select label.dimension, label.name, key.column_name
    from label
    join duckdb_columns() as key on label.dimension = key.table_name and key.column_name = $1 || '_key'
"""
"""The dimension that a word says, the column that names its members, its key."""

_TABLES_WITH_KEY: Final = """
    with own as (
        select column_name from duckdb_columns()
        where
            list_contains($2, table_name)
            and ends_with(column_name, '_key')
            and not ends_with(column_name, 'date_key')
            and column_name not in ($1, 'run_key')
    )
    select
        link.table_name,
        list(beside.column_name order by beside.column_name) filter (beside.column_name in (from own)) as shared_keys
    from duckdb_columns() as link
    join duckdb_columns() as beside on link.table_name = beside.table_name
    left join duckdb_tables() as held on link.table_name = held.table_name
    where link.column_name = $1 and not starts_with(coalesce(held.comment, ''), 'Internal.')
    group by link.table_name
    order by len(shared_keys) desc nulls last, not starts_with(link.table_name, 'fact_'), link.table_name
"""
"""The tables with a key, those first that share others with the tables of a query."""

_TABLES_OF_WORD: Final = """
    with named as (
        select table_name as name, comment from duckdb_tables() where not internal
        union all select view_name, comment from duckdb_views() where not internal
    )
    select name from named
    where (name = $1 or ends_with(name, '_' || $1)) and not starts_with(comment, 'Internal.')
    order by not starts_with(name, 'dim_'), name
"""

_MACROS: Final = """
    select function_name, case when function_type = 'table_macro' then 'from ' else 'select ' end || comment
    from duckdb_functions()
    where not internal
"""
_KEYS_OF_TABLE: Final = """
    select column_name
    from duckdb_columns()
    where not internal and table_name = lower($1) and ends_with(column_name, '_key')
    order by column_index
"""


def find_hint(con: duckdb.DuckDBPyConnection, sql: str, message: str) -> str:
    """Return what may be meant by a word that the database does not understand.

    Args:
        con: The warehouse that was asked.
        sql: The query.
        message: What the database says is wrong with it.

    Returns:
        One line; empty where the message is of something else, or nothing is known better.
    """
    if found := _WRONG_WORD.search(message):
        return _find_missing_as(con, sql, found["word"])
    if found := _UNREAD_TABLE.search(message):
        return _name_keys(con, found["name"])
    if found := _NO_TABLE.search(message):
        return _name_tables(con, found["name"].lower())
    if found := _WRONG_COLUMN.search(message):
        name = found["one"] or found["other"]
        is_compared = re.search(rf"(?:=|<>|\bin\s*\()\s*{re.escape(name)}\b", sql, re.IGNORECASE)
        is_text = is_compared and not name.islower()  # as no column is called
        return _place_column(con, sql, name) or _show_macro(con, sql) or (_quote_text(name) if is_text else "")
    if found := _WRONG_CALL.search(message):
        named = found["one"] or found["other"] or found["third"]
        return _show_macro(con, named or sql, failed=found["inner"] or "")
    return ""


def _find_missing_as(con: duckdb.DuckDBPyConnection, sql: str, word: str) -> str:
    """Tell whether a query is SQL so far with ``as`` before a word: ``count(*) days`` is not, days is a word of SQL."""
    for place in islice(re.finditer(rf"\b{word}\b", sql), _TRIED_PLACE_COUNT):
        try:
            con.extract_statements(f"{sql[: place.start()]}as {sql[place.start() :]}")
        except duckdb.ParserException as error:
            next_wrong = _WRONG_WORD.search(str(error))
            if next_wrong is None or next_wrong["word"].lower() in {"as", word.lower()}:
                continue
        return f"{word} is a word of SQL: as the name of a column or table it needs as before it: as {word}"
    return ""


def _name_keys(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """Say by which keys a table can be joined that a query names and does not read."""
    keys = [key for (key,) in con.execute(_KEYS_OF_TABLE, [table]).fetchall()]
    return f"{table} is not in the from clause: join it, its keys are {', '.join(keys)}" if keys else ""


def _place_column(con: duckdb.DuckDBPyConnection, sql: str, name: str) -> str:
    """Say where a column is that the tables of a query do not have."""
    read = [table for (table,) in con.execute(_NAMED_TABLES, [sql]).fetchall()]
    words = _list_words(name)
    for word in words:
        hint = (
            _name_dimension(con, word, read)
            or _name_columns(con, word, read, is_given=word == words[0])
            or _name_way(con, word, read)
        )
        if hint:
            return hint
    if f'"{name}"' in sql:
        return _quote_text(name)
    return ""


def _quote_text(text: str) -> str:
    """Say how text is written that was taken for a column."""
    quoted = text.replace("'", "''")
    return f"text stands in single quotes: '{quoted}'"


def _list_words(name: str) -> list[str]:
    """Return what a name may be called here: itself, another word for it, or one of several of it."""
    word = name.lower()
    single = re.sub(r"ie$", "y", word.removesuffix("s"))
    words = [word, _OTHER_WORDS.get(word, ""), single, _OTHER_WORDS.get(single, "")]
    return [each for each in dict.fromkeys(words) if each]


def _name_columns(con: duckdb.DuckDBPyConnection, word: str, read: list[str], *, is_given: bool) -> str:
    """Say which tables have a column."""
    tables = [table for (table,) in con.execute(_TABLES_OF_COLUMN, [word]).fetchall()]
    if not is_given and any(table in read for table in tables):
        return f"{word} may be meant"
    return f"{word} is a column of {_enumerate(tables)}" if tables else ""


def _name_dimension(con: duckdb.DuckDBPyConnection, word: str, read: list[str]) -> str:
    """Say which dimension a word is of, where the tables of a query have its key."""
    found = con.execute(_DIMENSION, [word.removesuffix("_name")]).fetchone()
    if found is None:
        return ""
    dimension, name, key = found
    if dimension in read:
        return f"{dimension}.{name} may be meant"
    linking = {table for table, _ in con.execute(_TABLES_WITH_KEY, [key, read]).fetchall()}
    return f"{dimension}.{name} may be meant, joined by {key}" if linking.intersection(read) else ""


def _name_way(con: duckdb.DuckDBPyConnection, word: str, read: list[str]) -> str:
    """Say which dimension a word is of, and which tables have its key, where those of a query have not."""
    found = con.execute(_DIMENSION, [word.removesuffix("_name")]).fetchone()
    if found is None:
        return ""
    dimension, name, key = found
    linking = con.execute(_TABLES_WITH_KEY, [key, read]).fetchall()
    shared = linking[0][1]
    tables = [table for table, keys in linking if keys == shared and table != dimension]
    beside = f" beside {_enumerate(shared)}" if shared else ""
    has = "has" if len(tables) == 1 else "have"
    return f"{dimension}.{name} may be meant, joined by {key}: {_enumerate(tables)} {has} it{beside}"


def _name_tables(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """Say which tables are of what a query takes for one."""
    for word in _list_words(name):
        tables = [table for (table,) in con.execute(_TABLES_OF_WORD, [word]).fetchall()]
        if tables:
            return f"{_enumerate(tables)} may be meant"
    return ""


def _show_macro(con: duckdb.DuckDBPyConnection, sql: str, *, failed: str = "") -> str:
    """Show how the first macro of ours in a text is called, unless what failed stands in the text itself."""
    called = re.findall(r"\w+", sql.lower())
    if failed in called:
        return ""
    examples = dict(con.execute(_MACROS).fetchall())
    macro = next((word for word in called if word in examples), None)
    return "" if macro is None else f"{macro} is called so: {examples[macro].partition(': ')[0]}"


def _enumerate(names: list[str]) -> str:
    """Return the first few of some names."""
    more = ", ..." if len(names) > _SHOWN_COUNT else ""
    return f"{', '.join(names[:_SHOWN_COUNT])}{more}"
