"""One name with several types becomes one entity, unless the word is easily two things."""

import pytest

from tests.transforms.linking.asking import make_asker, make_candidate, name_target
from transforms.linking.types import link_type


@pytest.mark.parametrize(
    ("name", "own", "other", "companion_count", "is_linked"),
    [
        pytest.param("asim munir", ("ORG", 1), ("PERSON", 4), 0, True, id="minority-of-a-full-name"),
        pytest.param("asim munir", ("PERSON", 4), ("ORG", 1), 0, False, id="majority-asks"),
        pytest.param("asim munir", ("ORG", 1), ("PERSON", 1), 0, True, id="tie-goes-to-the-more-reliable"),
        pytest.param("asim munir", ("PERSON", 1), ("ORG", 1), 0, False, id="tie-asked-from-the-other-side"),
        pytest.param("world agency", ("ORG", 1), ("EVENT", 2), 0, False, id="a-type-that-is-rarely-right-counts-half"),
        pytest.param("world agency", ("EVENT", 2), ("ORG", 1), 0, False, id="and-is-no-majority-on-a-tie"),
        pytest.param("world agency", ("EVENT", 3), ("ORG", 2), 0, True, id="but-is-with-more"),
        pytest.param("paris", ("PERSON", 2), ("GPE", 8), 9, False, id="person-and-place"),
        pytest.param("paris", ("PERSON", 1), ("GPE", 9), 9, True, id="person-and-place-clear"),
        pytest.param("colts", ("PERSON", 3), ("ORG", 7), 3, True, id="same-company"),
        pytest.param("colts", ("PERSON", 3), ("ORG", 7), 2, False, id="other-company"),
    ],
)
def test_a_name_takes_the_type_that_most_articles_give_it(
    name: str, own: tuple[str, int], other: tuple[str, int], companion_count: int, *, is_linked: bool
) -> None:
    candidate = make_candidate(
        name, entity_type=other[0], article_count=other[1], kinds=("name",), shared_companion_count=companion_count
    )
    asker = make_asker(name, candidate, entity_type=own[0], article_count=own[1])
    assert (link_type(asker) is not None) == is_linked


def test_bills_of_one_number_are_those_of_several_states() -> None:
    candidate = make_candidate("HB 2", entity_type="GPE", article_count=4, kinds=("name",))
    assert link_type(make_asker("hb 2", candidate, entity_type="LAW")) is None


def test_the_evidence_counts_articles_by_type() -> None:
    candidate = make_candidate("Asim Munir", article_count=4, kinds=("name",))
    asker = make_asker("asim munir", candidate, entity_type="ORG")
    link = link_type(asker)
    assert link is not None
    assert name_target(link, asker) == "asim munir"
    assert link.evidence == "PERSON in 4 of 5 articles, ORG in 1"


def test_other_names_are_not_asked_for_their_type() -> None:
    asker = make_asker("munir", make_candidate("Asim Munir", kinds=("surname",)), entity_type="ORG")
    assert link_type(asker) is None


@pytest.mark.parametrize(("name", "is_linked"), [("Elbonia Tea Inc", False), ("Elbonia Tea", True)])
def test_a_company_with_its_legal_form_is_no_place(name: str, *, is_linked: bool) -> None:
    candidate = make_candidate("Elbonia Tea", entity_type="GPE", article_count=9, kinds=("name",))
    asker = make_asker("elbonia tea", candidate, entity_type="ORG", name=name)
    assert (link_type(asker) is not None) == is_linked
