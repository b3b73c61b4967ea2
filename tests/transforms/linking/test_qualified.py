"""What a name that its text tells from others of its spelling may still be one with."""

import pytest

from tests.transforms.linking.asking import make_asker, make_candidate, name_target
from transforms.linking.candidates import Candidate, PersonLists
from transforms.linking.choice import choose_link

LISTS = PersonLists({}, frozenset({"ann", "bob"}), frozenset(), male_names=frozenset({"bob"}))
ANN = make_candidate("Ann Quist", article_count=3, kinds=("surname",), shared_companion_count=4)
BOB = make_candidate("Bob Quist", article_count=9, kinds=("surname",), shared_companion_count=9)
CLEO = make_candidate("Cleo Quist", article_count=2, kinds=("surname",))


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        pytest.param((BOB, ANN), "ann quist", id="the-only-woman"),
        pytest.param((BOB,), None, id="no-woman"),
        pytest.param((ANN, CLEO), None, id="two-women"),
    ],
)
def test_a_woman_called_by_her_surname_is_no_man_of_it(candidates: tuple[Candidate, ...], expected: str | None) -> None:
    asker = make_asker("quist(ms)", *candidates, lists=LISTS)
    assert name_target(choose_link(asker), asker) == expected


@pytest.mark.parametrize(
    ("name", "companion_count", "expected"),
    [
        pytest.param("bob(quist)", 3, "bob quist", id="given-name-and-surname"),
        pytest.param("bob(quist)", 2, None, id="in-other-company"),
        pytest.param("bob(lee)", 3, None, id="other-family"),
        pytest.param("ann(quist)", 3, None, id="other-given-name"),
    ],
)
def test_a_relative_has_the_familys_name(name: str, companion_count: int, expected: str | None) -> None:
    bob = make_candidate("Bob Quist", kinds=("person",), shared_companion_count=companion_count)
    asker = make_asker(name, bob, lists=LISTS)
    assert name_target(choose_link(asker), asker) == expected


@pytest.mark.parametrize(
    ("place_count", "person_count", "expected"),
    [
        pytest.param(5, 4, "quist", id="most-mean-the-place"),
        pytest.param(4, 4, None, id="half-mean-somebody"),
        pytest.param(0, 4, None, id="no-place"),
    ],
)
def test_a_town_with_its_state_is_the_one_most_mean_by_its_name(
    place_count: int, person_count: int, expected: str | None
) -> None:
    person = make_candidate("Ann Quist", article_count=person_count, kinds=("surname",))
    place = make_candidate("Quist", entity_type="GPE", article_count=place_count, kinds=("name",))
    asker = make_asker("quist(iowa)", *([place] if place_count else []), person, entity_type="GPE")
    assert name_target(choose_link(asker), asker) == expected


def test_a_thing_told_from_what_it_is_called_after_is_its_own() -> None:
    place = make_candidate("Quist", entity_type="ORG", article_count=9, kinds=("name",))
    assert choose_link(make_asker("quist(work)", place, entity_type="WORK_OF_ART")) is None
