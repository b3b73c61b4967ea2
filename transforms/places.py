"""Which place an entity is: told from its name, from the countries it is named with, and from how large places are.

Rather a country than a bold guess, and rather nothing than a wrong country: "Springfield" is some town of the United
States. Nothing here sees an order or an article: the same counts give the same places, whatever was loaded first.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

import polars as pl

from transforms.keys import compute_key
from transforms.names import compute_name_key

GAZETTEER: Final = pl.Schema(
    {
        "geonames_id": pl.Int64(),
        "kind": pl.String(),  # country, state or city
        "name": pl.String(),
        "alias": pl.String(),
        "country_code": pl.String(),  # ISO 3166-1 alpha-2
        "latitude": pl.Float64(),  # WGS 84; null for countries and states
        "longitude": pl.Float64(),
        "population": pl.Int64(),  # null where the source has none
    },
)
"""Grain: a name of a place. Read from seeds/places.csv."""

PLACE_NAME: Final = pl.Schema(
    {"entity_key": pl.Int64(), "name": pl.String(), "country_code": pl.String()},
)
"""Grain: an entity that may be a place; country_code where it is a country. Read from the warehouse."""

PLACE_EVIDENCE: Final = pl.Schema(
    {"entity_key": pl.Int64(), "country_code": pl.String(), "article_count": pl.Int64()},
)
"""Grain: such an entity x a country, and the articles that name both. Read from the warehouse."""

PLACE: Final = pl.Schema(
    {
        "place_key": pl.Int64(),
        "geonames_id": pl.Int64(),
        "kind": pl.String(),
        "name": pl.String(),
        "country_code": pl.String(),
        "latitude": pl.Float64(),
        "longitude": pl.Float64(),
        "population": pl.Int64(),
    },
)
"""Grain: a place. Loaded into dim_place."""

ENTITY_PLACE: Final = pl.Schema(
    {"entity_key": pl.Int64(), "place_key": pl.Int64(), "rule": pl.String(), "score": pl.Float64()},
)
"""Grain: an entity whose place can be told."""

SCORES: Final[Mapping[str, float]] = {
    "country": 1.0,
    "state": 0.9,
    "only_place": 0.8,
    "weighed": 0.7,
    "country_only": 0.6,
}
"""Rule -> how sure it is. country: the entity is one; state: its name is a state's; only_place: one place has the name;
weighed: one outweighs all others; country_only: the place cannot be told, but all likely ones are in one country."""

WEIGHT_MARGIN: Final = 5.0
"""How many times the next one's the weight of a place must be. A weight is the population times one more than the
articles that name the entity with the country: so London is in England (21 times the population of the one in Ontario)
unless Canada is named much oftener, and Cambridge is where its articles say."""


SMALL_POPULATION: Final = 150_000
"""Smaller places share their names with districts and things that no list has: where another country is named more than
twice as often beside the name, it is not theirs. Chosen by reading the places of two months of news."""

OTHER_MARGIN: Final = 2


class _Candidate(NamedTuple):
    """A place that bears an entity's name.

    ``article_count`` articles name the entity with the country of the place, ``other_count`` with the one most named.
    """

    entity_key: int
    geonames_id: int
    kind: str
    country_code: str
    population: int
    article_count: int
    other_count: int


class _Choice(NamedTuple):
    """The place of an entity."""

    entity_key: int
    geonames_id: int
    rule: str


def choose_places(names: pl.DataFrame, evidence: pl.DataFrame, gazetteer: pl.DataFrame) -> pl.DataFrame:
    """Return the places of those entities whose place can be told (``ENTITY_PLACE``), sorted by entity.

    Args:
        names: ``PLACE_NAME``, an entity once.
        evidence: ``PLACE_EVIDENCE``.
        gazetteer: ``GAZETTEER``.
    """
    countries = gazetteer.filter(kind="country").unique("geonames_id", keep="first", maintain_order=True)
    ids = dict(countries.select("country_code", "geonames_id").iter_rows())
    own = [
        _Choice(key, ids[code], "country")
        for key, code in names.select("entity_key", "country_code").iter_rows()
        if code in ids
    ]
    candidates = _find_candidates(names.filter(pl.col("country_code").is_null()), evidence, gazetteer)
    grouped = (tuple(group) for _, group in groupby(candidates, key=lambda one: one.entity_key))
    chosen = [*own, *(found for group in grouped if (found := _choose(group, ids)) is not None)]
    rows = [(key, _key_place(place), rule, SCORES[rule]) for key, place, rule in sorted(chosen)]
    return pl.DataFrame(rows, schema=ENTITY_PLACE, orient="row")


def list_places(gazetteer: pl.DataFrame) -> pl.DataFrame:
    """Return the places of a gazetteer (``PLACE``), each once, sorted by key."""
    places = gazetteer.unique("geonames_id", keep="first", maintain_order=True)
    keys = [_key_place(place) for place in places["geonames_id"]]
    return places.with_columns(place_key=pl.Series(keys, dtype=pl.Int64())).select(PLACE.names()).sort("place_key")


@cache
def _key_place(geonames_id: int) -> int:
    """Return the key of a place, made once: loads that follow each other ask for those of the whole gazetteer."""
    return compute_key("place", str(geonames_id))


def _find_candidates(names: pl.DataFrame, evidence: pl.DataFrame, gazetteer: pl.DataFrame) -> Iterable[_Candidate]:
    """Yield states and cities that bear an entity's name, sorted by entity."""
    key = pl.struct("name").map_elements(lambda row: compute_name_key(row["name"]), return_dtype=pl.String())
    places = gazetteer.filter(pl.col("kind") != "country").with_columns(name=pl.col("alias")).with_columns(name_key=key)
    found = (
        names.select("entity_key", name_key=key)
        .filter(pl.col("name_key") != "")
        .join(places.unique(["name_key", "geonames_id"], maintain_order=True), on="name_key")
        .join(evidence, on=["entity_key", "country_code"], how="left")
        .join(
            evidence.group_by("entity_key").agg(other_count=pl.col("article_count").max()), on="entity_key", how="left"
        )
        .with_columns(pl.col("population", "article_count", "other_count").fill_null(0))
        .sort("entity_key", "geonames_id")
    )
    return map(_Candidate._make, found.select(_Candidate._fields).iter_rows())


def _choose(candidates: Sequence[_Candidate], country_ids: Mapping[str, int]) -> _Choice | None:
    """Return the place of one entity, None where not even the country can be told."""
    entity_key = candidates[0].entity_key
    states = [one for one in candidates if one.kind == "state"]
    if states:
        return _Choice(entity_key, states[0].geonames_id, "state")
    if len(candidates) == 1:
        return None if _is_elsewhere(candidates[0]) else _Choice(entity_key, candidates[0].geonames_id, "only_place")
    ranked = sorted(candidates, key=lambda one: (-_weigh(one), one.geonames_id))
    rivals = [one for one in ranked if _weigh(one) * WEIGHT_MARGIN > _weigh(ranked[0])]
    if len(rivals) == 1:
        return _Choice(entity_key, ranked[0].geonames_id, "weighed")
    if len({one.country_code for one in rivals}) > 1 or rivals[0].country_code not in country_ids:
        return None
    return _Choice(entity_key, country_ids[rivals[0].country_code], "country_only")


def _is_elsewhere(candidate: _Candidate) -> bool:
    """Tell whether a small place has the name of something in another country."""
    is_small = candidate.population < SMALL_POPULATION
    return is_small and candidate.other_count > OTHER_MARGIN * candidate.article_count


def _weigh(candidate: _Candidate) -> int:
    return candidate.population * (1 + candidate.article_count)
