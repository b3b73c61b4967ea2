"""Names of which there are many."""

import pytest

from transforms.linking.shared_names import is_party_name, is_posted_name, is_shared_name


@pytest.mark.parametrize(
    ("name_key", "expected"),
    [
        pytest.param("foreign ministry", True, id="of-every-state"),
        pytest.param("chiefs of staff", True, id="small-words-between"),
        pytest.param("daily mail", True, id="newspaper"),
        pytest.param("post office", False, id="one-word-of-each"),
        pytest.param("elbonian army", False, id="says-whose"),
        pytest.param("", True, id="nothing"),
    ],
)
def test_a_name_of_common_words_is_many_s(name_key: str, *, expected: bool) -> None:
    assert is_shared_name(name_key) == expected


@pytest.mark.parametrize(("name_key", "expected"), [("elbonian embassy", True), ("elbonian senate", False)])
def test_a_body_may_have_seats_in_several_places(name_key: str, *, expected: bool) -> None:
    assert is_posted_name(name_key) == expected


@pytest.mark.parametrize(("name_key", "expected"), [("conservatives", True), ("elbonian conservatives", False)])
def test_a_party_may_be_of_several_countries(name_key: str, *, expected: bool) -> None:
    assert is_party_name(name_key) == expected
