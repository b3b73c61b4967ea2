"""Linked names are one entity, known by the first of them, and every name leads there."""

import random
from collections.abc import Sequence

import polars as pl

from transforms.linking.decisions import decide_entities
from transforms.linking.frames import DECISION, ENTITY_NAME, NAME_LINK

NAMES = [
    (1, "PERSON", "trump", 9),
    (2, "PERSON", "donald trump", 5),
    (3, "PERSON", "donald john trump", 1),
    (4, "ORG", "trump", 2),
    (5, "PERSON", "pele", 1),
]
LINKS = [
    (1, -2, 2, "known_alias", 0.85, "five"),
    (2, -2, 3, "full_name", 0.9, "one"),
    (4, -2, 1, "type_majority", 0.9, "nine"),
]


Row = tuple[object, ...]


def decide(names: Sequence[Row], links: Sequence[Row]) -> list[dict[str, object]]:
    frames = (
        pl.DataFrame(names, schema=ENTITY_NAME, orient="row"),
        pl.DataFrame(links, schema=NAME_LINK, orient="row"),
    )
    decisions = decide_entities(*frames)
    assert decisions.schema == DECISION
    return decisions.rows(named=True)


def test_an_entity_is_known_by_the_full_name_of_most_articles() -> None:
    assert {row["observed_key"]: row["entity_key"] for row in decide(NAMES, LINKS)} == {1: 2, 2: 2, 3: 2, 4: 2, 5: 5}


def test_each_name_is_linked_with_the_next_on_the_way() -> None:
    rows = {row["observed_key"]: (row["linked_key"], row["rule"]) for row in decide(NAMES, LINKS)}
    assert rows == {
        1: (2, "known_alias"),
        2: (2, "own_name"),
        3: (2, "full_name"),
        4: (1, "type_majority"),
        5: (5, "own_name"),
    }


def test_a_doubt_is_kept_on_the_name_that_stays() -> None:
    (row,) = decide([(1, "PERSON", "munir", 2)], [(1, -2, 1, "ambiguous", 0.5, "Asim Munir 1 of 2 articles")])
    assert (row["rule"], row["score"], row["evidence"]) == ("ambiguous", 0.5, "Asim Munir 1 of 2 articles")


def test_two_names_that_stand_for_each_other_are_one() -> None:
    links = [(2, -2, 3, "full_name", 0.9, ""), (3, -2, 2, "full_name", 0.9, "")]
    assert [row["entity_key"] for row in decide(NAMES[1:3], links)] == [2, 2]


def test_the_order_of_names_and_links_does_not_matter() -> None:
    expected = decide(NAMES, LINKS)
    for seed in range(5):
        shuffled = random.Random(seed)
        names, links = shuffled.sample(NAMES, len(NAMES)), shuffled.sample(LINKS, len(LINKS))
        assert decide(names, links) == expected


def test_a_long_chain_of_names_is_one_entity() -> None:
    names = [(key, "ORG", f"name {key}", 1) for key in range(5_000)]
    links = [(key, -2, key + 1, "spelling", 0.8, "") for key in range(4_999)]
    assert {row["entity_key"] for row in decide(names, links)} == {0}


def test_no_names_need_no_decisions() -> None:
    assert decide([], []) == []


def test_an_entity_has_the_type_of_most_articles_though_its_name_is_a_surname() -> None:
    names = [(1, "PERSON", "quists", 9), (2, "WORK_OF_ART", "quists", 2)]
    rows = decide(names, [(2, -2, 1, "type_majority", 0.9, "nine")])
    assert {row["entity_key"] for row in rows} == {1}
