"""Who is meant, within one text."""

import dataclasses
import itertools
import re

import polars as pl
import pytest

from transforms.chains import RULES, choose_spelling
from transforms.keys import compute_key
from transforms.means import ALL_MEANS, MentionMeans
from transforms.name_lists import Country, NameLists
from transforms.resolution import resolve_text, resolve_texts
from transforms.schemas import MENTION, SPAN, TEXT
from transforms.spans import SENTENCE, Span


def mark(marked: str) -> tuple[str, list[Span]]:
    """Return a text and its spans from "[PERSON Asim Munir] met ..."; a full stop before a capital ends a sentence."""
    text, spans, at = "", [], 0
    for match in re.finditer(r"\[([A-Z_]+) ([^\]]+)\]", marked):
        text += marked[at : match.start()]
        spans.append(Span(len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        at = match.end()
    text += marked[at:]
    bounds = [0, *(match.end() for match in re.finditer(r"\. (?=[A-Z])", text)), len(text)]
    return text, [*spans, *(Span(start, end, SENTENCE) for start, end in itertools.pairwise(bounds))]


def resolve(marked: str, lists: NameLists, headline: str = "") -> list[tuple[str, str, str]]:
    """Return (surface, entity_id, rule) of each mention, offsets checked."""
    body, spans = mark(marked)
    rows = resolve_text("t", headline, body, spans, lists)
    for row in rows:
        assert (headline if row.field == "headline" else body)[row.start_char : row.end_char] == row.surface_text
        assert row.resolution_score == RULES[row.resolution_rule]
    return [(row.surface_text, row.entity_id, row.resolution_rule) for row in rows]


def test_a_person_under_four_forms_is_one(lists: NameLists) -> None:
    assert resolve(
        "General [PERSON Asim Munir] came. General [PERSON Munir] spoke. [PERSON Munir]’s aide and [PERSON Asim] left.",
        lists,
    ) == [
        ("Asim Munir", "PERSON:asim munir", "exact"),
        ("Munir", "PERSON:asim munir", "surname"),
        ("Munir", "PERSON:asim munir", "surname"),
        ("Asim", "PERSON:asim munir", "given_name"),
    ]


def test_a_name_under_two_apostrophes_is_one_and_shown_as_most_print_it(lists: NameLists) -> None:
    body, spans = mark("[PERSON Ann O’Dea] met [PERSON Ann O'Dea]. [PERSON Ann O’Dea]’s aide and O‘Dea left.")
    rows = resolve_text("t", "O’Dea leaves", body, spans, lists)
    assert [row.surface_text for row in rows] == ["O’Dea", "Ann O’Dea", "Ann O'Dea", "Ann O’Dea", "O‘Dea"]
    assert {(row.entity_id, row.full_name) for row in rows} == {("PERSON:ann odea", "Ann O’Dea")}


def test_a_name_of_the_list_is_found_with_any_apostrophe(lists: NameLists) -> None:
    countries = lists.countries | {"cote divoire": Country("CI", "Ivory Coast")}
    rows = resolve_text("t", "", *mark("[GPE Côte d’Ivoire] agreed."), dataclasses.replace(lists, countries=countries))
    assert [(row.surface_text, row.full_name, row.country_code) for row in rows] == [
        ("Côte d’Ivoire", "Ivory Coast", "CI")
    ]


def test_a_middle_initial_makes_no_second_person(lists: NameLists) -> None:
    found = resolve("[PERSON Charles Brown] and later [PERSON Charles Q. Brown] spoke.", lists)
    assert found == [
        ("Charles Brown", "PERSON:charles q brown", "name_variant"),
        ("Charles Q. Brown", "PERSON:charles q brown", "exact"),
    ]


@pytest.mark.parametrize(
    ("full", "form", "name_key"),
    [
        pytest.param("Vito “The Boss” Quist", "Vito Quist", "vito quist", id="nickname-in-quotes"),
        pytest.param("Vito (Bo) Quist", "Vito R. Quist", "vito r quist", id="nickname-in-brackets"),
        pytest.param("J. Edgar Quist", "Edgar Quist", "j edgar quist", id="first-name-left-out"),
        pytest.param("Marine Le Pen", "Le Pen", "marine le pen", id="surname-of-two-words"),
        pytest.param("Bashar al-Assad", "al-Assad", "bashar al assad", id="surname-with-an-article"),
    ],
)
def test_another_form_of_a_full_name_makes_no_second_person(
    full: str, form: str, name_key: str, lists: NameLists
) -> None:
    found = resolve(f"[PERSON {full}] spoke. Later [PERSON {form}] left.", lists)
    assert [entity for _, entity, _ in found] == [f"PERSON:{name_key}"] * 2


def test_a_surname_the_model_takes_for_a_place_is_the_person(lists: NameLists) -> None:
    found = resolve("[PERSON Antony Blinken] came. [GPE Blinken] left.", lists)
    assert found[1] == ("Blinken", "PERSON:antony blinken", "surname")


def test_a_place_stays_a_place_though_a_person_bears_its_name(lists: NameLists) -> None:
    found = resolve("[PERSON Denzel Washington] flew to [GPE Washington] at once.", lists)
    assert found[1] == ("Washington", "GPE:washington", "exact")


@pytest.mark.parametrize("surface", ["US", "U.S.", "United States"])
def test_a_country_has_one_entity_under_all_its_names(surface: str, lists: NameLists) -> None:
    assert resolve(f"The [GPE {surface}] agreed.", lists)[0][1] == "GPE:united states"


def test_a_province_taken_for_an_organisation_is_a_place(lists: NameLists) -> None:
    assert resolve("Floods hit [ORG Bavaria] again.", lists) == [("Bavaria", "GPE:bavaria", "exact")]


def test_an_acronym_in_brackets_is_the_organisation_before_it(lists: NameLists) -> None:
    found = resolve(
        "The [ORG United Nations Security Council] ([ORG UNSC]) met. The [ORG UNSC] voted.",
        lists,
    )
    assert [entity for _, entity, _ in found] == ["ORG:united nations security council"] * 3
    assert [rule for _, _, rule in found] == ["exact", "acronym", "acronym"]


def test_of_two_names_with_these_initials_the_one_before_the_bracket_is_meant(lists: NameLists) -> None:
    found = resolve(
        "[ORG Alpha Beta Council] sued the [ORG Air Board Council] ([ORG ABC]).",
        lists,
    )
    assert found[2] == ("ABC", "ORG:air board council", "acronym")


def test_an_acronym_that_fits_two_names_and_no_bracket_stands_for_itself(lists: NameLists) -> None:
    found = resolve("[ORG Alpha Beta Council] sued [ORG Air Board Council], said [ORG ABC].", lists)
    assert found[2] == ("ABC", "ORG:abc", "exact")


def test_the_beginning_of_one_organisation_is_its_short_form(lists: NameLists) -> None:
    found = resolve("[ORG Acme Motor Co] grew. [ORG Acme] hired.", lists)
    assert found[1] == ("Acme", "ORG:acme motor", "short_form")


def test_later_mentions_the_model_missed_are_found(lists: NameLists) -> None:
    found = resolve("[PERSON Asim Munir] came. Then Munir spoke, and Asim Munir left.", lists)
    assert found[1:] == [
        ("Munir", "PERSON:asim munir", "propagated"),
        ("Asim Munir", "PERSON:asim munir", "propagated"),
    ]


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("May they may stay.", id="a word that is written small as well"),
        pytest.param("The May Department Stores closed.", id="part of a longer name"),
        pytest.param("We saw Theodora May.", id="another person's surname"),
    ],
)
def test_a_surname_that_may_be_something_else_is_not_propagated(rest: str, lists: NameLists) -> None:
    assert len(resolve(f"[PERSON Theresa May] spoke. {rest}", lists)) == 1


