"""Every check passes on a good warehouse and finds what was broken by hand."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.planted_faults import CORRUPTIONS, UNREACHABLE
from tests.warehouse.samples import (
    fetch,
    frame_attempts,
    frame_scores,
    load_sample,
    make_attempt,
    make_evaluation,
    make_run,
)
from warehouse import checks
from warehouse.checks import SHOWN_ROWS, check_load, list_checks, run_checks
from warehouse.connection import connect
from warehouse.errors import CheckFailedError
from warehouse.evaluations import load_evaluation
from warehouse.load import load_run
from warehouse.load_intervals import load_attempts
from warehouse.publish import build_aside
from warehouse.watermarks import set_watermarks

Con = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Con]:
    """Give a connection to a published warehouse with two articles, open for all tests."""
    path = tmp_path_factory.mktemp("sample") / "warehouse.duckdb"
    with build_aside(path) as con:
        load_sample(con)
        load_evaluation(con, make_evaluation(), frame_scores())
        load_attempts(con, frame_attempts(make_attempt(1, read_count=2, loaded_count=2)))
    with closing(connect(path)) as con:
        yield con


@pytest.fixture
def sample(sample_warehouse: Con) -> Iterator[Con]:
    """Give a connection to a warehouse that passes every check; what a test does to it is undone."""
    sample_warehouse.execute("begin")
    yield sample_warehouse
    sample_warehouse.execute("rollback")


@pytest.fixture
def copied(sample_warehouse: Con, tmp_path: Path) -> Iterator[Con]:
    """Give a connection to a copy of that warehouse, for what begins transactions of its own."""
    ((path,),) = sample_warehouse.execute("select path from duckdb_databases() where not internal").fetchall()
    with closing(connect(Path(shutil.copy(path, tmp_path)))) as con:
        yield con


def list_failures(con: Con, names: list[str]) -> list[str]:
    """Return which of some checks fail after a load."""
    try:
        check_load(con, names)
    except CheckFailedError as error:
        return [failure.check for failure in error.failures]
    return []


def test_a_good_warehouse_passes_every_check(sample: Con) -> None:
    assert run_checks(sample) == len(list_checks())


def test_an_empty_warehouse_passes_every_check(con: Con) -> None:
    assert run_checks(con) == len(list_checks())


@pytest.mark.parametrize(("check", "corruption"), CORRUPTIONS, ids=[f"{c}-{i}" for i, (c, _) in enumerate(CORRUPTIONS)])
def test_a_check_finds_what_it_is_there_for(sample: Con, check: str, corruption: str) -> None:
    sample.execute(corruption)
    with pytest.raises(CheckFailedError) as caught:
        run_checks(sample, [check])
    assert [failure.check for failure in caught.value.failures] == [check]


def list_narrowed_corruptions() -> list[tuple[str, str]]:
    """Return the faults that a load finds which counted all articles."""
    at_night = list_checks("whole")
    found = [(check, fault) for check, fault in CORRUPTIONS if check not in at_night]
    return [(check, fault) for check, fault in found if not fault.strip().startswith(UNREACHABLE)]


@pytest.mark.parametrize(("check", "corruption"), list_narrowed_corruptions())
def test_a_load_finds_what_is_wrong_with_the_articles_it_counted(sample: Con, check: str, corruption: str) -> None:
    set_watermarks(sample)
    sample.execute("create temp table recounted_article as select article_key from fact_article")
    sample.execute("create temp table recounted_entity as select distinct entity_key from fact_article_entity")
    sample.execute(corruption)
    with pytest.raises(CheckFailedError) as caught:
        check_load(sample, [check])
    assert [failure.check for failure in caught.value.failures] == [check]


@pytest.mark.parametrize("article_keys", ["1", "2", "1, 2", "null"])
def test_a_part_of_a_good_warehouse_passes(sample: Con, article_keys: str) -> None:
    sample.execute(f"create temp table recounted_article as select unnest([{article_keys}]::bigint[]) as article_key")
    assert check_load(sample) == len(list_checks()) - len(list_checks("whole"))


@pytest.mark.parametrize(
    ("article_keys", "least_count", "found"),
    [
        pytest.param("1, 2", 2, ["grain_dim_author"], id="most"),
        pytest.param("1, 2", 3, [], id="few"),
        pytest.param("1", 1, [], id="a-small-part"),
    ],
)
def test_a_load_that_counted_most_of_all_has_the_whole_checked(
    copied: Con, monkeypatch: pytest.MonkeyPatch, article_keys: str, least_count: int, found: list[str]
) -> None:
    monkeypatch.setattr(checks, "LEAST_WHOLE_COUNT", least_count)
    copied.execute(
        "insert into fact_article select * replace (3 as article_key) from fact_article where article_key = 1"
    )
    copied.execute(f"create temp table recounted_article as select unnest([{article_keys}]::bigint[]) as article_key")
    # No article of the load leads to it, so that only who looks at the whole finds it.
    copied.execute("insert into dim_author select * replace (99 as author_key) from dim_author limit 2")
    assert list_failures(copied, ["grain_dim_author"]) == found


def test_after_the_check_of_a_load_the_tables_are_whole_again(sample: Con) -> None:
    before = fetch(sample, "select count(*) from fact_article")
    sample.execute("create temp table recounted_article as select 1::bigint as article_key")
    check_load(sample)
    assert fetch(sample, "select count(*) from fact_article") == before


def test_no_check_is_without_a_fault_that_it_finds_in_the_whole() -> None:
    assert sorted({check for check, _ in CORRUPTIONS}) == list_checks()


def test_no_check_of_a_load_is_without_a_fault_that_it_finds_in_what_was_loaded() -> None:
    assert {check for check, _ in list_narrowed_corruptions()} == set(list_checks()) - set(list_checks("whole"))


def test_a_failure_names_check_rows_and_their_number(copied: Con) -> None:
    for run_key in range(2, 9):
        load_run(copied, make_run(run_key, read_count=1))
    with pytest.raises(CheckFailedError, match=r"accounting_dim_run: 7 bad row\(s\), such as run_key=") as caught:
        run_checks(copied)
    (failure,) = caught.value.failures
    assert failure.row_count == 7
    assert len(failure.rows) == SHOWN_ROWS
    assert failure.rows[0]["read_count"] == 1


def test_all_failures_are_told_at_once(sample: Con) -> None:
    sample.execute("update dim_run set read_count = 3; delete from dim_date where date_key = -1")
    with pytest.raises(CheckFailedError) as caught:
        run_checks(sample)
    assert [failure.check for failure in caught.value.failures] == ["accounting_dim_run", "special_members"]


def test_a_run_that_failed_half_way_need_not_add_up(copied: Con) -> None:
    load_run(copied, make_run(2, read_count=9, error="interrupted"))
    assert run_checks(copied, ["accounting_dim_run"]) == 1
