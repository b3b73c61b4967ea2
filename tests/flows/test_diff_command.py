"""``dateline diff`` as it is typed: forms, exit statuses, and names that are wrong."""

import csv
import io
import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tests.warehouse.samples import load_sample
from warehouse.connection import connect
from warehouse.publish import build_aside


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two homes: in B Bo Kim is Ann Lee, and article one has a headline that could steer a terminal."""
    a, b = (tmp_path_factory.mktemp(name) for name in "ab")
    with build_aside(a / "warehouse.duckdb") as con:
        load_sample(con)
    shutil.copyfile(a / "warehouse.duckdb", b / "warehouse.duckdb")
    with closing(connect(b / "warehouse.duckdb")) as con:
        con.execute("update fact_entity_mention set entity_key = 100")
        con.execute("update dim_article set headline = 'Rain [b]\x1b[2J' where article_id = 'one'")
    return a, b


def diff(*words: object) -> tuple[int, str, str]:
    """Return exit status, standard output and standard error."""
    done = CliRunner().invoke(app, ["diff", *map(str, words)])
    return done.exit_code, done.stdout, done.stderr


def test_text_says_what_became_of_rows_entities_and_articles(homes: tuple[Path, Path]) -> None:
    status, out, err = diff(*homes)
    assert (status, err) == (0, "")
    for words in ("2 of", "headline 1", "merged", "PERSON:200", "Rain [b]\ufffd[2J"):
        assert words in out


def test_the_exit_status_tells_scripts_when_asked(homes: tuple[Path, Path], tmp_path: Path) -> None:
    same = shutil.copyfile(homes[0] / "warehouse.duckdb", tmp_path / "copy.duckdb")
    assert [diff(homes[0], other, "--exit-code")[0] for other in (homes[1], same)] == [1, 0]


def test_a_failure_is_no_difference_to_scripts(homes: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "no.duckdb").write_text("no database")
    for other in (tmp_path / "no.duckdb", tmp_path / "missing.duckdb"):
        assert [diff(homes[0], other, *words)[0] for words in (("--exit-code",), ())] == [2, 1]


def test_json_has_everything(homes: tuple[Path, Path]) -> None:
    found = json.loads(diff(*homes, "--format", "json")[1])
    assert list(found) == ["table_count", "tables", "totals", "entities", "articles"]
    assert [one["table"] for one in found["tables"]] == ["dim_article", "fact_entity_mention"]


def test_csv_has_a_row_for_each_change(homes: tuple[Path, Path]) -> None:
    rows = list(csv.DictReader(io.StringIO(diff(*homes, "--format", "csv")[1])))
    assert [(row["subject"], row["kind"], row["id"], row["row_count"]) for row in rows] == [
        ("table", "changed", "dim_article", "1"),
        ("column", "changed", "dim_article.headline", "1"),
        ("table", "changed", "fact_entity_mention", "1"),
        ("column", "changed", "fact_entity_mention.entity_key", "1"),
        ("entity", "merged", "PERSON:200", "1"),
        ("article", "headline_changed", "one", "1"),
    ]


def test_a_limit_says_that_there_is_more(homes: tuple[Path, Path]) -> None:
    assert "0 of 1 shown (1 merged): --limit N shows more" in diff(*homes, "--limit", "0")[1]


def test_a_file_with_itself_is_wrong_usage(homes: tuple[Path, Path]) -> None:
    status, out, err = diff(homes[0], homes[0] / "warehouse.duckdb")
    assert (status, out) == (2, "")
    assert "are the same file: name two warehouses" in err


def test_what_is_not_there_fails_in_one_line(homes: tuple[Path, Path], tmp_path: Path) -> None:
    status, out, err = diff(homes[0], tmp_path)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert f"dateline diff: there is no warehouse at {tmp_path}/warehouse.duckdb" in err