def test_us_the_pronoun_is_not_the_country(lists: NameLists) -> None:
    assert len(resolve("The [GPE US] helped us. Us they helped.", lists)) == 1


def test_the_headline_has_the_names_of_the_body_and_no_others(lists: NameLists) -> None:
    found = resolve("[PERSON Asim Munir] met officials in the [GPE US].", lists, headline="US Backs Munir in Lahore")
    assert found[:2] == [("US", "GPE:united states", "propagated"), ("Munir", "PERSON:asim munir", "propagated")]
    assert len(found) == 4


def test_sentences_are_counted_from_one_and_the_headline_is_none(lists: NameLists) -> None:
    body, spans = mark("Rain fell. [PERSON Ann Lee] spoke. Then Lee left.")
    rows = resolve_text("t", "Lee Left", body, spans, lists)
    assert [(row.field, row.sentence_number) for row in rows] == [("headline", 0), ("body", 2), ("body", 3)]


def test_the_most_frequent_label_is_the_type_of_a_name(lists: NameLists) -> None:
    found = resolve("[ORG Nokia] and [ORG Nokia] and [PRODUCT Nokia].", lists)
    assert {entity for _, entity, _ in found} == {"ORG:nokia"}


def test_a_text_without_names_has_no_mentions(lists: NameLists) -> None:
    assert resolve("Nothing happened.", lists) == []


