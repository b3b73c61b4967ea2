"""Versions of articles: order, keys and validity follow from what the sights say, not from when they came."""

import random
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from transforms.schemas import ARTICLE_VERSION, OBSERVATION
from transforms.versions import END_OF_TIME, order_versions

FIRST, SECOND, THIRD = (datetime(2026, 11, day, 9, tzinfo=UTC) for day in (3, 4, 5))


def see(content: str, **changes: Any) -> dict[str, Any]:
    """Return a sight of article one, published on the third and fetched on the tenth, unless said otherwise."""
    row = {
        "article_id": "one",
        "source_id": "a.example",
        "source_name": "The A",
        "source_domain": "a.example",
        "external_id": "1",
        "url": None,
        "author": None,
        "headline": "Rain",
        "language_code": "en",
        "word_count": 4,
        "content_hash": content,
        "published_at": FIRST,
        "modified_at": None,
        "ingested_uri": "file:///one.txt",
        "ingested_at": datetime(2026, 11, 10, tzinfo=UTC),
        "raw_hash": f"raw-{content}",
        "text_hash": f"text-{content}",
    }
    return row | changes


def order(*sights: dict[str, Any]) -> pl.DataFrame:
    """Return the versions of sights."""
    return order_versions(pl.DataFrame(sights, schema=OBSERVATION))


def test_no_sight_gives_no_version() -> None:
    assert order().schema == ARTICLE_VERSION


def test_one_sight_is_the_current_version_from_its_own_date_on() -> None:
    columns = ("version", "valid_from", "valid_to", "is_current")
    assert order(see("x")).select(columns).rows() == [(1, FIRST, END_OF_TIME, True)]


def test_a_version_is_valid_up_to_the_next() -> None:
    versions = order(see("y", modified_at=SECOND), see("x"))
    assert versions.select("content_hash", "version", "valid_from", "valid_to", "is_current").rows() == [
        ("x", 1, FIRST, SECOND, False),
        ("y", 2, SECOND, END_OF_TIME, True),
    ]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param({}, {"modified_at": SECOND}, id="modified after published"),
        pytest.param({"published_at": None}, {"published_at": None, "modified_at": THIRD}, id="fetched last of all"),
        pytest.param({"modified_at": FIRST}, {"published_at": SECOND}, id="published after modified"),
        pytest.param({}, {"ingested_at": datetime(2026, 11, 11, tzinfo=UTC)}, id="on a tie the fetch decides"),
    ],
)
def test_sights_are_ordered_by_what_they_say_of_themselves(earlier: dict[str, Any], later: dict[str, Any]) -> None:
    expected = ["y", "x"] if earlier == {"published_at": None} else ["x", "y"]
    assert order(see("y", **later), see("x", **earlier))["content_hash"].to_list() == expected


def test_the_same_content_seen_again_is_no_new_version() -> None:
    versions = order(see("x"), see("x", modified_at=SECOND), see("x", modified_at=THIRD))
    assert versions.select("version", "valid_from", "is_current").rows() == [(1, FIRST, True)]


def test_going_back_to_an_earlier_text_is_a_version_with_a_key_of_its_own() -> None:
    versions = order(see("x"), see("y", modified_at=SECOND), see("x", modified_at=THIRD))
    assert versions["content_hash"].to_list() == ["x", "y", "x"]
    assert versions["article_key"].n_unique() == 3
    assert versions["is_current"].to_list() == [False, False, True]


def test_a_text_that_went_and_came_back_without_a_word_is_three_versions_from_when_each_was_fetched() -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (10, 11, 12)]
    versions = order(*(see(content, ingested_at=day) for content, day in zip("xyx", days, strict=True)))
    assert versions.select("content_hash", "valid_from", "valid_to", "is_current").rows() == [
        ("x", FIRST, days[1], False),
        ("y", days[1], days[2], False),
        ("x", days[2], END_OF_TIME, True),
    ]


def test_a_change_that_nobody_dated_ends_no_later_than_the_one_that_is_dated() -> None:
    fetched = datetime(2026, 11, 10, tzinfo=UTC)
    versions = order(see("x"), see("y", ingested_at=fetched.replace(day=11)), see("z", modified_at=THIRD))
    assert versions.select("content_hash", "valid_from", "valid_to").rows() == [
        ("x", FIRST, THIRD),
        ("y", THIRD, THIRD),
        ("z", THIRD, END_OF_TIME),
    ]


def test_a_date_of_the_day_after_its_fetch_is_no_reason_to_go_back() -> None:
    early = FIRST.replace(hour=1)
    versions = order(see("x", ingested_at=early), see("y", ingested_at=early.replace(hour=2)))
    assert versions["valid_from"].to_list() == [FIRST, FIRST]


def test_articles_do_not_mix() -> None:
    versions = order(see("x"), see("y", article_id="two", modified_at=SECOND))
    assert versions.select("article_id", "version", "is_current").rows() == [("one", 1, True), ("two", 1, True)]


def test_the_order_of_arrival_changes_nothing() -> None:
    sights = [see(content, modified_at=day) for day in (None, SECOND, THIRD) for content in "xyzx"]
    shuffled = random.Random(7).sample(sights, len(sights))
    assert order(*shuffled).equals(order(*sights))


def test_a_later_version_leaves_the_keys_of_earlier_ones_alone() -> None:
    before, after = order(see("x")), order(see("x"), see("y", modified_at=SECOND))
    assert after["article_key"][0] == before["article_key"][0]


def test_columns_come_as_the_schema_has_them() -> None:
    assert order(see("x")).schema == ARTICLE_VERSION


def test_what_the_first_sight_of_a_version_is_silent_of_is_taken_from_the_next() -> None:
    silent = see("x", published_at=None, modified_at=FIRST)
    versions = order(see("x", published_at=SECOND, author="By A. Lee", url="https://a.example/1"), silent)
    assert versions.select("published_at", "author", "url", "valid_from").rows() == [
        (SECOND, "By A. Lee", "https://a.example/1", FIRST),
    ]


def test_another_version_says_nothing_for_one_that_is_silent() -> None:
    versions = order(see("x", published_at=None, modified_at=FIRST), see("y", modified_at=SECOND, author="By A. Lee"))
    assert versions.select("published_at", "author").rows() == [(None, None), (FIRST, "By A. Lee")]
