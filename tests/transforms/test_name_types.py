"""What kind of thing a name is, where the model takes a place for a person."""

import pytest

from tests.transforms.test_resolution import resolve
from transforms.name_lists import NameLists


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("Floods hit [PERSON Karachi] again.", "GPE:karachi", id="a-large-city"),
        pytest.param("Then [PERSON Austin] spoke.", "PERSON:austin", id="a-city-that-is-a-name"),
        pytest.param(
            "[PERSON Ann Karachi] spoke. [PERSON Karachi] left.", "PERSON:ann karachi", id="borne-by-somebody"
        ),
        pytest.param("President [PERSON Karachi] left.", "PERSON:karachi", id="after-a-title"),
        pytest.param("They fled. He lives in [PERSON al-Arle] now.", "GPE:al arle", id="an-article-after-in"),
        pytest.param("Troops follow [PERSON al-Arle].", "PERSON:al arle", id="an-article-alone"),
        pytest.param(
            "[PERSON Ann al-Arle] spoke. Trust in [PERSON al-Arle] fell.",
            "PERSON:ann al arle",
            id="an-article-in-a-name",
        ),
    ],
)
def test_a_place_taken_for_a_person_is_a_place(marked: str, expected: str, lists: NameLists) -> None:
    assert resolve(marked, lists)[-1][1] == expected
