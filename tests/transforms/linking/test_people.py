"""Forms of one person's full name, and people whose names are nearly the same."""

import pytest

from tests.transforms.linking.asking import make_asker, make_candidate, name_target
from transforms.linking.candidates import Candidate, PersonLists
from transforms.linking.people import are_forms, group_forms, link_full_name


def form(name: str, **changes: object) -> Candidate:
    """Return a full name that is compared with others."""
    return make_candidate(name, kinds=("person",), **changes)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("charles brown", "charles q brown", True, id="initial-left-out"),
        pytest.param("donald j trump", "donald john trump", True, id="initial-written-out"),
        pytest.param("fred larue", "frederick larue", True, id="given-name-shortened"),
        pytest.param("ed stone", "edward stone", False, id="two-letters-are-not-enough"),
        pytest.param("george w bush", "george h w bush", False, id="other-initials"),
        pytest.param("bill clinton", "hillary clinton", False, id="other-given-name"),
        pytest.param("donald trump", "donald trump jr", False, id="other-generation"),
        pytest.param("kim jong chol", "kim chol", False, id="family-name-first"),
    ],
)
def test_two_full_names_are_forms_of_one(one: str, other: str, *, expected: bool) -> None:
    assert are_forms(one, other) == are_forms(other, one) == expected


def test_a_name_is_short_for_the_only_fuller_form() -> None:
    asker = make_asker("charles brown", form("Charles Q Brown"), companion_count=9)
    assert name_target(link_full_name(asker), asker) == "charles q brown"


def test_fuller_forms_that_contradict_each_other_leave_a_name_alone() -> None:
    asker = make_asker("george bush", form("George W Bush"), form("George H W Bush"))
    assert link_full_name(asker) is None


def test_an_initial_is_not_fuller_than_the_given_name_it_may_be_of() -> None:
    assert link_full_name(make_asker("carmel martin", form("C Rick Martin", shared_companion_count=9))) is None


def test_two_names_of_one_article_are_two_people() -> None:
    assert link_full_name(make_asker("charles brown", form("Charles Q Brown", shared_article_count=1))) is None


def test_an_initial_needs_company() -> None:
    assert link_full_name(make_asker("c brown", form("Charles Brown", shared_companion_count=3))) is None
    asker = make_asker("c brown", form("Charles Brown", shared_companion_count=4))
    assert name_target(link_full_name(asker), asker) == "charles brown"


@pytest.mark.parametrize(
    ("article_count", "expected"),
    [pytest.param(5, "arcade comeaux jr", id="usual"), pytest.param(1, None, id="rare")],
)
def test_a_suffix_is_left_out_where_it_is_usual(article_count: int, expected: str | None) -> None:
    senior = form("Arcade Comeaux Jr", article_count=article_count, shared_companion_count=4)
    asker = make_asker("arcade comeaux", senior, article_count=2)
    assert name_target(link_full_name(asker), asker) == expected


def test_a_form_that_fits_two_people_is_a_person_of_its_own() -> None:
    candidates = [form("George W Bush", article_count=3), form("George H W Bush", article_count=2), form("George Bush")]
    groups = [[candidate.name_key for candidate in group] for group in group_forms(candidates)]
    assert groups == [["george w bush"], ["george h w bush"], ["george bush"]]


def test_an_initial_more_is_another_person() -> None:
    assert not are_forms("george w h bush", "george w bush")


NICKNAMES = {"joe": frozenset({"joseph"}), "bill": frozenset({"william"}), "jim": frozenset({"james"})}
LISTS = PersonLists(NICKNAMES, frozenset({"bill", "ryan", "william"}), frozenset({"owens"}))


@pytest.mark.parametrize(
    ("first", "second", "group_count"),
    [
        pytest.param("Bill Owens", "William Owens", 1, id="nickname-first"),
        pytest.param("William Owens", "Bill Owens", 1, id="nickname-second"),
        pytest.param("W Owens", "Bill Owens", 2, id="initial-of-the-full-name"),
        pytest.param("Bob Owens", "Bill Owens", 2, id="same-initial"),
    ],
)
def test_people_are_grouped_by_their_nicknames(first: str, second: str, group_count: int) -> None:
    candidates = [form(first, article_count=2), form(second, article_count=1)]
    assert len(group_forms(candidates, NICKNAMES)) == group_count


