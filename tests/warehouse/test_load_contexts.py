"""Whom an ambiguous name means in an article is told by the months around, whatever was loaded before, and when.

Histories are made up: people who share a surname, each mostly beside towns of their own, in articles of five months,
or of no known day. Articles come, get another text or another day, and lose their names, in loads on one connection or
on several.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from shutil import copyfile

import duckdb
import pytest

from tests.warehouse.copies import open_copy
from tests.warehouse.samples import (
    Row,
    fetch,
    frame_mentions,
    frame_texts,
    load_article,
    make_run,
    make_version,
    name_mention,
    resolve,
)
from transforms.keys import compute_key
from warehouse import load_entities
from warehouse.checks import list_checks, run_checks
from warehouse.connection import connect
from warehouse.load import load_run, load_texts

Con = duckdb.DuckDBPyConnection

CHECKS = [name for name in list_checks() if name.endswith(("_observed_entity", "_decision", "_alias"))]

BEARERS = {"Smith": ("Ann Smith", "Bo Smith", "Cy Smith"), "Jones": ("Dee Jones", "Ed Jones")}
TOWN_COUNT = 14
ARTICLE_COUNT = 50
LOAD_COUNT = 5

MENTION_COUNTS = {0: load_entities.CONTEXT_MENTION_COUNT, 2: 1, 5: 100, 8: load_entities.CONTEXT_MENTION_COUNT}
"""Seed of a history -> mentions of months that are compared at a time, while it is loaded in turn."""


@dataclass(frozen=True)
class Article:
    """An article as it is now.

    Attributes:
        names: The people it names, and towns.
        published_at: When; None where that is unknown.
    """

    names: tuple[tuple[str, str], ...]
    published_at: datetime | None


def list_towns(person: str) -> list[tuple[str, str]]:
    """Return the towns that a person is at home in."""
    return [("GPE", f"Town {letter} of {person}") for letter in "abcdefghijklmn"[:TOWN_COUNT]]


def draw_article(chance: Random) -> Article:
    """Return an article that has a person, or a surname alone, beside most of somebody's towns, some of another's."""
    surname = chance.choice(list(BEARERS))
    person, other = chance.sample(BEARERS[surname], 2)
    name = person if chance.random() < 0.5 else surname
    towns = chance.sample(list_towns(person), chance.choice([8, 14, 14, 14])) + chance.sample(list_towns(other), 2)
    day = datetime(2025, chance.randint(1, 5), chance.choice([1, 15, 28]), 9, tzinfo=UTC)
    return Article((("PERSON", name), *towns), None if chance.random() < 0.15 else day)


def draw_loads(chance: Random) -> Iterator[dict[str, Article]]:
    """Yield what each load brings: articles, some of them there before, with another text, another day or names."""
    known: dict[str, Article] = {}
    for _ in range(LOAD_COUNT):
        given = {
            f"a{chance.randrange(ARTICLE_COUNT)}": draw_article(chance) for _ in range(chance.choice([2, 8, 16, 16]))
        }
        for article_id in chance.sample(sorted(known), min(2, len(known))):
            held = known[article_id]
            given[article_id] = chance.choice(
                [Article(held.names, draw_article(chance).published_at), Article(held.names[1:], held.published_at)]
            )
        known |= given
        yield given


def make_names(content: str, names: tuple[tuple[str, str], ...]) -> list[Row]:
    """Return the mentions of a text, forty characters apart."""
    return [
        name_mention(content, name, 40 * at, entity_type=entity_type) for at, (entity_type, name) in enumerate(names)
    ]


def load(con: Con, articles: dict[str, Article], *, run_key: int, resolver_version: str = "v1") -> None:
    """Load articles and resolve their names."""
    contents = {article_id: f"{article_id}-{compute_key(repr(one))}" for article_id, one in articles.items()}
    rows = [
        make_version(compute_key(article_id), article_id, contents[article_id], published_at=one.published_at)
        for article_id, one in articles.items()
    ]
    load_article(con, *rows, run_key=run_key)
    bodies = {contents[key]: "".join(f"{name:<40}" for _, name in one.names) for key, one in articles.items()}
    mentions = [row for key, one in articles.items() for row in make_names(contents[key], one.names)]
    load_texts(con, frame_texts(**bodies), frame_mentions(*mentions), extraction_id="x1", run_key=run_key)
    resolve(con, resolver_version=resolver_version, run_key=run_key)
    load_run(con, make_run(run_key))


def read_names(con: Con) -> dict[str, list[object]]:
    """Return all that is known of names, and what was decided on them."""
    return {
        "observed_candidate": fetch(con, "select * from observed_candidate order by all"),
        "resolution_link": fetch(con, "select * from resolution_link order by all"),
        "resolution_decision": fetch(con, "select * exclude (run_key) from resolution_decision order by all"),
        "mention": fetch(
            con,
            """
            select article_key, start_char, entity_key, resolution_rule, resolution_score
            from fact_entity_mention
            order by all
            """,
        ),
    }


@contextmanager
def opened(path: Path) -> Iterator[Con]:
    """Give a connection to a warehouse that is there."""
    con = connect(path)
    try:
        yield con
    finally:
        con.close()


@pytest.mark.parametrize("seed", MENTION_COUNTS)
def test_loads_in_turn_say_what_one_load_says(
    empty_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(load_entities, "CONTEXT_MENTION_COUNT", MENTION_COUNTS[seed])
    chance = Random(seed)
    path, known = tmp_path / "warehouse.duckdb", dict[str, Article]()
    copyfile(empty_warehouse, path)
    loads = list(enumerate(draw_loads(chance), start=1))
    while loads:
        with opened(path) as con:
            for run_key, given in [loads.pop(0) for _ in range(min(len(loads), chance.choice([1, 1, 2])))]:
                load(con, given, run_key=run_key)
                known |= given
            assert run_checks(con, CHECKS) == len(CHECKS)
            found = read_names(con)
    monkeypatch.undo()
    with open_copy(empty_warehouse, tmp_path / "other.duckdb") as con:
        load(con, known, run_key=1)
        expected = read_names(con)
        assert fetch(con, "select count(*) > 0 from resolution_link where rule = 'context'") == [True]
    for table, rows in expected.items():
        assert found[table] == rows, table


def tell(con: Con, surface: str) -> str:
    """Return whom a name means in the article "question"."""
    query = """
        select entity.name
        from fact_entity_mention as mention
        join dim_entity as entity using (entity_key) join dim_article as article using (article_key)
        where article.article_id = 'question' and mention.surface_text = $surface
    """
    (row,) = con.execute(query, {"surface": surface}).fetchall()
    return str(row[0])


def on(month: int, name: str, home: str) -> Article:
    """Return an article of a month of 2025 that has a name, in the towns of somebody."""
    return Article((("PERSON", name), *list_towns(home)), datetime(2025, month, 15, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        pytest.param(5, "Smith", id="two-months-before"),
        pytest.param(6, "Ann Smith", id="the-month-before"),
        pytest.param(7, "Ann Smith", id="the-month"),
        pytest.param(8, "Ann Smith", id="the-month-after"),
        pytest.param(9, "Smith", id="two-months-after"),
    ],
)
def test_company_tells_within_a_month_and_those_beside_it(con: Con, month: int, expected: str) -> None:
    others = {"bo": on(1, "Bo Smith", "Bo Smith"), "cy": on(1, "Cy Smith", "Cy Smith")}
    load(con, {"question": on(7, "Smith", "Ann Smith"), **others}, run_key=1)
    assert tell(con, "Smith") == "Smith"
    load(con, {"answer": on(month, "Ann Smith", "Ann Smith")}, run_key=2)
    assert tell(con, "Smith") == expected


def test_who_else_was_in_these_towns_in_another_season_says_nothing(con: Con) -> None:
    load(con, {"question": on(7, "Smith", "Ann Smith"), "answer": on(7, "Ann Smith", "Ann Smith")}, run_key=1)
    load(con, {"later": on(12, "Bo Smith", "Ann Smith")}, run_key=2)
    assert tell(con, "Smith") == "Ann Smith"
    load(con, {"same": on(7, "Bo Smith", "Ann Smith")}, run_key=3)
    assert tell(con, "Smith") == "Smith"


def test_who_is_compared_no_more_is_no_rival_in_any_month(con: Con, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_entities, "CANDIDATE_COUNT", 2)
    ann = {f"ann-{at}": on(7, "Ann Smith", "Ann Smith") for at in range(3)}
    bo = {f"bo-{at}": on(7, "Bo Smith", "Ann Smith") for at in range(2)}
    load(con, {"question": on(7, "Smith", "Ann Smith"), **ann, **bo}, run_key=1)
    assert tell(con, "Smith") == "Smith"
    load(con, {f"cy-{at}": on(12, "Cy Smith", "Cy Smith") for at in range(4)}, run_key=2)
    assert tell(con, "Smith") == "Ann Smith"


def test_what_other_code_said_of_any_month_is_looked_at_again(con: Con) -> None:
    """Older code told by company of all times; its link goes, though the names that it led to go far from there."""
    july = {"ann": on(7, "Ann Smith", "Ann Smith"), "bo": on(7, "Bo Smith", "Bo Smith")}
    load(con, {"question": on(1, "Smith", "Ann Smith"), **july}, run_key=1)
    con.execute(
        """
        insert into resolution_link
        select smith.observed_key, article.article_key, ann.observed_key, 'context', 0.7, 'twelve companions'
        from observed_entity as smith, observed_entity as ann, dim_article as article
        where smith.name = 'Smith' and ann.name = 'Ann Smith' and article.article_id = 'question'
        """
    )
    other = {"ann": on(7, "Anna Smith", "Ann Smith"), "bo": on(7, "Bob Smith", "Bo Smith")}
    load(con, other, run_key=2, resolver_version="v2")
    assert fetch(con, "select evidence from resolution_link where rule = 'context'") == []
    assert run_checks(con, CHECKS) == len(CHECKS)
