"""Stories in the warehouse: who is a copy, who is the original, and that only what is near is looked at again."""

import itertools
import random
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.copies import open_copy
from tests.warehouse.samples import (
    Row,
    fetch,
    frame_dates,
    frame_edge_lines,
    frame_mentions,
    frame_observations,
    frame_provenance,
    frame_removed_lines,
    frame_sources,
    frame_texts,
    load_article,
    make_run,
    make_source,
    make_version,
    resolve,
    settle,
)
from tests.warehouse.test_load_order import read_tables
from warehouse import load_stories
from warehouse.checks import list_checks, run_checks
from warehouse.load import load_observations, load_run, load_texts
from warehouse.load_expectations import refresh_expectations
from warehouse.load_sources import load_sources
from warehouse.watermarks import set_watermarks

Con = duckdb.DuckDBPyConnection

NOV_2 = datetime(2026, 11, 2, tzinfo=UTC)
NOV_3 = datetime(2026, 11, 3, tzinfo=UTC)

WORDS = [f"{first}{last}" for first, last in itertools.product("bdfgklmnprst", ("ade", "elo", "imu", "ora", "uni"))]


def write_report(seed: int, word_count: int = 120) -> list[str]:
    """Return the words of a report that shares no five in a row with that of another seed."""
    chosen = random.Random(seed)
    return [chosen.choice(WORDS) for _ in range(word_count)]


def change_words(words: Sequence[str], *places: int) -> list[str]:
    """Return the words with others in some places."""
    return [f"other{place}" if place in places else word for place, word in enumerate(words)]


REPORT = write_report(1)
LIGHTLY_EDITED = change_words(REPORT, 20, 60, 100)
HEAVILY_EDITED = change_words(LIGHTLY_EDITED, *range(5, 115, 10))
CUT_DOWN = REPORT[:70]
UNRELATED = write_report(2)


def load(con: Con, bodies: Mapping[str, Sequence[str]], *versions: Row) -> None:
    """Load versions with their bodies (content -> words) and settle their stories."""
    load_article(con, *versions)
    texts = frame_texts(**{content: " ".join(words) for content, words in bodies.items()})
    load_texts(con, texts, frame_mentions(), extraction_id="x1", run_key=1)
    settle(con)


def list_stories(con: Con) -> list[list[str]]:
    """Return the articles of each story, the original first, then in order."""
    query = """
        select list(article_id order by is_duplicate, article_id)
        from (
            select distinct fact.story_key, article.article_id, fact.is_duplicate
            from fact_article as fact join dim_article as article using (article_key)
        )
        group by story_key
    """
    return sorted(fetch(con, query))


def load_two(con: Con, first: Sequence[str], second: Sequence[str]) -> list[list[str]]:
    load(con, {"c1": first, "c2": second}, make_version(1, "a", "c1"), make_version(2, "b", "c2"))
    return list_stories(con)


TOGETHER, APART = [["a", "b"]], [["a"], ["b"]]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(REPORT, REPORT, TOGETHER, id="same-words"),
        pytest.param(REPORT, [word.upper() + "," for word in REPORT], TOGETHER, id="other-case-and-marks"),
        pytest.param(REPORT, LIGHTLY_EDITED, TOGETHER, id="lightly-edited"),
        pytest.param(REPORT, HEAVILY_EDITED, APART, id="rewritten"),
        pytest.param(REPORT, CUT_DOWN, TOGETHER, id="cut-down"),
        pytest.param(REPORT, UNRELATED, APART, id="unrelated"),
        pytest.param(REPORT[:20], REPORT[:20], TOGETHER, id="short-and-equal"),
        pytest.param(REPORT[:29], change_words(REPORT[:29], 28), APART, id="short-and-not-quite-equal"),
    ],
)
def test_copies_are_one_story(con: Con, first: list[str], second: list[str], expected: list[list[str]]) -> None:
    assert load_two(con, first, second) == expected


def test_reports_of_one_form_with_other_figures_are_stories_of_their_own(con: Con) -> None:
    def fill(*figures: str) -> list[str]:
        form = write_report(3, 60)
        return [*form[:20], figures[0], *form[20:40], figures[1], *form[40:]]

    assert load_two(con, fill("1.25", "6-3/16"), fill("2.50", "6-1/8")) == APART