def test_a_nickname_is_a_form_of_the_name_it_is_short_for() -> None:
    assert are_forms("bill quist", "william quist", NICKNAMES)


def test_a_nickname_is_linked_in_common_company_only() -> None:
    linked = [
        link_full_name(make_asker("bill quist", form("William Quist", shared_companion_count=count), lists=LISTS))
        for count in (3, 4)
    ]
    assert [link is not None for link in linked] == [False, True]


@pytest.mark.parametrize(
    ("name", "alias_count", "is_linked"),
    [
        pytest.param("joe quist", 1, True, id="nickname-in-one-article-with-the-full-name"),
        pytest.param("joe quist", 0, False, id="nickname-without-such-an-article"),
        pytest.param("joseph quist", 1, False, id="the-same-given-name-may-be-the-father"),
    ],
)
def test_a_rarer_form_with_a_suffix_is_meant_by_a_nickname(name: str, alias_count: int, *, is_linked: bool) -> None:
    candidate = form("Joseph Quist Jr", alias_article_count=alias_count, shared_companion_count=9)
    asker = make_asker(name, candidate, article_count=5, lists=LISTS)
    assert (link_full_name(asker) is not None) == is_linked


def test_the_beginning_of_a_given_name_is_no_form_of_it_where_it_is_short_for_another() -> None:
    assert not are_forms("jim jordan", "jimmerson jordan", NICKNAMES)


@pytest.mark.parametrize(
    ("name", "other", "companion_count", "is_linked"),
    [
        pytest.param("bill owens", "William Owens", 5, False, id="nickname-and-common-surname"),
        pytest.param("bill owens", "William Owens", 6, True, id="nickname-and-common-surname-in-company"),
        pytest.param("ann owens", "Ann Reed Owens", 5, False, id="middle-name-and-common-surname"),
        pytest.param("ann owens", "Ann Reed Owens", 6, True, id="middle-name-and-common-surname-in-company"),
        pytest.param("ann owens", "Ann R Owens", 5, False, id="middle-initial-and-common-surname"),
        pytest.param("ann quist", "Ann Reed Quist", 2, False, id="middle-name-and-rare-surname"),
        pytest.param("ann quist", "Ann Reed Quist", 3, True, id="middle-name-and-rare-surname-in-company"),
        pytest.param("bill quist", "William Quist", 5, False, id="nickname-and-rare-surname"),
        pytest.param("bill quist", "William Quist", 6, True, id="nickname-and-rare-surname-in-company"),
        pytest.param("bill quist", "William Reed Quist", 20, False, id="nickname-and-middle-name"),
    ],
)
def test_company_is_asked_for_as_names_differ(name: str, other: str, companion_count: int, *, is_linked: bool) -> None:
    candidate = form(other, shared_companion_count=companion_count)
    asker = make_asker(name, candidate, companion_count=20, lists=LISTS)
    assert (link_full_name(asker) is not None) == is_linked


@pytest.mark.parametrize(
    ("surname", "expected"), [("owens", None), ("quist", "ann reed quist")], ids=["common", "rare"]
)
def test_a_few_other_companions_tell_nothing_of_a_rare_surname(surname: str, expected: str | None) -> None:
    candidate = form(f"Ann Reed {surname.title()}", companion_count=9)
    asker = make_asker(f"ann {surname}", candidate, companion_count=200, lists=LISTS)
    assert name_target(link_full_name(asker), asker) == expected


def test_the_company_of_the_rarer_form_counts() -> None:
    candidate = form("Ann R Owens", companion_count=20, shared_companion_count=6)
    asker = make_asker("ann owens", candidate, companion_count=900, lists=LISTS)
    assert name_target(link_full_name(asker), asker) == "ann r owens"


def test_who_has_a_nickname_in_quotes_has_no_other() -> None:
    candidate = form('William "Ryan" Owens', name_key="william owens", shared_companion_count=20)
    assert link_full_name(make_asker("bill owens", candidate, lists=LISTS)) is None


def test_what_an_article_has_as_one_needs_no_company() -> None:
    asker = make_asker("ann owens", form("Ann R Owens", alias_article_count=1), companion_count=20, lists=LISTS)
    assert name_target(link_full_name(asker), asker) == "ann r owens"