def test_frames_in_and_out_have_their_schemas(lists: NameLists) -> None:
    texts = pl.DataFrame([("h1", "", "Ann Lee spoke.", "en"), ("h2", "", "Nobody.", "en")], schema=TEXT, orient="row")
    spans = pl.DataFrame([("h1", 0, 7, "PERSON"), ("h1", 0, 14, SENTENCE)], schema=SPAN, orient="row")
    mentions = resolve_texts(texts, spans, lists)
    assert mentions.schema == MENTION
    row = mentions.row(0, named=True)
    assert mentions.height == 1
    assert row["entity_key"] == compute_key("entity", "PERSON", "ann lee")
    assert (row["text_hash"], row["full_name"], row["sentence_number"]) == ("h1", "Ann Lee", 1)


def test_a_spelling_in_capitals_is_shown_only_when_there_is_no_other() -> None:
    assert choose_spelling(["NATO", "NATO"]) == "NATO"
    assert choose_spelling(["LEE", "LEE", "Lee"]) == "Lee"


def test_father_and_son_are_two(lists: NameLists) -> None:
    found = resolve("[PERSON Ann Moss Jr.] met [PERSON Ann Moss Sr.] there.", lists)
    assert [entity for _, entity, _ in found] == ["PERSON:ann moss jr", "PERSON:ann moss sr"]


def test_a_nickname_is_the_given_name_it_is_short_for(lists: NameLists) -> None:
    found = resolve("[PERSON William Moss] sang. [PERSON Bill Moss] left.", lists)
    assert found[1] == ("Bill Moss", "PERSON:william moss", "name_variant")


def test_mr_and_mrs_of_one_surname_are_two_people(lists: NameLists) -> None:
    found = resolve("[PERSON Hillary Moss] sang. Mr [PERSON Moss] sat. Mrs [PERSON Moss] left.", lists)
    assert [entity for _, entity, _ in found] == ["PERSON:hillary moss", "PERSON:moss", "PERSON:hillary moss"]


def test_a_surname_after_a_title_is_a_person_whatever_the_model_says(lists: NameLists) -> None:
    assert resolve("Then Senator [GPE Moss] and [GPE Moss] left.", lists)[1][1] == "PERSON:moss"


def test_a_people_has_one_entity_under_all_its_words(lists: NameLists) -> None:
    found = resolve("Two [ORG Americans] and one [NORP American] left.", lists)
    assert [entity for _, entity, _ in found] == ["NORP:american", "NORP:american"]


def test_a_city_after_in_is_a_place(lists: NameLists) -> None:
    assert resolve("It rained in [PERSON Karachi] today.", lists)[0][1] == "GPE:karachi"


def test_a_city_that_is_a_name_of_people_keeps_the_models_label(lists: NameLists) -> None:
    assert resolve("We believe in [PERSON Austin] today.", lists)[0][1] == "PERSON:austin"


def test_a_dotted_abbreviation_is_the_province(lists: NameLists) -> None:
    assert resolve("Rain fell in Arle, [GPE N.C.] today.", lists)[0][1] == "GPE:north carolina"


def test_a_legal_form_makes_a_company(lists: NameLists) -> None:
    assert resolve("Shares of [PERSON Eve Moss Inc] fell.", lists)[0][1] == "ORG:eve moss"