def test_stubs_with_other_headlines_are_stories_of_their_own(con: Con) -> None:
    stub = ["Watch", "the", "video"]
    load(con, {"c1": stub, "c2": stub}, make_version(1, "a", "c1"), make_version(2, "b", "c2", headline="Snow"))
    assert list_stories(con) == APART


@pytest.mark.parametrize(
    ("first", "second", "original"),
    [
        pytest.param(("a", NOV_3), ("b", NOV_2), "b", id="earlier-is-original"),
        pytest.param(("a", None), ("b", NOV_3), "b", id="undated-comes-last"),
        pytest.param(("b", NOV_3), ("a", NOV_3), "a", id="tie-smallest-article-id"),
        pytest.param(("b", None), ("a", None), "a", id="both-undated"),
    ],
)
def test_all_but_the_first_article_are_duplicates(
    con: Con, first: tuple[str, datetime | None], second: tuple[str, datetime | None], original: str
) -> None:
    versions = [
        make_version(key, article_id, "c1", published_at=published_at)
        for key, (article_id, published_at) in enumerate([first, second], start=1)
    ]
    load(con, {"c1": REPORT}, *versions)
    assert [story[0] for story in list_stories(con)] == [original]
    assert fetch(con, "select story_id, article_count from dim_story where story_key >= 0") == [(original, 2)]


@pytest.mark.parametrize(
    "late",
    [
        pytest.param({"source_key": 20}, id="the-agency-itself"),
        pytest.param({"author": "By Bo Kim, Wire"}, id="credited"),
        pytest.param({"dateline_agency": "Wire"}, id="filed-by-it"),
    ],
)
def test_the_original_is_the_agencys_though_others_were_earlier(con: Con, late: dict[str, Any]) -> None:
    load_article(
        con,
        make_version(1, "a", "c1", published_at=NOV_2),
        make_version(2, "b", "c2", published_at=NOV_3, headline="From the wire", **late),
    )
    load_sources(con, frame_sources(make_source(20, "wire.example")), loaded_at=NOV_3)
    bodies = {"c1": " ".join(REPORT), "c2": " ".join(LIGHTLY_EDITED)}
    load_texts(con, frame_texts(**bodies), frame_mentions(), extraction_id="x1", run_key=1)
    settle(con)
    assert list_stories(con) == [["b", "a"]]
    columns = "story_id, headline, first_published_at, article_count"
    assert fetch(con, f"select {columns} from dim_story where story_key >= 0") == [  # noqa: S608  columns of the test
        ("a", "From the wire", NOV_2.replace(tzinfo=None), 2)
    ]


@pytest.mark.parametrize(
    ("body", "removed"),
    [
        pytest.param(f"{' '.join(REPORT)}\n\n(Wire)", "Tweet", id="in-the-text"),
        pytest.param(" ".join(REPORT), "© 2026 Wire", id="in-a-line-taken-out-of-it"),
        pytest.param(f"(Wire) - {' '.join(REPORT)}", "Tweet", id="at-its-head"),
    ],
)
def test_the_original_is_told_by_a_credit_in_the_text(con: Con, body: str, removed: str) -> None:
    load_article(con, make_version(1, "a", "c1", published_at=NOV_2), make_version(2, "b", "c2", published_at=NOV_3))
    lines = frame_removed_lines(("b", "c2", "legal", removed, 1, 1))
    load_observations(con, frame_observations(), frame_edge_lines(), lines, frame_provenance(), frame_dates())
    texts = frame_texts(c1=" ".join(REPORT), c2=body)
    load_texts(con, texts, frame_mentions(), extraction_id="x1", run_key=1)
    settle(con)
    assert list_stories(con) == [["b", "a"]]


def test_versions_of_one_article_are_one_story_and_no_duplicates_of_each_other(con: Con) -> None:
    later = make_version(2, "a", "c2", version=2)
    load(con, {"c1": REPORT, "c2": UNRELATED}, make_version(1, "a", "c1", is_current=False), later)
    assert list_stories(con) == [["a"]]
    assert fetch(con, "select is_duplicate from fact_article") == [False, False]
    assert fetch(con, "select article_count from dim_story where story_key >= 0") == [1]


