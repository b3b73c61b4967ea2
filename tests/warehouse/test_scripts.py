"""SQL files are found in the package and run with the parameters they name."""

from contextlib import closing

import duckdb
import pytest

from warehouse import scripts
from warehouse.errors import WarehouseError
from warehouse.scripts import list_scripts, parse_statements, read_script, run_script


def test_scripts_are_listed_in_order_and_can_be_read() -> None:
    names = list_scripts("migrations")
    assert names == sorted(names)
    assert names[0] == "migrations/0001_create_star.sql"
    assert "create table dim_article" in read_script(names[0])


def test_each_statement_takes_the_parameters_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    script = "create temp table pair as select $first as x; insert into pair select $second;"
    monkeypatch.setattr(scripts, "read_script", lambda _: script)
    con = duckdb.connect()
    run_script(con, "any.sql", first=1, second=2, unused=3)
    assert con.execute("select x from pair order by x").fetchall() == [(1,), (2,)]


def test_a_parameter_that_was_forgotten_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "read_script", lambda _: "select $run_key")
    with pytest.raises(WarehouseError, match=r"any\.sql needs \['run_key'\]"):
        run_script(duckdb.connect(), "any.sql")


def test_what_was_parsed_runs_again_with_other_values_though_the_connection_it_was_parsed_with_is_closed() -> None:
    with closing(duckdb.connect()) as first:
        parse_statements(first, "create temp table n as select $x as x; select x + 1 from n")
    for x in (1, 2):
        with closing(duckdb.connect()) as con:
            make, read = parse_statements(con, "create temp table n as select $x as x; select x + 1 from n")
            con.execute(make, {"x": x})
            assert con.execute(read).fetchall() == [(x + 1,)]


def test_a_text_is_parsed_once() -> None:
    con = duckdb.connect()
    assert parse_statements(con, "select 'once'") is parse_statements(con, "select 'once'")
