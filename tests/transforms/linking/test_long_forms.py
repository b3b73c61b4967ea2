"""Longer forms of names that no article ties to the shorter ones."""

import pytest

from tests.transforms.linking.asking import make_asker, make_candidate, name_target
from transforms.linking.candidates import PersonLists
from transforms.linking.long_forms import link_embedded_name, link_long_form

IN_COMPANY = {"article_count": 3, "shared_companion_count": 5}


@pytest.mark.parametrize(
    ("short", "long", "kind", "entity_type", "is_linked"),
    [
        pytest.param("saints", "New Orleans Saints", "tail", "ORG", False, id="a-word-that-distinguishes"),
        pytest.param("colts", "Indianapolis Colts", "tail", "ORG", True, id="place-before"),
        pytest.param("syrian army", "Free Syrian Army", "tail", "ORG", False, id="free"),
        pytest.param("crimea", "Republic of Crimea", "tail", "GPE", True, id="republic-of"),
        pytest.param("dakota", "North Dakota", "tail", "GPE", False, id="another-place"),
        pytest.param("nsa", "National Security Agency", "initials", "ORG", True, id="initials"),
        pytest.param("way", "Western Area Youth", "initials", "GPE", False, id="initials-of-a-place"),
        pytest.param("9th circuit court", "9th Circuit Court of Appeals", "head", "ORG", True, id="cut-short"),
        pytest.param("wells fargo", "Wells Fargo Center", "head", "ORG", False, id="a-thing-of-its-own"),
        pytest.param("foreign ministry", "Elbonian Foreign Ministry", "tail", "ORG", False, id="every-state-has-one"),
        pytest.param("judicial", "Judicial Watch", "head", "ORG", False, id="one-word-of-it"),
    ],
)
def test_a_name_is_short_for_the_longer_one(
    short: str, long: str, kind: str, entity_type: str, *, is_linked: bool
) -> None:
    candidate = make_candidate(long, entity_type=entity_type, kinds=(kind,), **IN_COMPANY)
    asker = make_asker(short, candidate, entity_type=entity_type)
    assert name_target(link_long_form(asker), asker) == (long.casefold() if is_linked else None)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"shared_companion_count": 3}, id="other-company"),
        pytest.param({"shared_article_count": 1}, id="two-in-one-article"),
        pytest.param({"article_count": 0}, id="too-rare"),
    ],
)
def test_a_longer_name_without_evidence_is_another(changes: dict[str, int]) -> None:
    row = {"entity_type": "ORG", "kinds": ("tail",)} | IN_COMPANY | changes
    assert link_long_form(make_asker("colts", make_candidate("Indianapolis Colts", **row), entity_type="ORG")) is None


@pytest.mark.parametrize(("companion_count", "is_linked"), [(5, False), (6, True)], ids=["other", "same"])
def test_the_last_word_of_a_name_needs_more_company(companion_count: int, *, is_linked: bool) -> None:
    candidate = make_candidate(
        "Indianapolis Colts",
        entity_type="ORG",
        kinds=("tail",),
        article_count=3,
        shared_companion_count=companion_count,
    )
    asker = make_asker("colts", candidate, entity_type="ORG", companion_count=20)
    assert (link_long_form(asker) is not None) == is_linked


def test_a_company_with_its_legal_form_is_no_end_of_another_name() -> None:
    candidate = make_candidate("Elbonian Tea", entity_type="ORG", kinds=("tail",), **IN_COMPANY)
    assert link_long_form(make_asker("tea", candidate, entity_type="ORG", name="Tea Corp")) is None


def test_several_longer_names_leave_the_shorter_alone() -> None:
    rows = [make_candidate(f"{place} Department", entity_type="ORG", kinds=("tail",), **IN_COMPANY) for place in "AB"]
    assert link_long_form(make_asker("department", *rows, entity_type="ORG")) is None


@pytest.mark.parametrize(("article_count", "is_linked"), [(4, True), (1, False)], ids=["frequent", "rare"])
def test_a_word_before_a_frequent_name_is_none_of_it(article_count: int, *, is_linked: bool) -> None:
    candidate = make_candidate(
        "Ellen DeGeneres", kinds=("embedded",), article_count=article_count, shared_companion_count=5
    )
    assert (link_embedded_name(make_asker("comedian ellen degeneres", candidate)) is not None) == is_linked


def test_a_longer_name_that_one_article_has_may_be_another() -> None:
    row = {"entity_type": "ORG", "kinds": ("tail",), "article_count": 1, "shared_companion_count": 9}
    asker = make_asker("tea party", make_candidate("Elbonian Tea Party", **row), entity_type="ORG")
    assert link_long_form(asker) is None


def test_a_given_name_before_a_name_makes_another_person() -> None:
    row = {"kinds": ("embedded",), "article_count": 9, "shared_companion_count": 9}
    lists = PersonLists({}, frozenset({"michael"}), frozenset())
    assert (
        link_embedded_name(make_asker("michael patrick leahy", make_candidate("Patrick Leahy", **row), lists=lists))
        is None
    )


def test_an_initial_before_a_name_is_left_out_by_some() -> None:
    candidate = make_candidate("Edgar Hoover", kinds=("embedded",), shared_companion_count=5)
    asker = make_asker("j edgar hoover", candidate, article_count=7)
    assert name_target(link_embedded_name(asker), asker) == "edgar hoover"