def test_an_original_is_deposed_by_an_earlier_article_found_later(con: Con) -> None:
    load(con, {"c1": REPORT}, make_version(1, "a", "c1", published_at=NOV_3))
    load(con, {}, make_version(2, "b", "c1", published_at=NOV_2))
    assert list_stories(con) == [["b", "a"]]
    assert fetch(con, "select story_id from dim_story where story_key >= 0") == ["b"]


def test_a_story_ends_when_its_only_copy_is_rewritten(con: Con) -> None:
    load(con, {"c1": REPORT, "c2": LIGHTLY_EDITED}, make_version(1, "a", "c1"), make_version(2, "b", "c2"))
    load(con, {"c3": UNRELATED}, make_version(3, "b", "c3"))
    assert list_stories(con) == APART
    assert fetch(con, "select count(*) from wording_pair") == [0]


def test_a_copy_of_a_copy_that_is_none_of_the_first_begins_a_story(con: Con) -> None:
    bodies = {"c1": REPORT, "c2": REPORT[30:] + UNRELATED[:30], "c3": REPORT[60:] + UNRELATED[:60]}
    versions = [
        make_version(number, article_id, f"c{number}", published_at=NOV_2 + timedelta(hours=number))
        for number, article_id in enumerate("abc", start=1)
    ]
    load(con, bodies, *versions)
    assert fetch(con, "select count(*) from wording_pair where is_copy") == [2]
    assert list_stories(con) == [["a", "b"], ["c"]]


@pytest.mark.parametrize(
    ("second", "days", "expected"),
    [
        pytest.param(LIGHTLY_EDITED, 7, TOGETHER, id="a-week"),
        pytest.param(LIGHTLY_EDITED, 8, APART, id="the-next-issue"),
        pytest.param(REPORT, 400, TOGETHER, id="the-same-words"),
    ],
)
def test_near_copies_are_of_one_week(con: Con, second: list[str], days: int, expected: list[list[str]]) -> None:
    late = make_version(2, "b", "c2", published_at=NOV_2 + timedelta(days=days))
    load(con, {"c1": REPORT, "c2": second}, make_version(1, "a", "c1", published_at=NOV_2), late)
    assert list_stories(con) == expected


def test_a_story_of_many_wordings_stays_together(con: Con) -> None:
    bodies = {f"c{number}": change_words(REPORT, number) for number in range(60)}
    load(con, bodies, *(make_version(number, f"a{number:02}", f"c{number}") for number in range(60)))
    assert fetch(con, "select article_count, story_id from dim_story where story_key >= 0") == [(60, "a00")]


def test_a_story_keeps_its_key_when_later_articles_join(con: Con) -> None:
    load(con, {"c1": REPORT}, make_version(1, "b", "c1", published_at=NOV_2))
    before = fetch(con, "select story_key from fact_article")
    load(con, {"c2": LIGHTLY_EDITED}, make_version(2, "a", "c2", published_at=NOV_3))
    assert fetch(con, "select distinct story_key from fact_article") == before


def test_only_stories_near_the_load_are_looked_at(con: Con) -> None:
    bodies = {f"c{seed}": write_report(seed) for seed in range(5, 15)}
    load(con, bodies, *(make_version(seed, f"a{seed}", f"c{seed}") for seed in range(5, 15)))
    load(con, {"c99": change_words(bodies["c7"], 50)}, make_version(99, "z", "c99"))
    assert fetch(con, "select article_id from story_article order by article_id") == ["a7", "z"]
    assert ["a7", "z"] in list_stories(con)


def test_a_settled_warehouse_is_left_alone(con: Con) -> None:
    load(con, {"c1": REPORT}, make_version(1, "a", "c1"), make_version(2, "b", "c1"))
    settle(con)
    assert fetch(con, "select count(*) from story_article") == [0]


@pytest.mark.parametrize("is_marked", [pytest.param(False, id="all-rows-new"), pytest.param(True, id="rows-before")])
def test_sketches_of_other_code_are_made_anew(con: Con, *, is_marked: bool) -> None:
    load(con, {"c1": REPORT, "c2": LIGHTLY_EDITED}, make_version(1, "a", "c1"), make_version(2, "b", "c2"))
    expected = fetch(con, "from wording_band order by all")
    con.execute("update text_sketch set sketch_id = 's0'; update wording_band set band_hash = 7")
    if is_marked:
        set_watermarks(con)
    settle(con)
    assert fetch(con, "from wording_band order by all") == expected
    assert fetch(con, "select distinct sketch_id from text_sketch") == ["s1"]
    assert list_stories(con) == TOGETHER


