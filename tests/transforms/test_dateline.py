"""Datelines: told from sentences that look like them, and taken apart."""

import pytest

from tests.known_agencies import AGENCIES
from transforms.dateline import read_dateline, split_dateline


@pytest.mark.parametrize(
    ("head", "place", "agency", "date_text"),
    [
        pytest.param("LONDON, Feb 8 (Reuters) -", "LONDON", "Reuters", "Feb 8", id="place, day, agency"),
        pytest.param("WASHINGTON (AP) —", "WASHINGTON", "AP", None, id="place and agency"),
        pytest.param("NEW YORK, Feb 26 -", "NEW YORK", None, "Feb 26", id="place and day"),
        pytest.param("PARIS/BERLIN, Jan. 3 /PRNewswire/ --", "PARIS/BERLIN", "PRNewswire", "Jan. 3", id="slashes"),
        pytest.param("TORONTO--(BUSINESS WIRE)--", "TORONTO", "BUSINESS WIRE", None, id="no blanks"),
        pytest.param("GRAZ, Jan. 03, 2018 (GLOBE NEWSWIRE) --", "GRAZ", "GLOBE NEWSWIRE", "Jan. 03, 2018", id="year"),
        pytest.param("MINSK, February 9. /TASS/.", "MINSK", "TASS", "February 9", id="stops for dashes"),
        pytest.param("BONN /Germany/, March 2. /TASS/.", "BONN /Germany/", "TASS", "March 2", id="a country"),
        pytest.param("ST. LOUIS, Mo., May 2 -", "ST. LOUIS, Mo.", None, "May 2", id="a state"),
        pytest.param("RIO DE JANEIRO, Brazil (AP) _", "RIO DE JANEIRO, Brazil", "AP", None, id="an underscore"),
        pytest.param("OSLO, 3 May (AFP) -", "OSLO", "AFP", "3 May", id="the day first"),
        pytest.param("LYON, march 3 -", "LYON", None, "march 3", id="a small month"),
        pytest.param("St. John's, Nfld., Sept. 4 (CP) –", "St. John's, Nfld.", "CP", "Sept. 4", id="small letters"),
        pytest.param("ZÜRICH, 1. ".replace("1. ", "May 1 –"), "ZÜRICH", None, "May 1", id="an umlaut"),
        pytest.param("Washington (CNN)", "Washington", "CNN", None, id="nothing between agency and text"),
    ],
)
def test_a_dateline_is_split_off(head: str, place: str, agency: str | None, date_text: str | None) -> None:
    gap = "" if head.endswith(("CNN)", "--")) else " "
    dateline, rest = split_dateline(f"{head}{gap}The ferry sails again.", AGENCIES)
    assert dateline is not None
    assert (dateline.text, dateline.place, dateline.agency, dateline.date_text) == (head, place, agency, date_text)
    assert rest == "The ferry sails again."


@pytest.mark.parametrize(
    "sentence",
    [
        "LONDON - the city that never sleeps",
        "LONDON - The city is asleep.",
        "London is a city.",
        "On Friday, March 3 - the anniversary - he came.",
        "In London, March 3 - the day of the vote - was wet.",
        "Friday, March 3 - The board meets.",
        "Ferries, March 3 - a review",
        "Gull Corp (GULL) — the ferry operator — sank.",
        "NASA (National Aeronautics and Space Administration) - The agency.",
        "Rain fell in May 3 - two more days.",
        "UPDATE 1 - Ferries sail.",
        "LONDON, Feb 8 (Reuters) -",
        "10 a.m. - The ferry sails.",
        "A - B",
        "- - -",
        "",
        "X" * 500 + ", Feb 8 - The",
        "A, " * 300,
    ],
)
def test_what_may_be_a_sentence_stays(sentence: str) -> None:
    assert split_dateline(sentence, AGENCIES) == (None, sentence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("OSLO, Feb 26 -", ("OSLO", None, "Feb 26"), id="as agencies write it"),
        pytest.param("Oslo", ("Oslo", None, None), id="a place"),
        pytest.param("OSLO, April 8, Reuter -", ("OSLO", "Reuter", "April 8"), id="an agency between commas"),
        pytest.param("OSLO, Norway, Apirl 8 -", ("OSLO, Norway", None, None), id="a month that is none"),
        pytest.param("Oslo (AFP)", ("Oslo", "AFP", None), id="place and agency"),
    ],
)
def test_a_dateline_that_is_given_is_read(text: str, expected: tuple[str | None, ...]) -> None:
    dateline = read_dateline(text, AGENCIES)
    assert dateline is not None
    assert (dateline.place, dateline.agency, dateline.date_text) == expected


@pytest.mark.parametrize("text", ["", "--", "April 7 -", "7.80 -", "{}", "overnight 4 1/2 -"])
def test_what_names_no_place_is_no_dateline(text: str) -> None:
    assert read_dateline(text, AGENCIES) is None
