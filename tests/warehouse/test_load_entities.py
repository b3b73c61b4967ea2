"""Names of articles become entities, the same in whatever order and batches the articles come."""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.copies import open_copy
from tests.warehouse.samples import (
    Row,
    count_names,
    fetch,
    frame_mentions,
    frame_texts,
    load_article,
    make_mention,
    make_run,
    make_version,
    resolve,
    settle,
)
from tests.warehouse.test_load_order import read_tables
from transforms.keys import compute_key
from warehouse.checks import list_checks, run_checks
from warehouse.load import load_run, load_texts
from warehouse.load_expectations import refresh_expectations

ENTITY_CHECKS = [name for name in list_checks() if name.endswith(("_observed_entity", "_decision", "_alias"))]

Con = duckdb.DuckDBPyConnection

# Article -> its names: (type, fullest form in the article, form of the mention).
ARTICLES: dict[str, list[tuple[str, str, str]]] = {
    "chief": [("PERSON", "asim munir", "Asim Munir"), ("PERSON", "asim munir", "Munir"), ("GPE", "kenya", "Kenya")],
    "chief-again": [("PERSON", "asim munir", "Asim Munir"), ("PERSON", "asim munir", "Munir")],
    "chief-alone": [("PERSON", "munir", "Munir"), ("GPE", "kenya", "Kenya")],
    "chief-as-a-body": [("ORG", "asim munir", "Asim Munir")],
    "two-smiths": [
        ("PERSON", "ann smith", "Ann Smith"),
        *[("GPE", f"town {letter}", f"Town {letter.upper()}") for letter in "abcdefghijkl"],
    ],
    "other-smith": [("PERSON", "bo smith", "Bo Smith"), ("GPE", "port", "Port")],
    "smith-in-the-towns": [
        ("PERSON", "smith", "Smith"),
        *[("GPE", f"town {letter}", f"Town {letter.upper()}") for letter in "abcdefghijkl"],
    ],
    "smith-elsewhere": [("PERSON", "smith", "Smith"), ("LOC", "lake", "Lake")],
    "bank": [("ORG", "central bank reserve", "Central Bank Reserve"), ("ORG", "central bank reserve", "CBR")],
    "bank-again": [("ORG", "central bank reserve", "Central Bank Reserve"), ("ORG", "central bank reserve", "CBR")],
    "bank-alone": [("ORG", "cbr", "CBR")],
    "banker": [
        ("PERSON", "lloyd blankfein", "Lloyd Blankfein"),
        *[("LOC", f"lake {at}", f"Lake {at}") for at in "abc"],
    ],
    "banker-again": [("PERSON", "lloyd blankfein", "Lloyd Blankfein"), ("LOC", "lake a", "Lake a")],
    "banker-misspelt": [
        ("PERSON", "lloyd blankfien", "Lloyd Blankfien"),
        *[("LOC", f"lake {letter}", f"Lake {letter}") for letter in "abc"],
    ],
    "other-banker": [("PERSON", "lloyd bennett", "Lloyd Bennett")],
}

SPELLINGS = """
    select one.name_key, other.name_key
    from observed_spelling
    join observed_entity as one using (observed_key)
    join observed_entity as other on near_key = other.observed_key
    order by all
"""


def make_names(article: str) -> list[Row]:
    """Return the MENTION rows of an article, thirty characters apart."""
    return [
        make_mention(
            article,
            compute_key("entity", entity_type, name_key),
            surface,
            30 * at,
            entity_id=f"{entity_type}:{name_key}",
            entity_type=entity_type,
            label=entity_type,
            full_name=next(form for kind, key, form in ARTICLES[article] if (kind, key) == (entity_type, name_key)),
        )
        for at, (entity_type, name_key, surface) in enumerate(ARTICLES[article])
    ]


def load_names(con: Con, articles: Sequence[str], *, run_key: int = 1) -> None:
    """Load these articles and resolve their names: a run of its own, but for stories and counts."""
    load_article(con, *(make_version(compute_key(name), name, name) for name in articles), run_key=run_key)
    bodies = {name: "".join(f"{surface:<30}" for _, _, surface in ARTICLES[name]) for name in articles}
    mentions = frame_mentions(*(row for name in articles for row in make_names(name)))
    load_texts(con, frame_texts(**bodies), mentions, extraction_id="x1", run_key=run_key)
    resolve(con, run_key=run_key)
    load_run(con, make_run(run_key))


