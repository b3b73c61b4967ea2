"""Names of the reviewed table: one name and type each, whatever the article writes and the model says."""

from dataclasses import replace

import pytest

from tests.transforms.test_resolution import mark, resolve
from transforms.listed_names import find_well_known
from transforms.means import ALL_MEANS
from transforms.name_lists import NameLists
from transforms.resolution import resolve_text

TIDES = "ORG:bureau of tides"


def test_an_acronym_of_the_table_needs_no_expansion(lists: NameLists) -> None:
    assert resolve("Then the [PRODUCT BOT] met.", lists) == [("BOT", TIDES, "alias")]


def test_the_name_of_the_table_is_exact(lists: NameLists) -> None:
    assert resolve("Then the [ORG Bureau of Tides] met.", lists) == [("Bureau of Tides", TIDES, "exact")]


def test_a_name_that_the_model_cut_in_two_is_whole(lists: NameLists) -> None:
    assert resolve("Then the [ORG Bureau] of [PERSON Tides] met.", lists)[0][:2] == ("Bureau of Tides", TIDES)


def test_a_name_that_ends_a_sentence_has_no_full_stop(lists: NameLists) -> None:
    found = resolve("[PERSON Ann Lee] left the Bureau of Tides. [PERSON Lee] slept.", lists)
    assert ("Bureau of Tides", TIDES, "exact") in found


def test_a_person_at_the_head_of_the_name_is_no_part_of_it(lists: NameLists) -> None:
    found = resolve("Then [PERSON Moss Bureau of Tides] met.", lists)
    assert found == [("Bureau of Tides", TIDES, "exact")]


@pytest.mark.parametrize("joint", ["-", "/", " and "])
def test_two_names_of_the_table_in_a_row_are_two(lists: NameLists, joint: str) -> None:
    found = resolve(f"A poll by the [ORG Arle Post{joint}Bureau of Tides] came.", lists)
    assert [name for name, _, _ in found] == ["Arle Post", "Bureau of Tides"]


def test_a_name_with_another_word_between_two_of_the_table_is_whole(lists: NameLists) -> None:
    found = resolve("Then the [ORG Arle Post Tea Bureau of Tides] met.", lists)
    assert [name for name, _, _ in found] == ["Arle Post Tea Bureau of Tides"]


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        pytest.param("Saltm\ufffd\ufffdrsh", "GPE:saltmarsh", id="one-name-fits"),
        pytest.param("Arl\ufffd", "PERSON:arl\ufffd", id="none-fits"),
    ],
)
def test_a_name_with_a_lost_character_is_the_one_of_the_table_that_fits(
    lists: NameLists, surface: str, expected: str
) -> None:
    assert resolve(f"Then [PERSON {surface}] flooded.", lists)[0][1] == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("The [ORG BOT] met. The [ORG Tides] paid.", TIDES, id="beside-a-sure-name"),
        pytest.param("The [ORG Tides] paid.", "ORG:tides", id="alone"),
    ],
)
def test_an_ambiguous_name_counts_beside_a_sure_one(lists: NameLists, marked: str, expected: str) -> None:
    assert resolve(marked, lists)[-1][1] == expected


def test_the_type_of_the_table_goes_before_the_models(lists: NameLists) -> None:
    assert resolve("Then [PERSON Saltmarsh] flooded.", lists)[0][1] == "GPE:saltmarsh"


def test_a_person_of_that_name_stays_a_person(lists: NameLists) -> None:
    found = resolve("Then [PERSON Ann Saltmarsh] spoke. [PERSON Saltmarsh] sat.", lists)
    assert found[1][1] == "PERSON:ann saltmarsh"


def test_an_organisation_that_begins_so_is_not_meant_by_the_acronym(lists: NameLists) -> None:
    found = resolve("The [ORG BOT Harbour Council] met. The [ORG BOT] paid.", lists)
    assert found[1][1] == TIDES


def test_a_word_for_any_such_body_is_no_name(lists: NameLists) -> None:
    assert resolve("Then the [ORG Administration] met [GPE Arle].", lists) == [("Arle", "GPE:arle", "exact")]


def test_small_letters_are_no_name_of_the_table(lists: NameLists) -> None:
    assert resolve("A bureau of tides met [GPE Arle].", lists) == [("Arle", "GPE:arle", "exact")]


@pytest.mark.parametrize("body", ["", "BOT", "[BOT]", 'The "Bureau of', "Bureau of\nTides", "Bureau"])
def test_scraps_of_a_name_break_nothing(lists: NameLists, body: str) -> None:
    assert all(
        body[row.start_char : row.end_char] == row.surface_text for row in resolve_text("t", "", body, [], lists)
    )


def test_the_table_can_be_left_out(lists: NameLists) -> None:
    body, spans = mark("Then the [ORG BOT] met.")
    rows = resolve_text("t", "", body, spans, lists, replace(ALL_MEANS, well_known=False))
    assert [row.entity_id for row in rows] == ["ORG:bot"]


def test_a_name_no_list_has_is_not_found(lists: NameLists) -> None:
    assert find_well_known({"arle", "moss"}, lists) == {}
