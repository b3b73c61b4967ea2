"""What names and entities count follows every load, though a load adds only what it changed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.copies import open_copy
from tests.warehouse.samples import (
    fetch,
    frame_mentions,
    frame_texts,
    load_article,
    make_version,
    name_mention,
    resolve,
)
from transforms.keys import compute_key
from warehouse.checks import run_checks
from warehouse.load import load_texts

Con = duckdb.DuckDBPyConnection

COUNTING_CHECKS = ["accounting_dim_entity", "accounting_entity_alias", "accounting_observed_entity"]

NAME = "select name, article_count from observed_entity where name_key = 'ann lee'"
DAYS = "select article_count, first_seen_date, last_seen_date from dim_entity where entity_id = 'PERSON:ann lee'"


def day(number: int) -> datetime:
    """Return nine o'clock on a day of November 2026."""
    return datetime(2026, 11, number, 9, tzinfo=UTC)


def load_names(con: Con, article: str, *versions: Sequence[str], published_on: int = 3) -> None:
    """Load the versions of an article, each by the forms of names it has, the last one current; resolve them."""
    contents = [f"{article}{'_'.join(forms)}".replace(" ", "_") for forms in versions]
    rows = [
        make_version(
            compute_key(article, content),
            article,
            content,
            version=number,
            is_current=number == len(contents),
            published_at=day(published_on),
        )
        for number, content in enumerate(contents, start=1)
    ]
    load_article(con, *rows)
    mentions = [
        name_mention(content, form, 20 * at)
        for content, forms in zip(contents, versions, strict=True)
        for at, form in enumerate(forms)
    ]
    bodies = {
        content: "".join(f"{form:<20}" for form in forms) for content, forms in zip(contents, versions, strict=True)
    }
    load_texts(con, frame_texts(**bodies), frame_mentions(*mentions), extraction_id="x1", run_key=1)
    resolve(con)


@pytest.fixture(scope="module")
def named_warehouse(empty_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse in which three articles name Ann Lee, one of them as ANN LEE, to be copied."""
    path = tmp_path_factory.mktemp("named") / "warehouse.duckdb"
    with open_copy(empty_warehouse, path) as con:
        load_names(con, "one", ["Ann Lee", "Bo Kim"], published_on=3)
        load_names(con, "two", ["Ann Lee"], published_on=5)
        load_names(con, "three", ["ANN LEE"], published_on=7)
    return path


@pytest.fixture
def named(named_warehouse: Path, tmp_path: Path) -> Iterator[Con]:
    """Give a connection to a copy of that warehouse."""
    with open_copy(named_warehouse, tmp_path / "warehouse.duckdb") as con:
        yield con


def test_articles_of_several_loads_are_added_up(named: Con) -> None:
    assert fetch(named, NAME) == [("Ann Lee", 3)]
    assert fetch(named, DAYS) == [(3, date(2026, 11, 3), date(2026, 11, 7))]


def test_an_article_of_two_versions_counts_once(named: Con) -> None:
    load_names(named, "two", ["Ann Lee"], ["Ann Lee", "Cy Orr"], published_on=5)
    assert fetch(named, NAME) == [("Ann Lee", 3)]
    assert fetch(named, DAYS) == [(3, date(2026, 11, 3), date(2026, 11, 7))]


def test_a_version_that_names_somebody_no_more_leaves_the_article_to_the_one_that_does(named: Con) -> None:
    load_names(named, "two", ["Ann Lee"], ["Cy Orr"], published_on=5)
    assert fetch(named, NAME) == [("Ann Lee", 3)]


def test_an_article_that_names_somebody_no_more_is_taken_off(named: Con) -> None:
    load_names(named, "two", ["Cy Orr"], published_on=5)
    assert fetch(named, NAME) == [("ANN LEE", 2)]  # one article each, as long: the first in order
    assert fetch(named, DAYS) == [(2, date(2026, 11, 3), date(2026, 11, 7))]


def test_a_name_is_spelt_anew_when_most_articles_spell_it_otherwise(named: Con) -> None:
    load_names(named, "four", ["ANN LEE"])
    load_names(named, "five", ["ANN LEE"])
    assert fetch(named, NAME) == [("ANN LEE", 5)]


def test_the_first_day_is_looked_for_anew_when_its_article_goes(named: Con) -> None:
    load_names(named, "one", ["Bo Kim"], published_on=3)
    assert fetch(named, DAYS) == [(2, date(2026, 11, 5), date(2026, 11, 7))]


def test_the_days_follow_an_article_that_is_dated_otherwise(named: Con) -> None:
    load_names(named, "three", ["ANN LEE"], published_on=4)
    assert fetch(named, DAYS) == [(3, date(2026, 11, 3), date(2026, 11, 5))]


def test_a_name_that_no_article_has_any_more_goes(named: Con) -> None:
    load_names(named, "one", ["Ann Lee"])
    assert fetch(named, "select name from observed_entity where name_key = 'bo kim'") == []


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([("two", ["Ann Lee"], ["Bo Kim"])], id="a correction"),
        pytest.param([("two", ["Bo Kim"]), ("two", ["Ann Lee"])], id="there and back"),
        pytest.param([("one", ["ANN LEE"], ["Bo Kim"]), ("two", ["Lee"])], id="another form"),
        pytest.param([("four", ["Lee", "Ann Lee"]), ("four", ["Lee"])], id="a part of the name"),
        pytest.param([("one", ["Cy Orr"]), ("two", ["Cy Orr"]), ("three", ["Cy Orr"])], id="all gone"),
    ],
)
def test_what_was_added_up_is_what_a_count_over_all_articles_says(
    named: Con, changes: list[tuple[str, list[str]]]
) -> None:
    for article, *versions in changes:
        load_names(named, article, *versions)
        run_checks(named, COUNTING_CHECKS)
