"""Spellings of one name, told by the company it keeps."""

import pytest

from tests.transforms.linking.asking import make_asker, make_candidate
from transforms.linking.candidates import CompanyUnknownError
from transforms.linking.spelling import is_near, link_spelling

LLOYD = {"kinds": ("spelling",), "article_count": 5, "shared_companion_count": 3}


def is_linked(name_key: str, **changes: object) -> bool:
    """Tell whether a name, of one article and ten companions, is taken for Lloyd Blankfein."""
    return link_spelling(make_asker(name_key, make_candidate("Lloyd Blankfein", **LLOYD | changes))) is not None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("llyod blankfein", "lloyd blankfein", True, id="swapped"),
        pytest.param("sergei lavrov", "sergey lavrov", True, id="transliteration"),
        pytest.param("ann lee", "anne lee", False, id="too-short"),
        pytest.param("channel four 4", "channel four 5", False, id="figures"),
        pytest.param("world war i", "world war ii", False, id="numerals"),
        pytest.param("charles brown", "charles green", False, id="another-name"),
    ],
)
def test_two_spellings_are_near(one: str, other: str, *, expected: bool) -> None:
    assert is_near(one, other) == is_near(other, one) == expected


def test_a_rare_spelling_is_the_frequent_one_in_the_same_company() -> None:
    assert is_linked("llyod blankfein")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"shared_companion_count": 1}, id="other-company"),
        pytest.param({"shared_article_count": 1}, id="two-in-one-article"),
        pytest.param({"entity_type": "ORG"}, id="other-type"),
        pytest.param({"article_count": 0}, id="rarer"),
    ],
)
def test_a_spelling_is_left_alone(changes: dict[str, object]) -> None:
    assert not is_linked("llyod blankfein", **changes)


@pytest.mark.parametrize(
    ("name_key", "name", "expected"),
    [
        pytest.param("defence ministry", "Defense Ministry", False, id="a-body-of-any-country"),
        pytest.param("tea research centre", "Tea Research Center", True, id="a-longer-name"),
        pytest.param("defense minstry", "Defense Ministry", True, id="a-misspelling"),
    ],
)
def test_a_short_name_in_the_spelling_of_another_country_is_another_body(
    name_key: str, name: str, *, expected: bool
) -> None:
    other = make_candidate(name, **LLOYD | {"entity_type": "ORG"})
    assert (link_spelling(make_asker(name_key, other, entity_type="ORG")) is not None) == expected


UNGATHERED = {"kinds": ("spelling",), "article_count": 5} | dict.fromkeys(
    ("shared_article_count", "companion_count", "shared_companion_count")
)
"""What is known of a candidate before any company is gathered."""


@pytest.mark.parametrize(("least", "most"), [pytest.param(10, 1, id="one-name"), pytest.param(20, 3, id="too-few")])
def test_a_spelling_that_is_known_to_keep_other_company_is_not_asked_for_it(least: int, most: int) -> None:
    limits = {"least_companion_count": least, "most_shared_companion_count": most}
    assert not is_linked("llyod blankfein", **UNGATHERED | limits)


@pytest.mark.parametrize(
    ("least", "most"),
    [pytest.param(20, 4, id="may-be-enough"), pytest.param(None, None, id="never-counted")],
)
def test_a_spelling_that_may_keep_the_same_company_is_asked_for_it(least: int | None, most: int | None) -> None:
    limits = {"least_companion_count": least, "most_shared_companion_count": most}
    with pytest.raises(CompanyUnknownError):
        is_linked("llyod blankfein", **UNGATHERED | limits)


def test_a_spelling_of_two_names_is_neither() -> None:
    candidates = [make_candidate(name, **LLOYD) for name in ("Lloyd Blankfein", "Lyod Blankfein")]
    assert link_spelling(make_asker("llyod blankfein", *candidates)) is None


@pytest.mark.parametrize(
    ("name_key", "entity_type", "expected"),
    [
        pytest.param("departments of justice", "ORG", True, id="organisation"),
        pytest.param("americans", "NORP", True, id="people"),
        pytest.param("colts", "ORG", False, id="single-word"),
        pytest.param("red rocks", "LOC", False, id="place"),
    ],
)
def test_forms_of_the_same_words_need_no_company(name_key: str, entity_type: str, *, expected: bool) -> None:
    other = make_candidate(
        "Other form", entity_type=entity_type, article_count=2, kinds=("core",), shared_article_count=1
    )
    assert (link_spelling(make_asker(name_key, other, entity_type=entity_type)) is not None) == expected


def test_a_short_name_in_the_plural_is_another() -> None:
    other = make_candidate(
        "Rolling Stone", entity_type="ORG", article_count=2, kinds=("core",), shared_companion_count=9
    )
    assert link_spelling(make_asker("rolling stones", other, entity_type="ORG")) is None


@pytest.mark.parametrize(("companion_count", "expected"), [(1, False), (2, True)], ids=["other", "same"])
def test_a_longer_name_in_the_plural_needs_company(companion_count: int, *, expected: bool) -> None:
    other = make_candidate(
        "Elbonian Tea Boards",
        entity_type="ORG",
        article_count=2,
        kinds=("core",),
        shared_companion_count=companion_count,
    )
    assert (link_spelling(make_asker("elbonian tea board", other, entity_type="ORG")) is not None) == expected


@pytest.mark.parametrize(("companion_count", "expected"), [(4, False), (5, True)], ids=["other", "same"])
def test_a_body_with_seats_in_several_places_needs_half_of_the_company(companion_count: int, *, expected: bool) -> None:
    other = make_candidate(
        "U.S. Embassy",
        name_key="us embassy",
        entity_type="ORG",
        article_count=2,
        kinds=("core",),
        shared_companion_count=companion_count,
    )
    assert (link_spelling(make_asker("united states embassy", other, entity_type="ORG")) is not None) == expected


@pytest.mark.parametrize(("companion_count", "expected"), [(4, False), (5, True)], ids=["other", "same"])
def test_the_plural_of_a_party_needs_half_of_the_company(companion_count: int, *, expected: bool) -> None:
    other = make_candidate(
        "Conservative", entity_type="NORP", article_count=2, kinds=("core",), shared_companion_count=companion_count
    )
    assert (link_spelling(make_asker("conservatives", other, entity_type="NORP")) is not None) == expected
