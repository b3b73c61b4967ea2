"""Names with their candidates become links, each name at most one."""

import polars as pl

from transforms.linking.blocking import list_blocks
from transforms.linking.choice import RULE_ORDER, choose_links
from transforms.linking.frames import NAME_LINK, NAME_PAIR, UNDECIDED_PAIR

PAIR = {
    "entity_type": "PERSON",
    "country_code": None,
    "article_count": 2,
    "candidate_type": "PERSON",
    "candidate_country_code": None,
    "alias_article_count": 0,
    "shared_article_count": 0,
    "companion_count": 10,
    "candidate_companion_count": 10,
    "shared_companion_count": 0,
}
COMPANY = ("shared_article_count", "companion_count", "candidate_companion_count", "shared_companion_count")
MUNIR = PAIR | {
    "observed_key": 1,
    "name_key": "munir",
    "name": "Munir",
    "candidate_key": 2,
    "candidate_name_key": "asim munir",
    "candidate_name": "Asim Munir",
    "candidate_article_count": 5,
    "kinds": ["alias", "surname"],
    "alias_article_count": 4,
    "shared_companion_count": 1,
}
MUNIR_PLACE = MUNIR | {
    "candidate_key": 3,
    "candidate_type": "GPE",
    "candidate_name_key": "munir",
    "candidate_name": "Munir",
    "candidate_article_count": 90,
    "kinds": ["name"],
    "alias_article_count": 0,
}


def test_a_name_that_could_be_two_things_gets_one_link_by_the_first_rule_with_an_answer() -> None:
    links = choose_links(pl.DataFrame([MUNIR, MUNIR_PLACE], schema=NAME_PAIR)).links
    assert links.schema == NAME_LINK
    assert links.select("observed_key", "article_key", "linked_key", "rule").rows() == [(1, -2, 2, "known_alias")]


def test_a_name_that_only_its_company_decides_is_asked_again_with_it() -> None:
    unknown = dict.fromkeys(COMPANY)
    choice = choose_links(pl.DataFrame([MUNIR | unknown, MUNIR_PLACE | unknown], schema=NAME_PAIR))
    assert choice.links.is_empty()
    assert choice.undecided.equals(pl.DataFrame([(1, 2)], schema=UNDECIDED_PAIR, orient="row"))
    assert choose_links(pl.DataFrame([MUNIR, MUNIR_PLACE], schema=NAME_PAIR)).undecided.is_empty()


def test_a_name_that_is_decided_by_what_it_is_called_needs_no_company() -> None:
    kenya = MUNIR_PLACE | dict.fromkeys(COMPANY) | {"name_key": "new kenya", "candidate_name_key": "new kenya"}
    choice = choose_links(pl.DataFrame([kenya], schema=NAME_PAIR))
    assert choice.links["rule"].to_list() == ["type_majority"]
    assert choice.undecided.is_empty()


def test_no_country_stands_for_another() -> None:
    congo = MUNIR_PLACE | {"entity_type": "GPE", "candidate_type": "ORG", "name_key": "munir", "article_count": 1}
    same, other = congo | {"country_code": "CD"}, congo | {"country_code": "CD", "candidate_country_code": "CG"}
    assert choose_links(pl.DataFrame([same], schema=NAME_PAIR)).links.height == 1
    assert choose_links(pl.DataFrame([other], schema=NAME_PAIR)).links.is_empty()


def test_the_order_of_pairs_does_not_matter() -> None:
    other = MUNIR | {"observed_key": 7, "name_key": "khan", "candidate_key": 8, "candidate_name_key": "imran khan"}
    rows = [MUNIR, other, MUNIR_PLACE]
    expected = choose_links(pl.DataFrame(rows, schema=NAME_PAIR)).links.rows()
    assert choose_links(pl.DataFrame(rows[::-1], schema=NAME_PAIR)).links.rows() == expected
    assert len(expected) == 2


def test_no_pairs_have_no_links() -> None:
    assert choose_links(NAME_PAIR.to_frame()).links.schema == NAME_LINK


def test_some_rule_looks_for_every_kind_of_block() -> None:
    names = [("PERSON", "comedian ellen degeneres"), ("ORG", "national security agency"), ("ORG", "nsa")]
    kinds = {block.partition(":")[0] for name in names for block, _, _ in list_blocks(*name)}
    assert frozenset().union(*(rule.kinds for rule in RULE_ORDER)) == kinds | {"alias"}