def test_the_end_of_a_name_is_its_short_form(lists: NameLists) -> None:
    found = resolve("The [ORG Arle Rovers] won. Fans of the Rovers sang. The [ORG Rovers] left.", lists)
    assert [entity for _, entity, _ in found] == ["ORG:arle rovers"] * 3


def test_another_countrys_body_is_not_the_one_named_before(lists: NameLists) -> None:
    found = resolve("The [ORG Elbonian Tea Board] met. A Freedonian [ORG Tea Board] did not.", lists)
    assert found[1][1] == "ORG:tea board"


def test_an_organisations_noun_alone_is_no_short_form(lists: NameLists) -> None:
    found = resolve("The [ORG University of Arle] won. A [ORG University] is a good thing.", lists)
    assert found[1][1] == "ORG:university"


def test_an_ordinary_word_in_a_headline_is_no_name(lists: NameLists) -> None:
    found = resolve("The [ORG Arle Times] said so two times.", lists, headline="Three Times a Winner")
    assert [surface for surface, _, _ in found] == ["Arle Times"]


def test_a_nickname_in_quotes_alone_is_its_bearer(lists: NameLists) -> None:
    found = resolve("[PERSON Vito “Bo” Quist] came. [PERSON Bo] spoke, and [PERSON Bo Quist] left.", lists)
    assert {entity_id for _, entity_id, _ in found} == {"PERSON:vito quist"}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("A man told [PERSON Quist] so.", "ORG:quist", id="quoted"),
        pytest.param("A man met [PERSON Quist] there.", "PERSON:quist", id="not-quoted"),
        pytest.param("[PERSON Ann Quist] came. A man told [PERSON Quist] so.", "PERSON:ann quist", id="borne"),
    ],
)
def test_an_agency_called_as_somebody_is_told_by_being_quoted(marked: str, expected: str, lists: NameLists) -> None:
    knowing = dataclasses.replace(lists, named_agencies=frozenset({"quist"}))
    assert resolve(marked, knowing)[-1][1] == expected


def test_an_article_that_opens_a_sentence_is_no_part_of_a_name(lists: NameLists) -> None:
    assert [surface for surface, _, _ in resolve("[ORG A Senate] panel met.", lists)] == ["Senate"]


@pytest.mark.parametrize("means", [field.name for field in dataclasses.fields(MentionMeans)])
def test_each_means_can_be_turned_off(means: str, lists: NameLists) -> None:
    body, spans = mark(
        "[PERSON Bill Moss] of the [ORG Arle Rovers] met Mr Lee. Rovers fans (USA) sang.\n\nMoss Wins It All"
    )
    rows = resolve_text("t", "Moss Wins", body, spans, lists, dataclasses.replace(ALL_MEANS, **{means: False}))
    assert ("Bill Moss", "body") in [(row.surface_text, row.field) for row in rows]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[",
        "((((",
        "Mr",
        "Dr. (",
        "\n\n\n",
        "'s ’s",
        "Ann 'Nan",
        "A" * 500,
        "“\" ' ) ]",
        "Mr. [x] (Y) {Z}",
        "\u0000 \u202e",
    ],
    ids=repr,
)
def test_odd_bodies_with_spans_over_all_of_them_are_read(body: str, lists: NameLists) -> None:
    for label in ("PERSON", "ORG", "GPE", "WORK_OF_ART"):
        spans = [Span(0, len(body), label)] if body else []
        for row in resolve_text("t", body, body, spans, lists):
            assert body[row.start_char : row.end_char] == row.surface_text


def test_a_span_inside_the_last_word_is_read(lists: NameLists) -> None:
    rows = resolve_text("t", "", "They met McLee", [Span(11, 14, "PERSON")], lists)
    assert [row.surface_text for row in rows] == ["Lee"]


def test_a_body_of_a_country_that_is_in_the_north_is_no_north(lists: NameLists) -> None:
    found = resolve("Rain in [GPE South Carolina]. The [LOC South] votes.", lists)
    assert [surface for surface, _, _ in found] == ["South Carolina"]


