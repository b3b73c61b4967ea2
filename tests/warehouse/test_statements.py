"""Where statements end: as DuckDB's parser says of what it understands, and around what it does not."""

from itertools import product

import duckdb
import pytest

from warehouse.statements import is_between_statements, split_statements

PIECES = ("select 1", "from t", "select ';'", "select $$ ; $$", 'select ";"', "/* ; */", "-- ;\n", ";", " as é")


def count_parsed(con: duckdb.DuckDBPyConnection, script: str) -> int | None:
    """Return how many statements the parser finds; None where it understands nothing."""
    try:
        return len(con.extract_statements(script))
    except duckdb.ParserException:
        return None


def test_what_the_parser_understands_is_split_as_the_parser_does() -> None:
    scripts = [" ".join(pieces) for pieces in product(PIECES, repeat=4)]
    with duckdb.connect() as con:
        parsed = {script: count for script in scripts if (count := count_parsed(con, script)) is not None}
    assert max(parsed.values()) == 2
    assert {script: len(split_statements(script)) for script in parsed} == parsed


@pytest.mark.parametrize(
    ("script", "statements"),
    [
        pytest.param("select 1; selekt; select 2", ["select 1;", "selekt;", "select 2"], id="an error between"),
        pytest.param("select 'é';select 2;", ["select 'é';", "select 2;"], id="letters of two bytes"),
        pytest.param("-- nothing;\n;;/* ; */", [], id="nothing"),
        pytest.param("select 1; select 'open ; ", ["select 1;", "select 'open ;"], id="a text without end"),
        pytest.param("-- a\nselect 1; -- b", ["-- a\nselect 1;"], id="a comment in front stays"),
    ],
)
def test_a_semicolon_ends_a_statement_unless_it_is_in_a_text_or_a_comment(script: str, statements: list[str]) -> None:
    assert split_statements(script) == statements


@pytest.mark.parametrize(
    ("script", "is_between"),
    [
        pytest.param("", True, id="nothing"),
        pytest.param("select 1", False, id="a statement that goes on"),
        pytest.param("select 1;", True, id="behind one"),
        pytest.param("select 1; -- done", True, id="a remark behind one"),
        pytest.param("select 1; select", False, id="the next has begun"),
        pytest.param("select 1; /* a", False, id="in a comment"),
        pytest.param("select 'a;", False, id="in a text"),
    ],
)
def test_between_statements_nothing_goes_on(script: str, *, is_between: bool) -> None:
    assert is_between_statements(script) is is_between
