"""Acronyms that stand for two things."""

from typing import Any

import pytest

from tests.transforms.linking.asking import make_asker, make_candidate
from transforms.linking.candidates import PersonLists
from transforms.linking.shared_acronyms import is_acronym_of_two

COMMITTEE = make_candidate("Elbonian Tea Committee", entity_type="ORG", article_count=10, kinds=("initials",))


@pytest.mark.parametrize(
    ("name", "row", "expected"),
    [
        pytest.param("Elbonian Tea Convention", {"entity_type": "EVENT", "article_count": 2}, True, id="of-any-type"),
        pytest.param("Elbonian Tea Convention", {"entity_type": "ORG", "article_count": 1}, False, id="one-article"),
        pytest.param("Elbonian Tea Comittee", {"entity_type": "ORG", "article_count": 5}, False, id="misspelt"),
        pytest.param("Elbonian Tea Committees", {"entity_type": "ORG", "article_count": 5}, False, id="plural"),
        pytest.param("Ed Tom Cole", {"entity_type": "PERSON", "article_count": 5}, False, id="person"),
    ],
)
def test_another_long_form_that_is_frequent_makes_two(name: str, row: dict[str, Any], *, expected: bool) -> None:
    asker = make_asker("etc", COMMITTEE, make_candidate(name, kinds=("initials",), **row), entity_type="ORG")
    assert is_acronym_of_two(asker, COMMITTEE) == expected


def test_the_initials_of_a_title_are_of_two() -> None:
    lists = PersonLists({}, frozenset(), frozenset(), title_acronyms=frozenset({"etc"}))
    assert is_acronym_of_two(make_asker("etc", COMMITTEE, entity_type="ORG", lists=lists), COMMITTEE)


def test_a_name_whose_initials_it_is_not_is_no_acronym_of_two() -> None:
    house = make_candidate("Elbonian House", entity_type="ORG", kinds=("alias",))
    assert not is_acronym_of_two(make_asker("eh", house, entity_type="ORG"), house)