def test_the_north_is_the_northern_part_that_the_article_names(lists: NameLists) -> None:
    found = resolve("Rain in [GPE Northern Elbonia]. The [LOC North] votes.", lists)
    assert found[1] == ("North", "GPE:northern elbonia", "short_form")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("Troops left the town of [PERSON Qarra].", "GPE", id="after town of"),
        pytest.param("Snow in [PERSON Bavaria].", "GPE", id="a listed province after in"),
        pytest.param("Senator Ann Lee, R-[PERSON Bavaria], left.", "GPE", id="the state of a politician"),
        pytest.param("So [PERSON Fenna Gale] leader Ann Quist said.", "ORG", id="what has a leader"),
        pytest.param("So [PERSON Ann Gale] leader of the pack said.", "PERSON", id="a leader without a name"),
        pytest.param("Later the [PERSON Carolina Rovers] to and fro.", "ORG", id="a plural after the"),
        pytest.param("Later the [PERSON Ann Rovers] campaign began.", "PERSON", id="a noun after a name after the"),
    ],
)
def test_the_words_around_a_name_tell_what_it_is(marked: str, expected: str, lists: NameLists) -> None:
    found = {entity_id for _, entity_id, _ in resolve(marked, lists)}
    assert any(entity_id.startswith(expected + ":") for entity_id in found)
    assert {entity_id.partition(":")[0] for entity_id in found} <= {expected, "PERSON"}


def test_a_well_known_name_in_capitals_is_not_made_a_person_by_a_title_before_it(lists: NameLists) -> None:
    assert resolve("President [ORG BOT] rules. The Bureau of Tides agrees.", lists)[0][1] == "ORG:bureau of tides"


def test_a_name_after_a_direction_is_part_of_another(lists: NameLists) -> None:
    found = resolve("[LOC Arle] is far to the north. They sail to North Arle now.", lists)
    assert [surface for surface, _, _ in found] == ["Arle"]


def test_small_letters_are_no_name_in_capitals_in_a_heading(lists: NameLists) -> None:
    found = resolve(
        "The [GPE US] won.\n\n[ORG Several Things That Got Us Thinking Again.]\n\nThings got it thinking again.", lists
    )
    assert [surface for surface, _, _ in found] == ["US"]


def test_a_word_for_any_body_is_no_name_by_itself(lists: NameLists) -> None:
    assert resolve("The [ORG Government] and [GPE Arle] met.", lists) == [("Arle", "GPE:arle", "exact")]


def test_a_word_for_any_body_stays_where_it_is_short_for_one(lists: NameLists) -> None:
    found = resolve("The [ORG State Fund] met. The [ORG State] paid.", lists)
    assert found[1] == ("State", "ORG:state fund", "short_form")


def test_a_given_name_with_a_surname_that_stands_alone_is_a_person(lists: NameLists) -> None:
    assert resolve("Then [ORG Ann Quist] rose. Later, Quist left.", lists)[0][1] == "PERSON:ann quist"


def test_a_surname_with_an_article_is_no_evidence_of_a_person(lists: NameLists) -> None:
    assert resolve("Then [ORG Ann Tribune] wrote. Later the Tribune left.", lists)[0][1] == "ORG:ann tribune"


def test_a_name_that_stands_after_in_as_often_as_not_is_a_place(lists: NameLists) -> None:
    found = resolve(
        "It rained in [PERSON Al Sarn]. People fled [PERSON Al Sarn]. Some stayed in [PERSON Al Sarn].", lists
    )
    assert {entity for _, entity, _ in found} == {"GPE:al sarn"}


def test_a_word_and_an_acronym_are_no_person(lists: NameLists) -> None:
    assert resolve("Then [PERSON Neue TVP] met.", lists)[0][1] == "ORG:neue tvp"


def test_a_tower_is_no_person(lists: NameLists) -> None:
    assert resolve("Then [PERSON Moss Tower] fell.", lists)[0][1] == "FAC:moss tower"


def test_a_family_name_that_comes_first_is_short_for_its_bearer(lists: NameLists) -> None:
    found = resolve("[PERSON Park Tae-jin] spoke. [PERSON Park] sat.", lists)
    assert found[1] == ("Park", "PERSON:park tae jin", "surname")


def test_the_name_of_a_father_is_not_the_son(lists: NameLists) -> None:
    found = resolve("[PERSON Omar bin Tarek] spoke. [PERSON Tarek] sat.", lists)
    assert found[1][1] == "PERSON:tarek"
