"""Whom a short name means, told from the articles that have the full name as well."""

import pytest

from tests.transforms.linking.asking import make_asker, make_candidate, name_target
from transforms.linking.aliases import link_short_name
from transforms.linking.candidates import Asker, Candidate, PersonLists


def bearer(name: str, article_count: int, **changes: object) -> Candidate:
    """Return a person whose surname asks."""
    return make_candidate(name, article_count=article_count, kinds=("surname",), **changes)


def known(name: str, alias_article_count: int, **changes: object) -> Candidate:
    """Return an organisation that articles have under the name that asks."""
    row = {"entity_type": "ORG", "article_count": 9, "kinds": ("alias",), "alias_article_count": alias_article_count}
    return make_candidate(name, **row | changes)


def ask(asker: Asker) -> str | None:
    return name_target(link_short_name(asker), asker)


def test_a_surname_means_the_one_whom_most_articles_name() -> None:
    asim = bearer("Asim Munir", 8, alias_article_count=6, shared_companion_count=1)
    asker = make_asker("munir", asim, bearer("Ali Munir", 2))
    link = link_short_name(asker)
    assert link is not None
    assert name_target(link, asker) == "asim munir"
    assert (link.rule, link.score) == ("known_alias", 0.85)
    assert link.evidence == "Asim Munir 8 of 10 articles, Ali Munir 2; 1 companions in common"


def test_a_surname_of_several_is_left_in_doubt() -> None:
    asker = make_asker("munir", bearer("Asim Munir", 7, alias_article_count=6), bearer("Ali Munir", 2))
    link = link_short_name(asker)
    assert link is not None
    assert (link.linked_key, link.rule) == (asker.key, "ambiguous")


def test_forms_of_one_name_speak_for_one_person() -> None:
    donald = bearer("Donald Trump", 5, alias_article_count=5, shared_companion_count=1)
    forms = [donald, bearer("Donald J Trump", 4), bearer("Ivanka Trump", 1)]
    assert ask(make_asker("trump", *forms)) == "donald trump"


def test_the_only_bearer_of_a_surname_needs_company_where_no_article_has_both() -> None:
    alone, together = bearer("Asim Munir", 3), bearer("Asim Munir", 3, shared_companion_count=3)
    assert ask(make_asker("munir", alone)) is None
    assert ask(make_asker("munir", together)) == "asim munir"


def test_a_frequent_word_is_no_surname_of_somebody_named_once() -> None:
    asker = make_asker("brexit", bearer("While Brexit", 1, shared_companion_count=9), article_count=77)
    assert ask(asker) is None


@pytest.mark.parametrize(
    ("alias_article_count", "companion_count", "expected"),
    [
        pytest.param(2, 4, "david duke", id="known-and-in-company"),
        pytest.param(1, 4, None, id="one-article"),
        pytest.param(2, 3, None, id="other-company"),
    ],
)
def test_a_given_name_needs_articles_that_have_both_and_company(
    alias_article_count: int, companion_count: int, expected: str | None
) -> None:
    candidate = make_candidate(
        "David Duke",
        kinds=("alias",),
        alias_article_count=alias_article_count,
        shared_companion_count=companion_count,
    )
    assert ask(make_asker("david", candidate)) == expected


def test_a_surname_taken_for_a_place_is_the_person_in_the_same_company() -> None:
    candidate = bearer("Lindsay Lohan", 9, alias_article_count=8, shared_companion_count=4)
    assert ask(make_asker("lohan", candidate, entity_type="GPE", article_count=2)) == "lindsay lohan"


def test_a_place_with_the_name_of_a_person_stays_a_place() -> None:
    candidate = bearer("Denzel Washington", 9, alias_article_count=8, shared_companion_count=4)
    assert ask(make_asker("washington", candidate, entity_type="GPE", article_count=15)) is None


def test_an_acronym_means_what_articles_write_out() -> None:
    candidate = known("European Union", 2)
    assert ask(make_asker("eu", candidate, entity_type="ORG", article_count=3)) == "european union"


@pytest.mark.parametrize(
    ("name", "is_linked"),
    [
        pytest.param("Acme Motor Co.", True, id="with-its-legal-form"),
        pytest.param("Acme Motor Museum", False, id="without-one"),
        pytest.param("Old Acme Motor Co.", False, id="not-at-its-beginning"),
    ],
)
def test_the_beginning_of_a_companys_name_needs_one_article_that_has_both(name: str, *, is_linked: bool) -> None:
    asker = make_asker("acme", known(name, 1), entity_type="ORG")
    assert (ask(asker) is not None) == is_linked


def test_a_longer_name_that_begins_with_a_reading_is_that_reading() -> None:
    nations, council = known("United Nations", 4), known("United Nations Security Council", 3)
    assert ask(make_asker("un", nations, council, entity_type="ORG")) == "united nations"


def test_a_name_that_goes_on_after_the_short_one_is_no_reading_beside_another() -> None:
    nations, council = known("United Nations", 4), known("UN Security Council", 3)
    assert ask(make_asker("un", nations, council, entity_type="ORG")) == "united nations"


def test_a_name_of_its_own_is_no_short_form_of_one_that_few_articles_use() -> None:
    office = known("White House Office of American Innovation", 2)
    assert ask(make_asker("white house", office, entity_type="ORG", article_count=300)) is None


def test_a_name_without_candidates_stands_for_itself() -> None:
    assert ask(make_asker("pele")) is None


LISTS = PersonLists({}, frozenset({"marvin", "dylan"}), frozenset({"johnson"}))