def test_a_warehouse_without_sketches_gets_those_of_its_old_texts(con: Con) -> None:
    load(con, {"c1": REPORT, "c2": LIGHTLY_EDITED}, make_version(1, "a", "c1"), make_version(2, "b", "c2"))
    expected = fetch(con, "from wording_band order by all")
    con.execute("delete from text_sketch; delete from wording_band; delete from wording_pair; checkpoint")
    set_watermarks(con)
    settle(con)
    assert fetch(con, "from wording_band order by all") == expected


def test_more_texts_than_fit_into_a_frame_get_their_sketches(con: Con, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_stories, "SKETCH_BATCH_ROWS", 2)
    bodies = {f"c{seed}": write_report(seed) for seed in range(5)}
    load(con, bodies, *(make_version(seed, f"a{seed}", f"c{seed}") for seed in range(5)))
    assert fetch(con, "select count(distinct text_hash) from text_sketch") == [5]


def test_a_copy_of_an_article_before_the_watermarks_is_found(con: Con) -> None:
    load(con, {"c1": REPORT}, make_version(1, "a", "c1", published_at=NOV_2))
    with closing(con.cursor()) as later:  # it remembers nothing of the first load
        set_watermarks(later)
        load(later, {"c2": LIGHTLY_EDITED}, make_version(2, "b", "c2", published_at=NOV_3))
    assert list_stories(con) == TOGETHER
    run_checks(con, [name for name in list_checks() if name.endswith(("_story", "_sketch", "_pair"))])


def make_corpus(count: int = 40) -> tuple[dict[str, list[str]], list[Row]]:
    """Return bodies and versions: five families of articles, each a little unlike its parent, one of two versions."""
    chosen = random.Random(11)
    bodies: dict[str, list[str]] = {}
    versions = []
    for number in range(count):
        family = [words for content, words in bodies.items() if int(content[1:]) % 5 == number % 5]
        parent = chosen.choice(family) if family else write_report(100 + number)
        bodies[f"c{number}"] = change_words(parent, *chosen.sample(range(120), chosen.randint(0, 5)))
        published_at = None if number % 7 == 0 else NOV_2 + timedelta(hours=chosen.randint(0, 20))
        row = make_version(number, f"a{number}", f"c{number}", published_at=published_at)
        versions.append(row)
    versions[3] |= {"is_current": False}
    versions[9] |= {"article_id": "a3", "version": 2}
    return bodies, versions


def load_batches(empty: Path, path: Path, batches: Sequence[Sequence[str]]) -> dict[str, list[Row]]:
    """Return the tables of a warehouse into which these articles were loaded, batch by batch."""
    bodies, versions = make_corpus()
    with open_copy(empty, path) as con:
        for batch in batches:
            rows = [row for article_id in batch for row in versions if row["article_id"] == article_id]
            load(con, {row["content_hash"]: bodies[row["content_hash"]] for row in rows}, *rows)
        load_run(con, make_run(1))
        refresh_expectations(con)
        resolve(con)
        run_checks(con)
        return read_tables(con)


@pytest.mark.parametrize("hub_count", [2, load_stories.HUB_COUNT], ids=["crowded-bands", "all-pairs"])
def test_stories_do_not_depend_on_order_or_batches(
    empty_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hub_count: int
) -> None:
    monkeypatch.setattr(load_stories, "HUB_COUNT", hub_count)
    article_ids = sorted({row["article_id"] for row in make_corpus()[1]})
    expected = load_batches(empty_warehouse, tmp_path / "expected.duckdb", [article_ids])
    assert 1 < len(expected["dim_story"]) - 2 < len(article_ids)
    assert len(expected["wording_pair"]) > len(article_ids)
    for seed, size in ((1, 5), (2, 39)):
        shuffled = random.Random(seed).sample(article_ids, len(article_ids))
        batches = [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
        tables = load_batches(empty_warehouse, tmp_path / f"{seed}.duckdb", batches)
        for table, rows in tables.items():
            assert rows == expected[table], (table, seed)
