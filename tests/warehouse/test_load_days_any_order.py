"""Whatever is loaded, and in whatever order, the days of outlets say what making all of them anew would say.

Histories are made up: articles that are seen again earlier, are corrected, or have another first version, in another
outlet even; pages that come, fail, change, or are known by a document loaded later; sources files, rules and idle days
that change. What is usual is learned from fewer days and
articles than elsewhere, so that short histories have all cases.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from random import Random
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.warehouse.samples import (
    LOADED_AT,
    Row,
    fetch,
    frame_fetches,
    frame_sources,
    frame_versions,
    make_credit,
    make_fetch,
    make_observation,
    make_provenance,
    make_source,
    make_version,
    observe,
    sign,
)
from transforms.source_schemas import SOURCE_EXPECTATION, SOURCE_VERSION
from warehouse import load_expectations as expectations
from warehouse.load import load_versions
from warehouse.load_sources import load_fetches, load_source_versions, load_sources, refresh_coverage

Con = duckdb.DuckDBPyConnection

MONDAY = datetime(2026, 11, 2, 8, tzinfo=UTC)
DAY_COUNT = 40
OUTLETS = {10: "a.example", 20: "b.example", 30: "c.example"}
BEGINNING, END = datetime(1900, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
TABLES = ("fact_source_coverage", "fact_source_expectation")


@dataclass
class History:
    """What happens, drawn from a seed.

    Attributes:
        chance: What it is drawn with.
        last_day: No article is read, and no page asked for, after this day.
        rules_id: What bylines are read by.
        sources: SOURCE rows, as the sources file says.
    """

    chance: Random
    last_day: int = 6
    rules_id: str = "r0"
    sources: list[Row] = field(default_factory=lambda: [make_source(key, name) for key, name in OUTLETS.items()])

    def draw_time(self) -> datetime:
        """Return a time on one of the days so far, more often on one of the last."""
        day = max(self.chance.randint(0, self.last_day), self.chance.randint(0, self.last_day))
        return MONDAY + timedelta(days=day, hours=self.chance.randint(0, 9))

    def load_articles(self, con: Con) -> None:
        """Load sights of some articles, some for the first time, and the documents they are of."""
        numbers = self.chance.sample(range(1, 90), self.chance.choice([1, 2, 4, 25]))
        told = [self.draw_versions(number) for number in numbers]
        seen = [
            (number, OUTLETS[versions[0]["source_key"]], self.draw_time())
            for number, versions in zip(numbers, told, strict=True)
        ]
        contents = [f"{self.chance.choice('ccd')}{number}" for number in numbers]
        given = [
            make_provenance(f"a{n}", content, source_id=name, ingested_at=at, **self.draw_document(n, name))
            for (n, name, at), content in zip(seen, contents, strict=True)
        ]
        rows = [
            make_observation(f"a{n}", content, source_id=name, ingested_at=at)
            for (n, name, at), content in zip(seen, contents, strict=True)
        ]
        observe(con, *rows, provenance=given)
        load_versions(con, frame_versions(*chain.from_iterable(told)), run_key=1, ingested_at=LOADED_AT)
        load_fetches(con, frame_fetches(*(self.draw_fetch(document) for document in given)))

    def draw_fetch(self, document: Row) -> Row:
        """Return what came of asking for the page that a document was read from, mostly when it was read."""
        at = self.chance.choice([document["ingested_at"], document["ingested_at"], self.draw_time()])
        url = document["ingested_uri"].partition("#")[0]
        return make_fetch(url, at, source_id=document["source_id"], kind="page", raw_hash=document["raw_hash"])

    def draw_document(self, number: int, name: str) -> dict[str, str]:
        """Return the address and the hash of a document of an article: its page, a line of a page, or a file."""
        uris = (f"https://{name}/{number}", f"https://{name}/all#L{number}", f"file:///{number}.txt")
        return {"ingested_uri": self.chance.choice(uris), "raw_hash": self.draw_hash(number)}

    def draw_hash(self, page: int | str) -> str:
        """Return the hash of what a page may have: of one thing mostly, or of another."""
        return f"{self.chance.choice(['raw', 'raw', 'other'])}-{page}"

    def draw_versions(self, number: int) -> list[Row]:
        """Return the versions of an article, mostly as they were: the first alone, or with a correction."""
        first, correction = (self.describe_version(number, self.chance.choice([kind, kind, 2])) for kind in (0, 1))
        if self.chance.random() < 0.5:
            return [first]
        former = first | {"is_current": False}
        return [former, correction | {"article_key": number + 100, "version": 2}]

    def describe_version(self, number: int, kind: int) -> Row:
        """Return a version of an article: of each kind the same, but for one thing at times."""
        told = self.describe(Random(f"{number} {kind}"))
        if self.chance.random() < 0.3:
            changed = self.chance.choice(sorted(told))
            told[changed] = self.describe(self.chance)[changed]
        return make_version(number, f"a{number}", f"c{number}", **told)

    def describe(self, chance: Random) -> Row:
        """Return what days are told of the first version of an article."""
        return {
            "source_key": chance.choice(list(OUTLETS)),
            "valid_from": MONDAY + timedelta(days=chance.randint(0, DAY_COUNT)),
            "published_at": chance.choice([MONDAY, None]),
            "word_count": chance.choice([40, 50, 60, 400]),
            "author": chance.choice(["Cy Orr", None]),
            "section": chance.choice(["News", None]),
            "language_code": chance.choice(["en", "en", "und"]),
        }

    def ask(self, con: Con) -> None:
        """Load what some feeds and pages answered."""
        fetches = []
        for _ in range(12):
            name, page = self.chance.choice(list(OUTLETS.values())), self.chance.choice(["all", "feed", *range(1, 30)])
            asked = {
                "source_id": name,
                "kind": "feed" if page == "feed" else "page",
                "outcome": self.chance.choice(["fetched", "fetched", "unmodified", "failed"]),
                "raw_hash": self.draw_hash(page),
            }
            fetches.append(make_fetch(f"https://{name}/{page}", self.draw_time(), **asked))
        load_fetches(con, frame_fetches(*fetches))

    def change_file(self, con: Con) -> None:
        """Let the sources file say something else: versions of an outlet, its language, what is expected of it."""
        moved = self.draw_time().replace(hour=0)
        named = self.chance.sample(list(OUTLETS.items()), 2)
        language = self.chance.choice([None, "en", "de"])
        self.sources = [make_source(key, name) for key, name in OUTLETS.items() if key != 10]
        self.sources.append(make_source(10, "a.example", valid_to=moved, language_code=language))
        self.sources.append(make_source(11, "a.example", valid_from=moved))
        file = frame_sources(*(make_source(key, name, name=name) for key, name in named))
        load_source_versions(con, file.with_columns(schedule=pl.lit(None, pl.String)).select(SOURCE_VERSION.names()))
        bounds = [(name, BEGINNING, END, "article_count", self.chance.randint(1, 3), None) for _, name in named[:1]]
        expectations.load_source_expectations(con, pl.DataFrame(bounds, schema=SOURCE_EXPECTATION, orient="row"))

    def draw_idle_days(self) -> pl.DataFrame:
        """Return days on which outlets are not due."""
        days = [
            (name, (MONDAY + timedelta(days=self.chance.randint(0, DAY_COUNT))).date()) for name in OUTLETS.values()
        ]
        return pl.DataFrame(days, schema={"source_id": pl.String(), "date": pl.Date()}, orient="row")

    def load(self, con: Con) -> None:
        """Do what a load does, up to the days of outlets, which come next."""
        self.last_day = min(DAY_COUNT, self.last_day + self.chance.choice([0, 1, 1, 6]))
        if self.chance.random() < 0.8:
            self.load_articles(con)
        if self.chance.random() < 0.7:
            self.ask(con)
        if self.chance.random() < 0.3:
            self.change_file(con)
        if self.chance.random() < 0.2:
            self.rules_id = f"r{self.last_day}"
        load_sources(con, frame_sources(*self.sources), loaded_at=LOADED_AT)
        sign(con, make_credit("Cy Orr", "Cy Orr"), rules_id=self.rules_id)


def read_days(con: Con) -> dict[str, list[Any]]:
    """Return all rows of the tables of days."""
    return {table: fetch(con, f"select * from {table} order by all") for table in TABLES}  # noqa: S608  from above


def learn_from_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let days be judged by a few days with a few articles each."""
    for name, count in (
        ("HISTORY_DAY_COUNT", 4),
        ("MIN_HISTORY_DAY_COUNT", 2),
        ("MIN_OBSERVED_COUNT", 2),
        ("MIN_USUAL_COUNT", 1),
    ):
        monkeypatch.setattr(expectations, name, count)


