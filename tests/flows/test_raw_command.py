"""``dateline raw show`` as it is typed: a document by each name that it, or what was read from it, is known by."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.raw_store import RawStore
from tests.flows.test_raw_store import DAY, DOCUMENTS, NO_REJECTS
from tests.warehouse.samples import load_article, make_version
from warehouse.publish import build_aside

URL = "https://gazette.example/a"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with records of a file: what they are called stands in them, and in the warehouse."""
    RawStore.open(tmp_path / "raw").keep(DOCUMENTS, NO_REJECTS, day=DAY)
    with build_aside(tmp_path / "warehouse.duckdb") as con:
        load_article(con, make_version(1, "one", "c1", url=URL, external_id="g1"))
        con.execute("update article_provenance set raw_hash = $hash", {"hash": DOCUMENTS["raw_hash"][1]})
    return tmp_path


def show(home: Path, name: str) -> Result:
    return CliRunner().invoke(app, ["--home", str(home), "raw", "show", "--about", name])


@pytest.mark.parametrize("name", ["b.txt", "file:///news/b.txt", "00000001", "g1", "one", URL, f"{URL}?utm_source=x"])
def test_a_document_is_shown_by_its_names_and_by_those_of_its_article(home: Path, name: str) -> None:
    done = show(home, name)
    assert (done.exit_code, done.stderr) == (0, "")
    assert '"external_id":"b.txt"' in done.stdout


def test_what_is_known_nowhere_is_told_in_a_line(home: Path) -> None:
    done = show(home, "nine")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "is known as 'nine', nor an article of the warehouse" in done.stderr


def test_without_a_warehouse_documents_are_shown_all_the_same(home: Path) -> None:
    (home / "warehouse.duckdb").unlink()
    assert show(home, "a.txt").exit_code == 0
    assert show(home, "g1").exit_code == 1
