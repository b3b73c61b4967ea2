"""An entity gets the place that its name and its company tell, a country where only that can be told, or nothing."""

import polars as pl
import pytest

from transforms.keys import compute_key
from transforms.places import ENTITY_PLACE, GAZETTEER, PLACE_EVIDENCE, PLACE_NAME, SCORES, choose_places, list_places

COUNTRIES = {1: "US", 2: "GB", 3: "CA"}
CITIES = [
    (11, "Cambridge", "GB", 140_000),
    (12, "Cambridge", "US", 110_000),
    (21, "Springfield", "US", 170_000),
    (22, "Springfield", "US", 150_000),
    (31, "London", "GB", 9_000_000),
    (32, "London", "CA", 400_000),
    (41, "Westminster", "US", 116_000),
    (51, "São Paulo", "US", 500_000),
]
STATE = (61, "state", "Maine", "Maine", "US", None, None, None)


def make_gazetteer() -> pl.DataFrame:
    """Return three countries, a state, and cities, one of them with an alias."""
    rows: list[tuple[object, ...]] = []
    rows += [(key, "country", code, code, code, None, None, 1_000_000) for key, code in COUNTRIES.items()]
    rows += [(key, "city", name, name, code, 1.0, 2.0, population) for key, name, code, population in CITIES]
    rows += [STATE, (31, "city", "London", "Londres", "GB", 1.0, 2.0, 9_000_000)]
    return pl.DataFrame(rows, schema=GAZETTEER, orient="row")


def choose(name: str, article_counts: dict[str, int], *, country_code: str | None = None) -> tuple[int, str] | None:
    """Return id and rule of the place of one entity, named with countries in so many articles."""
    names = pl.DataFrame([(7, name, country_code)], schema=PLACE_NAME, orient="row")
    rows = [(7, code, count) for code, count in article_counts.items()]
    chosen = choose_places(names, pl.DataFrame(rows, schema=PLACE_EVIDENCE, orient="row"), make_gazetteer())
    assert chosen.schema == ENTITY_PLACE
    if chosen.is_empty():
        return None
    (row,) = chosen.rows(named=True)
    assert row["score"] == SCORES[row["rule"]]
    ids = {compute_key("place", str(place)): place for place in make_gazetteer()["geonames_id"]}
    return ids[row["place_key"]], row["rule"]


@pytest.mark.parametrize(
    ("name", "counts", "expected"),
    [
        pytest.param("Nowhere", {"US": 9}, None, id="no-such-place"),
        pytest.param("", {}, None, id="no-name"),
        pytest.param("Maine", {"GB": 9}, (61, "state"), id="a-state-before-all"),
        pytest.param("Londres", {}, (31, "only_place"), id="an-alias"),
        pytest.param("Sao Paulo", {}, (51, "only_place"), id="without-accents"),
        # 9,000,000 to 400,000 is 22 times.
        pytest.param("London", {}, (31, "weighed"), id="by-population"),
        # 9,000,000 x 1 to 400,000 x 10 is 2.25 times: neither.
        pytest.param("London", {"CA": 9}, None, id="population-against-articles"),
        # 400,000 x 201 to 9,000,000 x 1 is 8.9 times.
        pytest.param("London", {"CA": 200}, (32, "weighed"), id="by-articles"),
        # 140,000 to 110,000 is 1.3 times.
        pytest.param("Cambridge", {}, None, id="nothing-tells"),
        # 110,000 x 10 to 140,000 x 1 is 7.9 times.
        pytest.param("Cambridge", {"US": 9}, (12, "weighed"), id="the-country-named-beside-it"),
        pytest.param("Cambridge", {"US": 9, "GB": 9}, None, id="both-countries-named"),
        pytest.param("Springfield", {}, (1, "country_only"), id="some-town-of-one-country"),
        pytest.param("Springfield", {"US": 50}, (1, "country_only"), id="its-country-tells-no-town"),
        pytest.param("Westminster", {}, (41, "only_place"), id="small-and-alone"),
        pytest.param("Westminster", {"US": 3, "GB": 6}, (41, "only_place"), id="small-twice-is-not-more"),
        pytest.param("Westminster", {"US": 3, "GB": 7}, None, id="small-and-elsewhere"),
    ],
)
def test_a_place_is_told_or_left(name: str, counts: dict[str, int], expected: tuple[int, str] | None) -> None:
    assert choose(name, counts) == expected


def test_a_country_is_its_own_place() -> None:
    assert choose("Britain", {}, country_code="GB") == (2, "country")


def test_a_country_that_the_list_has_not_is_no_place() -> None:
    assert choose("London", {}, country_code="XK") is None


def test_the_order_of_rows_does_not_matter() -> None:
    names = pl.DataFrame([(7, "London", None), (8, "Springfield", None)], schema=PLACE_NAME, orient="row")
    evidence = pl.DataFrame([(7, "CA", 2), (7, "GB", 1)], schema=PLACE_EVIDENCE, orient="row")
    forwards = choose_places(names, evidence, make_gazetteer())
    assert choose_places(names.reverse(), evidence.reverse(), make_gazetteer().reverse()).equals(forwards)


def test_a_place_with_two_names_is_one_place() -> None:
    places = list_places(make_gazetteer())
    assert places["geonames_id"].is_unique().all()
    assert places.filter(geonames_id=31)["name"].to_list() == ["London"]
