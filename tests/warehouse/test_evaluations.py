"""Evaluations: the figures are kept once, with their day, and the names of an article are read back."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.samples import frame_scores, load_sample, make_evaluation
from warehouse.errors import WarehouseError
from warehouse.evaluations import load_evaluation, read_evaluated
from warehouse.publish import build_aside

Con = duckdb.DuckDBPyConnection


def read(con: Con, columns: str) -> list[tuple[object, ...]]:
    return con.execute(f"select {columns} from fact_evaluation order by all").fetchall()  # noqa: S608  columns of the test


def test_an_evaluation_measured_again_replaces_its_figures(con: Con) -> None:
    load_evaluation(con, make_evaluation(), frame_scores(3))
    load_evaluation(con, make_evaluation(code_version="0.2.0+0"), frame_scores(1))
    assert read(con, "metric, true_positive_count, code_version") == [
        ("mention_f1", 1, "0.2.0+0"),
        ("mention_precision", 1, "0.2.0+0"),
        ("mention_recall", 1, "0.2.0+0"),
    ]


def test_evaluations_stand_beside_each_other(con: Con) -> None:
    load_evaluation(con, make_evaluation(1), frame_scores())
    load_evaluation(con, make_evaluation(2), frame_scores())
    assert read(con, "distinct evaluation_key") == [(1,), (2,)]


def test_the_day_of_an_evaluation_is_in_the_calendar(con: Con) -> None:
    load_evaluation(con, make_evaluation(evaluated_at=datetime(2031, 12, 31, 23, 59, tzinfo=UTC)), frame_scores())
    query = "select distinct date from fact_evaluation join dim_date on date_key = evaluated_date_key"
    assert str(con.execute(query).fetchall()[0][0]) == "2031-12-31"


def test_articles_and_names_are_read_as_the_public_tables_have_them(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with build_aside(path) as con:
        load_sample(con)
    articles, mentions = read_evaluated(path)
    assert articles.columns == ["external_id", "headline", "body"]
    assert articles["external_id"].to_list() == ["one.txt", "two.txt"]
    assert mentions.columns == ["external_id", "field", "start_char", "end_char", "entity_type", "entity_key"]
    assert set(mentions["external_id"]) <= set(articles["external_id"])


def test_a_file_that_is_no_warehouse_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_text("nothing")
    with pytest.raises(WarehouseError):
        read_evaluated(path)
