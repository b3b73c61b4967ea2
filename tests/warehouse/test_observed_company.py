"""What is kept of the company of near spellings is a limit: it spares counting, and never changes what a name means."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from shutil import copyfile

import duckdb
import pytest

from tests.warehouse.copies import open_copy
from tests.warehouse.samples import (
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

RARE, FREQUENT = "Alexandre Munroe", "Alexander Munroe"
SPELLINGS = (FREQUENT, RARE, "Alexander Munrow")
TOWNS = [f"Town {letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
ARTICLE_COUNT = 12
LOAD_COUNT = 8
SEEDS = range(4)

LIMITS = """
    select asker.name, near.name, least_companion_count, most_shared_companion_count
    from observed_company
    join observed_entity as asker using (observed_key)
    join observed_entity as near on near_key = near.observed_key
    order by all
"""

BROKEN_LIMITS = """
    with companion as (
        select distinct one.observed_key, other.observed_key as companion_key
        from fact_entity_mention as one join fact_entity_mention as other using (article_key)
        where one.observed_key <> other.observed_key
    )
    select *
    from observed_company as known
    where
        least_companion_count > (select count(*) from companion where companion.observed_key = known.observed_key)
        or most_shared_companion_count < (
            select count(*)
            from companion as own join companion as other using (companion_key)
            where own.observed_key = known.observed_key and other.observed_key = known.near_key
        )
"""


def load(con: Con, articles: dict[str, list[str]], *, run_key: int = 1, extraction_id: str = "x1") -> None:
    """Load articles, each with the names that it has, and resolve these."""
    contents = {article_id: f"{article_id}-{compute_key(repr(names))}" for article_id, names in articles.items()}
    load_article(con, *(make_version(compute_key(key), key, content) for key, content in contents.items()))
    read_texts(con, articles, run_key=run_key, extraction_id=extraction_id)
    load_run(con, make_run(run_key))


def read_texts(con: Con, articles: dict[str, list[str]], *, extraction_id: str, run_key: int = 1) -> None:
    """Load the names of articles that are there, and resolve them; by another extraction the last of each is lost."""
    contents = {article_id: f"{article_id}-{compute_key(repr(names))}" for article_id, names in articles.items()}
    bodies = {contents[key]: "".join(f"{name:<40}" for name in names) for key, names in articles.items()}
    mentions = [
        name_mention(contents[key], name, 40 * at, entity_type="PERSON" if name in SPELLINGS else "GPE")
        for key, names in articles.items()
        for at, name in enumerate(names if extraction_id == "x1" else names[:-1])
    ]
    load_texts(con, frame_texts(**bodies), frame_mentions(*mentions), extraction_id=extraction_id, run_key=run_key)
    resolve(con, run_key=run_key)


def read_links(con: Con) -> list[object]:
    """Return what names stand for, and why."""
    return fetch(con, "select * from resolution_link order by all")


@pytest.fixture
def parted(con: Con) -> Con:
    """Give a warehouse in which two spellings were found apart: of twenty towns beside one, one is beside both."""
    load(con, {"rare": [RARE, *TOWNS[:20]], "one": [FREQUENT, TOWNS[0]], "two": [FREQUENT, "Port"]})
    return con


@pytest.fixture
def asked_pairs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give a list to which the number of pairs is added whenever company is gathered."""
    counts: list[int] = []
    gather = load_entities.keep_undecided

    def keep_and_count(con: Con, pairs: object) -> None:
        counts.append(len(pairs))  # type: ignore[arg-type]  # a frame
        gather(con, pairs)  # type: ignore[arg-type]

    monkeypatch.setattr(load_entities, "keep_undecided", keep_and_count)
    return counts


def test_what_was_counted_is_kept(parted: Con) -> None:
    assert fetch(parted, LIMITS) == [(RARE, FREQUENT, 20, 1)]
    assert read_links(parted) == []


def test_names_that_cannot_be_one_are_not_counted_again(parted: Con, asked_pairs: list[int]) -> None:
    load(parted, {"three": [FREQUENT, "Harbour", "Lake"]}, run_key=2)
    assert fetch(parted, LIMITS) == [(RARE, FREQUENT, 20, 3)]
    assert sum(asked_pairs) == 0


def test_names_that_may_be_one_are_counted_again(parted: Con, asked_pairs: list[int]) -> None:
    load(parted, {"three": [FREQUENT, TOWNS[1], "Harbour", "Lake"]}, run_key=2)
    assert fetch(parted, LIMITS) == [(RARE, FREQUENT, 20, 2)]
    assert sum(asked_pairs) > 0
    load(parted, {"four": [FREQUENT, *TOWNS[2:4]]}, run_key=3)
    assert fetch(parted, "select linked_key from resolution_link where rule = 'spelling'") != []


def test_what_lost_company_is_counted_again(parted: Con) -> None:
    """Of two towns that are left beside the rare spelling, the one beside both was too few of twenty."""
    few = [RARE, *TOWNS[:2], "Quay"]
    load(parted, {"rare": few, "three": [FREQUENT, TOWNS[1]]}, run_key=2)
    assert fetch(parted, LIMITS) == [(RARE, FREQUENT, 3, 2)]
    assert fetch(parted, "select rule from resolution_link") == ["spelling"]


def test_a_name_that_went_has_no_limits(parted: Con) -> None:
    load(parted, {"rare": ["Port"]}, run_key=2)
    assert fetch(parted, LIMITS) == []
    assert run_checks(parted, CHECKS) == len(CHECKS)


def test_other_rules_count_everything_anew(parted: Con, asked_pairs: list[int]) -> None:
    resolve(parted, resolver_version="v2")
    assert fetch(parted, LIMITS) == [(RARE, FREQUENT, 20, 1)]
    assert sum(asked_pairs) > 0


def draw_loads(chance: Random) -> Iterator[dict[str, list[str]]]:
    """Yield what each load brings: articles, some of them there before, each with a spelling or two and some towns."""
    for _ in range(LOAD_COUNT):
        yield {
            f"a{chance.randrange(ARTICLE_COUNT)}": [
                *chance.sample(SPELLINGS, chance.choice([1, 1, 1, 1, 2])),
                *chance.sample(TOWNS, chance.choice([1, 2, 4, 9])),
            ]
            for _ in range(chance.choice([1, 1, 2, 5]))
        }


@pytest.mark.parametrize("seed", SEEDS)
def test_loads_in_turn_say_what_one_load_says(empty_warehouse: Path, tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    path, known = tmp_path / "warehouse.duckdb", dict[str, list[str]]()
    copyfile(empty_warehouse, path)
    for run_key, given in enumerate(draw_loads(chance), start=1):
        with closing(connect(path)) as con:
            load(con, given, run_key=run_key)
            known |= given
            for extraction_id in ("x2", "x1") if chance.random() < 0.2 else ():
                read_texts(con, known, extraction_id=extraction_id)
            assert fetch(con, BROKEN_LIMITS) == []
            assert run_checks(con, CHECKS) == len(CHECKS)
            found = read_links(con)
    with open_copy(empty_warehouse, tmp_path / "other.duckdb") as con:
        load(con, known)
        assert read_links(con) == found