@pytest.mark.parametrize("seed", range(3))
def test_any_history_ends_with_the_days_that_making_all_anew_gives(
    con: Con, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    learn_from_little(monkeypatch)
    history = History(Random(seed))
    for number in range(7):
        history.load(con)
        idle_days = history.draw_idle_days()
        refresh_coverage(con, idle_days)
        expectations.refresh_expectations(con)
        made = read_days(con)
        refresh_coverage(con, idle_days, is_whole=True)
        expectations.refresh_expectations(con, is_whole=True)
        assert made == read_days(con), f"load {number}"


def see_article(con: Con, number: int, source_key: int, day: int) -> list[Any]:
    """Load a sight of an article of an outlet, so many days after Monday; return what the days of outlet a are."""
    observe(
        con,
        make_observation(
            f"a{number}", f"c{number}", source_id=OUTLETS[source_key], ingested_at=MONDAY + timedelta(days=day)
        ),
    )
    version = make_version(number, f"a{number}", f"c{number}", source_key=source_key)
    load_versions(con, frame_versions(version), run_key=1, ingested_at=LOADED_AT)
    sources = [make_source(key, name) for key, name in OUTLETS.items()]
    load_sources(con, frame_sources(*sources), loaded_at=LOADED_AT)
    bounds = [("a.example", BEGINNING, END, "article_count", 1, 9)]
    expectations.load_source_expectations(con, pl.DataFrame(bounds, schema=SOURCE_EXPECTATION, orient="row"))
    expectations.refresh_expectations(con)
    query = """
        select status from fact_source_expectation
        where measure = 'article_count' and source_key = 10 order by date_key
    """
    return fetch(con, query)


def test_a_day_of_another_outlet_ends_the_last_day_of_all(con: Con) -> None:
    see_article(con, 1, 10, 0)
    assert see_article(con, 2, 10, 1) == ["too_little_data", "too_little_data"]
    assert see_article(con, 3, 20, 2) == ["too_little_data", "met"]


def test_a_last_day_that_goes_leaves_the_one_before_it_open(con: Con) -> None:
    for number, source_key, day in ((1, 10, 0), (2, 10, 1), (3, 20, 2)):
        see_article(con, number, source_key, day)
    assert see_article(con, 3, 20, 0) == ["too_little_data", "too_little_data"]


SIGHT = {"ingested_at": MONDAY + timedelta(days=1)}
FIRST: Row = {"published_at": MONDAY, "section": None, "author": "Cy Orr"}


@pytest.mark.parametrize(
    ("sight", "version", "is_judged"),
    [
        pytest.param({}, {}, False, id="the same"),
        pytest.param({"ingested_at": MONDAY + timedelta(days=2)}, {}, False, id="seen again"),
        pytest.param({"ingested_at": MONDAY + timedelta(hours=2)}, {}, True, id="seen on an earlier day"),
        pytest.param({"ingested_at": MONDAY + timedelta(days=1, hours=-2)}, {}, False, id="seen earlier on its day"),
        pytest.param({}, {"content_hash": "c2", "text_hash": "text-c2", "headline": "Snow"}, False, id="other words"),
        pytest.param({}, {"published_at": MONDAY + timedelta(days=1)}, False, id="another date"),
        pytest.param({}, {"source_key": 20}, True, id="another outlet"),
        pytest.param({}, {"valid_from": MONDAY + timedelta(days=9)}, True, id="valid since another time"),
        pytest.param({}, {"word_count": 7}, True, id="other number of words"),
        pytest.param({}, {"published_at": None}, True, id="no date"),
        pytest.param({}, {"section": "News"}, True, id="a section"),
        pytest.param({}, {"language_code": "und"}, True, id="another language"),
        pytest.param({}, {"author": None}, True, id="no author"),
        pytest.param({}, {"author_types": "Person"}, True, id="other types of authors"),
    ],
)
def test_an_article_has_its_day_judged_anew_if_its_first_sight_or_version_says_something_else(
    con: Con, sight: Row, version: Row, *, is_judged: bool
) -> None:
    observe(con, make_observation("a1", "c1", **SIGHT))
    load_versions(con, frame_versions(make_version(1, "a1", "c1", **FIRST)), run_key=1, ingested_at=LOADED_AT)
    sources = [make_source(key, name) for key, name in OUTLETS.items()]
    load_sources(con, frame_sources(*sources), loaded_at=LOADED_AT)
    expectations.refresh_expectations(con)
    observe(con, make_observation("a1", "c1", **SIGHT | sight))
    correction = make_version(2, "a1", "c9", version=2, word_count=900, source_key=30)
    given = frame_versions(make_version(1, "a1", "c1", **FIRST | version), correction)
    load_versions(con, given, run_key=2, ingested_at=LOADED_AT)
    assert fetch(con, "select count(*) > 0 from changed_article") == [is_judged]