def close(con: Con) -> None:
    """Give every article its story and count who is named: what follows from names, once for all loads."""
    settle(con)
    count_names(con)
    refresh_expectations(con)


def find_entity(con: Con, article: str, surface: str) -> tuple[str, str]:
    """Return the id of the entity of a mention, and the rule."""
    query = """
        select entity.entity_id, mention.resolution_rule
        from fact_entity_mention as mention
        join dim_entity as entity using (entity_key) join dim_article as article using (article_key)
        where article.article_id = $article and mention.surface_text = $surface
    """
    (row,) = con.execute(query, {"article": article, "surface": surface}).fetchall()
    return row


@pytest.fixture(scope="module")
def loaded_path(empty_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse with all articles, to be copied."""
    path = tmp_path_factory.mktemp("names") / "warehouse.duckdb"
    with open_copy(empty_warehouse, path) as con:
        load_names(con, list(ARTICLES))
        close(con)
    return path


@pytest.fixture(scope="module")
def seen(loaded_path: Path) -> Iterator[Con]:
    """Give the warehouse with all articles, to be read only."""
    with closing(duckdb.connect(loaded_path, read_only=True)) as con:
        yield con


@pytest.fixture
def loaded(loaded_path: Path, tmp_path: Path) -> Iterator[Con]:
    """Give a warehouse of its own with all articles, to be changed."""
    with open_copy(loaded_path, tmp_path / "loaded.duckdb") as con:
        yield con


@pytest.mark.parametrize(
    ("article", "surface", "expected"),
    [
        pytest.param("chief", "Munir", ("PERSON:asim munir", "exact"), id="resolved-in-its-article"),
        pytest.param("chief-alone", "Munir", ("PERSON:asim munir", "known_alias"), id="surname-alone"),
        pytest.param("chief-as-a-body", "Asim Munir", ("PERSON:asim munir", "type_majority"), id="type"),
        pytest.param("smith-in-the-towns", "Smith", ("PERSON:ann smith", "context"), id="context"),
        pytest.param("smith-elsewhere", "Smith", ("PERSON:smith", "ambiguous"), id="ambiguous"),
        pytest.param("bank-alone", "CBR", ("ORG:central bank reserve", "known_alias"), id="acronym"),
        pytest.param("banker-misspelt", "Lloyd Blankfien", ("PERSON:lloyd blankfein", "spelling"), id="spelling"),
    ],
)
def test_a_name_means_the_entity_that_the_evidence_says(
    seen: Con, article: str, surface: str, expected: tuple[str, str]
) -> None:
    assert find_entity(seen, article, surface) == expected


def test_all_checks_pass(seen: Con) -> None:
    assert run_checks(seen) > 0


def test_what_was_observed_stays(seen: Con) -> None:
    query = """
        select observed.observed_id, observed_rule, observed_score, alias_key from fact_entity_mention as mention
        join observed_entity as observed using (observed_key) join dim_article using (article_key)
        where article_id = 'chief-alone' and surface_text = 'Munir'
    """
    assert fetch(seen, query) == [("PERSON:munir", "exact", 1.0, "munir")]


def test_a_mention_is_as_sure_as_the_weaker_of_both_steps(seen: Con) -> None:
    query = """
        select resolution_score from fact_entity_mention join dim_article using (article_key)
        where article_id = 'chief-alone' and surface_text = 'Munir'
    """
    assert fetch(seen, query) == [0.85]


def test_an_entity_knows_its_days_articles_and_name(seen: Con) -> None:
    query = """
        select name, article_count, cast(first_seen_date as varchar), cast(last_seen_date as varchar), is_ambiguous
        from dim_entity where entity_id = 'PERSON:asim munir'
    """
    assert fetch(seen, query) == [("Asim Munir", 4, "2026-11-03", "2026-11-03", False)]


def test_an_ambiguous_name_says_so(seen: Con) -> None:
    assert fetch(seen, "select entity_id from dim_entity where is_ambiguous") == ["PERSON:smith"]


def test_an_id_that_was_published_leads_to_the_entity_of_today(con: Con) -> None:
    load_names(con, ["chief-alone"])
    assert fetch(con, "select entity_id from dim_entity where entity_id like 'PERSON:%'") == ["PERSON:munir"]
    load_names(con, ["chief", "chief-again"], run_key=2)
    query = "select current_entity_id from entity_redirect where entity_id = 'PERSON:munir'"
    assert fetch(con, query) == ["PERSON:asim munir"]


def test_a_decision_keeps_the_run_that_took_it(con: Con) -> None:
    load_names(con, ["chief", "chief-again", "bank"])
    load_names(con, ["chief-alone"], run_key=2)
    runs = dict(
        fetch(
            con,
            "select observed_id, run_key from resolution_decision join observed_entity using (observed_key)",
        )
    )
    assert runs == {"PERSON:asim munir": 1, "GPE:kenya": 1, "ORG:central bank reserve": 1, "PERSON:munir": 2}


def test_other_rules_decide_everything_anew_without_texts(loaded: Con) -> None:
    before = fetch(loaded, "select * exclude (resolver_version, run_key) from resolution_decision order by all")
    resolve(loaded, resolver_version="v2", run_key=2)
    after = fetch(loaded, "select * exclude (resolver_version, run_key) from resolution_decision order by all")
    assert after == before
    assert len(fetch(loaded, SPELLINGS)) == 2
    assert fetch(loaded, "select distinct resolver_version from resolution_decision") == ["v2"]


def test_a_name_that_no_article_has_any_more_goes_with_all_that_was_decided_on_it(loaded: Con) -> None:
    load_article(loaded, *(make_version(compute_key(name), name, "gone") for name in ("chief", "chief-again")))
    resolve(loaded)
    assert find_entity(loaded, "chief-alone", "Munir") == ("PERSON:munir", "exact")
    assert run_checks(loaded, ENTITY_CHECKS) == len(ENTITY_CHECKS)


def test_names_that_are_spelt_alike_are_kept_both_ways_round(seen: Con) -> None:
    assert fetch(seen, SPELLINGS) == [("lloyd blankfein", "lloyd blankfien"), ("lloyd blankfien", "lloyd blankfein")]


def test_a_spelling_that_no_article_has_any_more_is_like_no_other(loaded: Con) -> None:
    load_article(loaded, make_version(compute_key("banker-misspelt"), "banker-misspelt", "gone"))
    resolve(loaded)
    assert fetch(loaded, SPELLINGS) == []
    assert run_checks(loaded, ENTITY_CHECKS) == len(ENTITY_CHECKS)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["Владимир Зеленский", "Владимир Зеретский", "Владимир Зуров"], id="two-letters"),
        pytest.param(["漢字阿文山水 川", "漢阿字文山水 川", "漢水 川"], id="swapped"),
    ],
)
def test_letters_of_several_bytes_are_letters_of_a_spelling(con: Con, names: list[str]) -> None:
    keys = [name.casefold() for name in names]
    rows = [
        make_mention("c1", 5 + at, name, 40 * at, entity_id=f"PERSON:{key}", entity_type="PERSON", full_name=name)
        for at, (name, key) in enumerate(zip(names, keys, strict=True))
    ]
    load_article(con, make_version(1, "one", "c1"))
    body = "".join(f"{name:<40}" for name in names)
    load_texts(con, frame_texts(c1=body), frame_mentions(*rows), extraction_id="x1", run_key=1)
    resolve(con)
    assert fetch(con, SPELLINGS) == sorted([(keys[0], keys[1]), (keys[1], keys[0])])


def test_hostile_names_are_names(con: Con) -> None:
    names = ['a "quoted" name', "o'brien -- [x]", "drop table; $1 {y}", "%_\\"]
    rows = [make_mention("c1", 5 + at, name, 40 * at, entity_id=f"PERSON:{name}") for at, name in enumerate(names)]
    load_article(con, make_version(1, "one", "c1"))
    body = "".join(f"{name:<40}" for name in names)
    load_texts(con, frame_texts(c1=body), frame_mentions(*rows), extraction_id="x1", run_key=1)
    resolve(con)
    assert fetch(con, "select name from dim_entity where entity_key >= 5 order by entity_key") == names


@pytest.mark.parametrize(
    ("seed", "batch_count"),
    [pytest.param(1, 1, id="shuffled"), pytest.param(3, 4, id="four")],
)
def test_order_and_batches_do_not_matter(
    empty_warehouse: Path, seen: Con, tmp_path: Path, seed: int, batch_count: int
) -> None:
    expected = read_tables(seen)
    shuffled = random.Random(seed).sample(list(ARTICLES), len(ARTICLES))
    with open_copy(empty_warehouse, tmp_path / "other.duckdb") as con:
        for number in range(batch_count):
            load_names(con, shuffled[number::batch_count], run_key=number + 1)
        close(con)
        tables = read_tables(con)
    assert tables.keys() == expected.keys()
    for table, rows in tables.items():
        assert rows == expected[table], table
