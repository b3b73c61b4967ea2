"""Stories as a function of articles and copies: first, original, blocks, and that order means nothing."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.known_agencies import AGENCIES, NO_AGENCIES
from transforms.keys import compute_key
from transforms.stories import MAX_AGE, cluster_articles
from transforms.story_schemas import STORY_ARTICLE, STORY_MEMBER

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
Row = dict[str, Any]


def make(article_id: str, *wording_keys: int, hour: int | None = 0, **changes: object) -> Row:
    """Return a STORY_ARTICLE row: published so many hours after noon, None undated."""
    published_at = None if hour is None else NOON + timedelta(hours=hour)
    row: Row = {"article_id": article_id, "first_published_at": published_at, "wording_keys": list(wording_keys)}
    silent: Row = {key: [] for key in ("authors", "dateline_agencies", "openings", "closings")}
    return row | {"source_ids": ["a.example"], **silent} | changes


def cluster(articles: list[Row], copies: list[tuple[int, int]]) -> pl.DataFrame:
    pairs = pl.DataFrame(copies, schema={"wording_key_a": pl.Int64, "wording_key_b": pl.Int64}, orient="row")
    return cluster_articles(pl.DataFrame(articles, schema=STORY_ARTICLE), pairs, AGENCIES)


def group(members: pl.DataFrame) -> dict[str, list[str]]:
    """Return story_id -> its articles, the original first."""
    ordered = members.sort("is_original", "article_id", descending=[True, False])
    return dict(ordered.group_by("story_id", maintain_order=True).agg("article_id").sort("story_id").iter_rows())


def test_without_articles_there_are_no_stories() -> None:
    assert cluster([], []).schema == STORY_MEMBER


def test_an_article_without_a_wording_is_a_story() -> None:
    assert group(cluster([make("a"), make("b")], [])) == {"a": ["a"], "b": ["b"]}


def test_a_story_is_named_and_keyed_by_its_first_article() -> None:
    members = cluster([make("a", 1, hour=2), make("b", 2, hour=1)], [(1, 2)])
    assert members["story_id"].to_list() == ["b", "b"]
    assert members["story_key"].to_list() == [compute_key("story", "b")] * 2


def test_copies_of_a_copy_do_not_chain() -> None:
    articles = [make("a", 1), make("b", 2, hour=1), make("c", 3, hour=2), make("d", 4, hour=3)]
    assert group(cluster(articles, [(1, 2), (2, 3), (3, 4)])) == {"a": ["a", "b"], "c": ["c", "d"]}


def test_a_copy_of_two_firsts_joins_the_earlier() -> None:
    articles = [make("a", 1, hour=1), make("b", 2, hour=0), make("c", 3, hour=2)]
    assert group(cluster(articles, [(1, 3), (2, 3)])) == {"a": ["a"], "b": ["b", "c"]}


def test_equal_words_are_together_through_the_versions_of_an_article() -> None:
    articles = [make("a", 1), make("b", 2, 3, hour=1), make("c", 3, hour=900)]
    assert group(cluster(articles, [(1, 2)])) == {"a": ["a", "b", "c"]}


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        pytest.param(MAX_AGE.days * 24, {"a": ["a", "b"]}, id="in-time"),
        pytest.param(MAX_AGE.days * 24 + 1, {"a": ["a"], "b": ["b"]}, id="too-late"),
        pytest.param(None, {"a": ["a", "b"]}, id="undated"),
    ],
)
def test_a_near_copy_is_of_one_week(hour: int | None, expected: dict[str, list[str]]) -> None:
    assert group(cluster([make("a", 1), make("b", 2, hour=hour)], [(1, 2)])) == expected


@pytest.mark.parametrize(
    ("late", "original"),
    [
        pytest.param({"source_ids": ["apnews.com"]}, "b", id="domain"),
        pytest.param({"source_ids": ["wire service"]}, "b", id="name"),
        pytest.param({"authors": ["By Ann Lee, Associated Press"]}, "b", id="credit"),
        pytest.param({"authors": ["ANN LEE/AP"]}, "b", id="credit-short"),
        pytest.param({"dateline_agencies": ["AP"]}, "b", id="dateline"),
        pytest.param({"dateline_agencies": ["CNN"]}, "a", id="dateline of an outlet"),
        pytest.param({"closings": ["It rained.\n\nReuters"]}, "b", id="text"),
        pytest.param({"authors": ["Ann Apple"]}, "a", id="no-credit"),
        pytest.param({"authors": ["the ap"]}, "a", id="no-credit-case"),
    ],
)
def test_the_original_is_the_agencys(late: Row, original: str) -> None:
    members = cluster([make("a", 1), make("b", 1, hour=1, **late)], [])
    assert group(members)["a"][0] == original


def test_the_agency_itself_goes_before_who_credits_it() -> None:
    credited = make("a", 1, authors=["AP"])
    assert group(cluster([credited, make("b", 1, hour=9, source_ids=["apnews.com"])], []))["a"][0] == "b"


def test_what_an_agency_wrote_goes_before_what_uses_it() -> None:
    used = make("a", 1, closings=["The Associated Press contributed to this report."])
    assert group(cluster([used, make("b", 1, hour=1)], []))["a"][0] == "a"
    assert group(cluster([used, make("b", 1, hour=9, closings=["It rained. (AP)"])], []))["a"][0] == "b"
    assert group(cluster([make("a", 1), {**used, "article_id": "b"}], []))["a"][0] == "b"


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Row], list[tuple[int, int]]]:
    """Return a few articles of a few wordings and days, and some pairs of copies."""
    wordings = st.integers(0, 7)
    articles = [
        make(f"a{number}", *draw(st.sets(wordings, max_size=2)), hour=draw(st.none() | st.integers(0, 400)))
        for number in range(draw(st.integers(1, 8)))
    ]
    pairs = draw(st.sets(st.tuples(wordings, wordings).filter(lambda pair: pair[0] < pair[1]), max_size=8))
    return articles, sorted(pairs)


@given(graph=graphs(), seed=st.integers(0, 99))
def test_stories_are_a_function_of_the_set(graph: tuple[list[Row], list[tuple[int, int]]], seed: int) -> None:
    articles, copies = graph
    expected = cluster(articles, copies)
    shuffled = random.Random(seed).sample(articles, len(articles))
    assert cluster(shuffled, copies[::-1]).equals(expected)
    assert expected["article_id"].to_list() == sorted(row["article_id"] for row in articles)
    assert expected.group_by("story_id").agg(pl.col("is_original").sum())["is_original"].to_list() == [1] * (
        expected["story_id"].n_unique()
    )
    by_wording: dict[int, set[str]] = {}
    for row, story_id in zip(articles, expected.sort("article_id")["story_id"], strict=True):
        for key in row["wording_keys"]:
            by_wording.setdefault(key, set()).add(story_id)
    assert all(len(story_ids) == 1 for story_ids in by_wording.values())


def test_no_credit_is_read_without_agencies() -> None:
    assert NO_AGENCIES.rank(make("a", source_ids=["apnews.com"], authors=["AP"], closings=["Reuters", "© AFP"])) == 3
