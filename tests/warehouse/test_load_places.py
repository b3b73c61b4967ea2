"""Entities get their places, and lose them when what told them is gone; dim_place has the places in use."""

import duckdb
import polars as pl
import pytest

from flows.steps.resolve import place_entities, resolve_entities
from tests.warehouse.samples import fetch, load_sample
from transforms.places import GAZETTEER
from warehouse.checks import run_checks
from warehouse.load_counts import refresh_counts
from warehouse.load_places import read_place_names

Con = duckdb.DuckDBPyConnection

PLACED = """
    select entity.name, place.name, place.country_code, entity.place_rule
    from dim_entity as entity inner join dim_place as place using (place_key)
    where entity.place_key >= 0 order by all
"""


@pytest.fixture
def loaded(con: Con) -> Con:
    """Give a warehouse in which Ann Lee is the city of Cambridge, and Bo Kim the United States, met in two articles."""
    load_sample(con)
    con.execute("update dim_entity set entity_type = 'GPE', name = 'Cambridge' where entity_key = 100")
    con.execute("update dim_entity set entity_type = 'GPE', country_code = 'US' where entity_key = 200")
    con.execute("insert into pair_total values (100, 200, 9, 9, 9, 20261103, 20261103)")
    return con


@pytest.fixture
def gazetteer() -> pl.DataFrame:
    """Return two countries and two cities of Cambridge, the larger in Britain."""
    rows = [
        (1, "country", "United States", "United States", "US", None, None, None),
        (2, "country", "United Kingdom", "United Kingdom", "GB", None, None, None),
        (11, "city", "Cambridge", "Cambridge", "GB", 52.2, 0.1, 140_000),
        (12, "city", "Cambridge", "Cambridge", "US", 42.4, -71.1, 110_000),
    ]
    return pl.DataFrame(rows, schema=GAZETTEER, orient="row")


def test_the_countries_named_beside_a_name_are_evidence(loaded: Con) -> None:
    names, evidence = read_place_names(loaded, rules_id="p1")
    assert names.rows() == [(100, "Cambridge", None), (200, "Bo Kim", "US")]
    assert evidence.rows() == [(100, "US", 9)]


def test_entities_are_placed(loaded: Con, gazetteer: pl.DataFrame) -> None:
    place_entities(loaded, gazetteer, rules_id="p1")
    assert fetch(loaded, PLACED) == [
        ("Bo Kim", "United States", "US", "country"),
        ("Cambridge", "Cambridge", "US", "weighed"),
    ]
    assert fetch(loaded, "select geonames_id from dim_place where place_key >= 0 order by all") == [1, 12]
    run_checks(loaded, ["orphan_dim_entity", "grain_dim_place", "special_members"])


def test_a_place_goes_with_its_evidence(loaded: Con, gazetteer: pl.DataFrame) -> None:
    place_entities(loaded, gazetteer, rules_id="p1")
    loaded.execute("delete from pair_total")
    loaded.execute("insert into unplaced_entity values (100)")
    place_entities(loaded, gazetteer, rules_id="p1")
    assert fetch(loaded, PLACED) == [("Bo Kim", "United States", "US", "country")]
    assert fetch(loaded, "select place_score from dim_entity where entity_key = 100") == [None]
    run_checks(loaded, ["orphan_dim_entity"])


def test_placing_twice_changes_nothing(loaded: Con, gazetteer: pl.DataFrame) -> None:
    tables = ("dim_entity", "dim_place")
    place_entities(loaded, gazetteer, rules_id="p1")
    before = [fetch(loaded, f"from {table} order by all") for table in tables]
    place_entities(loaded, gazetteer, rules_id="p1")
    assert [fetch(loaded, f"from {table} order by all") for table in tables] == before


def test_only_entities_near_what_changed_are_asked_again(loaded: Con, gazetteer: pl.DataFrame) -> None:
    place_entities(loaded, gazetteer, rules_id="p1")
    assert read_place_names(loaded, rules_id="p1")[0].is_empty()
    loaded.execute("insert into unplaced_entity values (100), (100), (999)")
    names, evidence = read_place_names(loaded, rules_id="p1")
    assert names.rows() == [(100, "Cambridge", None)]
    assert evidence.rows() == [(100, "US", 9)]


def test_the_place_of_an_entity_that_is_not_asked_stays(loaded: Con, gazetteer: pl.DataFrame) -> None:
    place_entities(loaded, gazetteer, rules_id="p1")
    loaded.execute("insert into unplaced_entity values (100)")
    place_entities(loaded, gazetteer, rules_id="p1")
    assert len(fetch(loaded, PLACED)) == 2
    assert fetch(loaded, "select geonames_id from dim_place where place_key >= 0 order by all") == [1, 12]
    assert fetch(loaded, "from unplaced_entity") == []


def test_another_gazetteer_places_all_entities_anew(loaded: Con, gazetteer: pl.DataFrame) -> None:
    place_entities(loaded, gazetteer, rules_id="p1")
    place_entities(loaded, gazetteer.filter(pl.col("geonames_id") != 11), rules_id="p2")
    assert fetch(loaded, PLACED)[1] == ("Cambridge", "Cambridge", "US", "only_place")
    assert fetch(loaded, "from place_rules") == ["p2"]


def test_a_pair_that_is_counted_anew_has_both_asked(loaded: Con) -> None:
    read_place_names(loaded, rules_id="p1")
    loaded.execute("delete from unplaced_entity")
    loaded.execute("insert into pending_article select article_key from fact_article")
    refresh_counts(loaded)
    assert fetch(loaded, "from unplaced_entity") == []  # nothing changed
    loaded.execute("delete from fact_entity_mention where entity_key = 200")
    loaded.execute("insert into pending_article values (2)")
    refresh_counts(loaded)
    assert fetch(loaded, "from unplaced_entity order by all") == [100, 200]


def test_what_a_country_is_named_with_is_asked_when_it_is_another_country(con: Con) -> None:
    load_sample(con)
    con.execute("insert into pair_total values (200, 900, 9, 9, 9, 20261103, 20261103)")
    resolve_entities(con, resolver_version="v2", run_key=2)
    assert 900 not in fetch(con, "from unplaced_entity")
    con.execute("update observed_entity set country_code = 'US' where observed_key = 200")
    resolve_entities(con, resolver_version="v3", run_key=3)
    assert 900 in fetch(con, "from unplaced_entity")