@pytest.mark.parametrize(
    ("surname", "bearer_name", "changes", "is_linked"),
    [
        pytest.param("minsky", "Marvin Minsky", {"article_count": 2}, True, id="rare"),
        pytest.param("minsky", "Marvin Minsky", {}, False, id="one-article"),
        pytest.param("johnson", "Marvin Johnson", {"article_count": 2}, False, id="common"),
        pytest.param("dylan", "Marvin Dylan", {"article_count": 2}, False, id="given-name"),
        pytest.param("sentinel", "Elbonia Sentinel", {"article_count": 2}, False, id="no-given-name-before"),
    ],
)
def test_a_rare_surname_means_its_only_bearer(
    surname: str, bearer_name: str, changes: dict[str, int], *, is_linked: bool
) -> None:
    candidate = make_candidate(bearer_name, kinds=("surname",), **changes)
    asker = make_asker(surname, candidate, companion_count=9, lists=LISTS)
    assert ask(asker) == (bearer_name.casefold() if is_linked else None)


def test_a_rare_surname_of_two_needs_company() -> None:
    bearers = [bearer("Marvin Minsky", 8), bearer("Gloria Minsky", 2)]
    assert ask(make_asker("minsky", *bearers, companion_count=9, lists=LISTS)) is None


def test_a_rare_surname_beside_many_others_needs_company() -> None:
    assert ask(make_asker("minsky", bearer("Marvin Minsky", 2), companion_count=10, lists=LISTS)) is None


def test_a_surname_that_nobody_uses_alone_is_nobody_where_two_bear_it() -> None:
    bearers = [bearer("Asim Munir", 9, shared_companion_count=9), bearer("Ali Munir", 1)]
    assert ask(make_asker("munir", *bearers)) is None


def test_what_the_model_takes_for_a_place_is_no_rare_surname() -> None:
    assert (
        ask(make_asker("minsky", bearer("Marvin Minsky", 9), entity_type="GPE", companion_count=9, lists=LISTS)) is None
    )


def test_a_surname_that_articles_know_needs_some_company() -> None:
    linked = [
        ask(make_asker("kent", bearer("Stephen Kent", 2, alias_article_count=2, shared_companion_count=count)))
        for count in (0, 1)
    ]
    assert linked == [None, "stephen kent"]


@pytest.mark.parametrize(
    ("surname", "alias_article_count", "companion_count", "is_linked"),
    [
        pytest.param("quist", 2, 1, True, id="rare-and-known-to-two-articles"),
        pytest.param("johnson", 2, 4, False, id="common-and-known-to-two"),
        pytest.param("johnson", 3, 4, True, id="common-and-known-to-three"),
        pytest.param("johnson", 9, 3, False, id="common-and-in-other-company"),
        pytest.param("johnson", 1, 5, True, id="common-and-in-the-same-company"),
    ],
)
def test_a_common_surname_needs_more_than_a_rare_one(
    surname: str, alias_article_count: int, companion_count: int, *, is_linked: bool
) -> None:
    candidate = bearer(
        f"Marvin {surname.title()}",
        9,
        alias_article_count=alias_article_count,
        shared_companion_count=companion_count,
    )
    asker = make_asker(surname, candidate, companion_count=20, lists=LISTS)
    assert (ask(asker) is not None) == is_linked


@pytest.mark.parametrize(
    ("alias_article_count", "companion_count", "is_linked"),
    [
        pytest.param(4, 0, False, id="known-to-four-articles"),
        pytest.param(5, 0, True, id="known-to-five"),
        pytest.param(4, 3, False, id="in-little-company"),
        pytest.param(2, 4, True, id="in-some-company"),
    ],
)
def test_an_acronym_in_other_company_is_another(
    alias_article_count: int, companion_count: int, *, is_linked: bool
) -> None:
    candidate = known("Elbonian Tea Board", alias_article_count, shared_companion_count=companion_count)
    asker = make_asker("etb", candidate, entity_type="ORG", companion_count=11)
    assert (ask(asker) is not None) == is_linked


@pytest.mark.parametrize(("companion_count", "is_linked"), [(4, False), (5, True)], ids=["other", "same"])
def test_a_name_that_many_share_needs_half_of_the_company(companion_count: int, *, is_linked: bool) -> None:
    candidate = known("Elbonian House Committee", 9, shared_companion_count=companion_count)
    assert (ask(make_asker("committee", candidate, entity_type="ORG")) is not None) == is_linked


def test_the_word_that_outlets_of_all_countries_are_called_by_is_short_for_none() -> None:
    candidate = known("Elbonian Post", 9, shared_companion_count=10)
    assert ask(make_asker("post", candidate, entity_type="ORG")) is None


def test_an_acronym_of_two_things_is_short_for_neither() -> None:
    committee = known("Elbonian Tea Committee", 9, kinds=("alias", "initials"), shared_companion_count=9)
    convention = make_candidate("Elbonian Tea Convention", entity_type="EVENT", article_count=4, kinds=("initials",))
    assert ask(make_asker("etc", committee, entity_type="ORG")) == "elbonian tea committee"
    assert ask(make_asker("etc", committee, convention, entity_type="ORG")) is None


def test_a_company_with_its_legal_form_is_not_short_for_another() -> None:
    asker = make_asker("acme", known("Acme Motor Co.", 9), entity_type="ORG", name="Acme Corp")
    assert ask(asker) is None


@pytest.mark.parametrize(("article_count", "is_linked"), [(2, True), (3, False)], ids=["rare", "frequent"])
def test_the_end_of_several_names_is_short_for_none(article_count: int, *, is_linked: bool) -> None:
    house = known("House Tea Committee", 5, kinds=("alias", "tail"))
    senate = make_candidate("Senate Tea Committee", entity_type="ORG", kinds=("tail",), article_count=article_count)
    asker = make_asker("tea committee", house, senate, entity_type="ORG")
    assert (ask(asker) is not None) == is_linked
