"""The people of one text: who is one with whom, and whom a surname means that several bear."""

import pytest

from tests.transforms.test_resolution import resolve
from transforms.name_lists import NameLists


def name_entities(marked: str, lists: NameLists) -> list[str]:
    """Return the name key of the person of each mention."""
    return [entity.removeprefix("PERSON:") for _, entity, _ in resolve(marked, lists)]


def test_a_surname_two_people_share_means_the_one_named_first_in_full(lists: NameLists) -> None:
    found = resolve(
        "[PERSON Ann Lee] spoke. [PERSON Bob Lee] is her brother. [PERSON Bob Lee] rose. [PERSON Lee] left.", lists
    )
    assert found[3] == ("Lee", "PERSON:ann lee", "shared_surname")


def test_who_is_named_before_a_junior_of_that_name_is_another(lists: NameLists) -> None:
    found = name_entities("[PERSON Bob Lee] spoke. His son, [PERSON Bob Lee Jr.], rose. [PERSON Lee] left.", lists)
    assert found == ["bob lee", "bob lee jr", "bob lee"]


def test_a_junior_whose_suffix_is_left_out_later_stays_one(lists: NameLists) -> None:
    assert name_entities("[PERSON Bob Lee Jr.] spoke. Then [PERSON Bob Lee] left.", lists) == ["bob lee jr"] * 2


def test_a_president_is_not_the_first_lady_of_that_name(lists: NameLists) -> None:
    found = name_entities("President [PERSON Moss] spoke to First Lady [PERSON Ann Moss]. [PERSON Moss] left.", lists)
    assert found == ["moss", "ann moss", "moss"]


def test_a_president_is_the_only_one_of_that_name_who_is_no_first_lady(lists: NameLists) -> None:
    found = name_entities("[PERSON Ann Moss] spoke. [PERSON President Moss] left.", lists)
    assert found == ["ann moss", "ann moss"]


def test_mrs_is_the_first_lady_beside_a_president(lists: NameLists) -> None:
    marked = "President [PERSON Bob Moss] and First Lady [PERSON Dana Moss] met. Mrs [PERSON Moss] spoke."
    assert name_entities(marked, lists) == ["bob moss", "dana moss", "dana moss"]


@pytest.mark.parametrize(
    ("longer", "shorter", "expected"),
    [
        pytest.param("Pageant Ann Lee", "Ann Lee", "ann lee", id="no-given-name-before"),
        pytest.param("Bob Ann Lee", "Ann Lee", "bob ann lee", id="a-given-name-before"),
        pytest.param("J. Ann Lee", "Ann Lee", "j ann lee", id="an-initial-before"),
        pytest.param("Osama al-Lee", "al-Lee", "osama al lee", id="a-particle-after"),
    ],
)
def test_a_word_before_a_full_name_is_none_of_it(longer: str, shorter: str, expected: str, lists: NameLists) -> None:
    found = name_entities(f"Then [PERSON {longer}] spoke. [PERSON {shorter}] left.", lists)
    assert found == [expected, expected]
