"""What stands beside a name tells it from others of its spelling."""

from dataclasses import replace

import pytest

from tests.transforms.test_resolution import mark
from transforms.means import ALL_MEANS
from transforms.name_lists import NameLists
from transforms.resolution import resolve_text


def resolve(marked: str, lists: NameLists, *, qualifiers: bool = True) -> list[str]:
    """Return the entity_id of each mention."""
    body, spans = mark(marked)
    rows = resolve_text("t", "", body, spans, lists, replace(ALL_MEANS, qualifiers=qualifiers))
    return [row.entity_id for row in rows]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("They thanked Mrs [PERSON Quist].", "PERSON:quist(ms)", id="woman"),
        pytest.param("They thanked Mr [PERSON Quist].", "PERSON:quist", id="man"),
        pytest.param("They thanked [PERSON Quist].", "PERSON:quist", id="no-title"),
        pytest.param("They thanked Mrs [PERSON Ann Quist].", "PERSON:ann quist", id="full-name"),
    ],
)
def test_a_surname_with_a_womans_title_only_is_told_from_a_mans(marked: str, expected: str, lists: NameLists) -> None:
    assert resolve(marked, lists) == [expected]


def test_a_man_and_a_woman_under_one_surname_leave_it_open(lists: NameLists) -> None:
    found = resolve("They thanked Mrs [PERSON Quist]. Then Mr [PERSON Quist] spoke.", lists)
    assert set(found) == {"PERSON:quist"}


def test_what_is_shown_of_a_qualified_name_is_the_name(lists: NameLists) -> None:
    body, spans = mark("They thanked Mrs [PERSON Quist].")
    (row,) = resolve_text("t", "", body, spans, lists)
    assert (row.full_name, row.surface_text, row.alias_key) == ("Quist", "Quist", "quist")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("She spoke in [PERSON Lee], N.C., today.", "GPE:lee(north-carolina)", id="abbreviated"),
        pytest.param("She spoke in [GPE Lee], Washington, today.", "GPE:lee(washington)", id="state"),
        pytest.param("She beat [PERSON Lee], Washington said.", "PERSON:lee", id="no-preposition"),
        pytest.param("She spoke in [GPE Arle], N.C., today.", "GPE:arle", id="nobodys-name"),
    ],
)
def test_a_town_with_its_state_is_told_from_people(marked: str, expected: str, lists: NameLists) -> None:
    assert resolve(marked, lists) == [expected]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(
            "[PERSON Hillary Quist]'s husband, [PERSON Bob], came.", "PERSON:bob(quist)", id="of-whom-is-named"
        ),
        pytest.param("[PERSON Bob Quist] met a man. Her son [PERSON Bob] came.", "PERSON:bob quist", id="his-own"),
        pytest.param("Her husband, [PERSON Bob], came.", "PERSON:bob", id="of-nobody"),
        pytest.param("[PERSON Hillary Quist] and [PERSON Bob] came.", "PERSON:bob", id="no-relative"),
    ],
)
def test_a_relatives_given_name_is_told_by_the_family(marked: str, expected: str, lists: NameLists) -> None:
    assert resolve(marked, lists)[-1] == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("It ran on the affiliate [ORG BOT] today.", "ORG:bot(station)", id="station-that-a-list-has"),
        pytest.param("It ran on the affiliate [ORG KQX] today.", "ORG:kqx", id="any-other"),
        pytest.param("She made the film [WORK_OF_ART The Helmets].", "WORK_OF_ART:helmets(work)", id="work"),
        pytest.param("They sail [PERSON Ann Quist]-class ships.", "PERSON:ann quist(class)", id="class-of-ships"),
    ],
)
def test_a_thing_is_told_from_what_it_is_called_after(marked: str, expected: str, lists: NameLists) -> None:
    unlisted = {key: known for key, known in lists.well_known.items() if key != "bureau of tides"}
    doubtful = unlisted | {"bot": lists.well_known["bot"]._replace(is_ambiguous=True)}
    assert resolve(marked, replace(lists, well_known=doubtful)) == [expected]


def test_names_are_bare_without_the_means(lists: NameLists) -> None:
    assert resolve("They thanked Mrs [PERSON Quist].", lists, qualifiers=False) == ["PERSON:quist"]
