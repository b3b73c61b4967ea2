"""Bylines: who is named, what it is, and what is nobody's name."""

import pytest

from tests.known_agencies import AGENCIES
from transforms.bylines import MAX_BYLINE_CHAR_COUNT, read_byline, type_byline

PEOPLE = [
    ("By Ana Lind, Bo Kim and Carl Low in Paris", ["Ana Lind", "Bo Kim", "Carl Low"]),
    ("Ana Lind | Senior Correspondent", ["Ana Lind"]),
    ("Ana Lind, Political Editor", ["Ana Lind"]),
    ("By Ana Lind, Health Correspondent, and Bo Kim", ["Ana Lind", "Bo Kim"]),
    ("Ana Lind, Special to The Gull", ["Ana Lind"]),
    ("Ana Lind for The Gull", ["Ana Lind"]),
    ("Ana Lind and agencies", ["Ana Lind"]),
    ("Ana Lind / The Gull", ["Ana Lind"]),
    ("Ana Lind, New York", ["Ana Lind"]),
    ("Ana Lind, Ph.D.", ["Ana Lind"]),
    ("Dr. Ana Lind", ["Ana Lind"]),
    ("Ana Lind @analind", ["Ana Lind"]),
    ("Ana Lind https://gull.example/ana", ["Ana Lind"]),
    ("Ana Lind, photos by Bo Kim", ["Ana Lind"]),
    ("Opinion by Ana Lind", ["Ana Lind"]),
    ("Ana Lind; ana lind; ANA LIND", ["Ana Lind"]),
    ("Von Ana Lind und Bo Kim, Berlin", ["Ana Lind", "Bo Kim"]),
    ("Par Ana Lind et Bo Kim", ["Ana Lind", "Bo Kim"]),
    ("Ana de la Cruz y Bo Kim", ["Ana de la Cruz", "Bo Kim"]),
    ("Ayşe Lind ve Bo Kim - Ankara", ["Ayşe Lind", "Bo Kim"]),
    ("山田太郎記者", ["山田太郎"]),
    ("山田太郎、鈴木花子", ["山田太郎", "鈴木花子"]),
]


@pytest.mark.parametrize(("byline", "names"), PEOPLE, ids=[byline for byline, _ in PEOPLE])
def test_people_are_named_without_what_stands_around_them(byline: str, names: list[str]) -> None:
    assert read_byline(byline, None, AGENCIES) == tuple((name, "person") for name in names)


@pytest.mark.parametrize(
    ("byline", "credit"),
    [
        ("Staff Reporter", ("Staff Reporter", "desk")),
        ("Our Foreign Staff", ("Our Foreign Staff", "desk")),
        ("Editorial Board", ("Editorial Board", "desk")),
        ("NEWSDESK TEAM", ("Newsdesk Team", "desk")),
        ("La Redacción", ("La Redacción", "desk")),
        ("編集部", ("編集部", "desk")),
        ("Reuters", ("Reuters", "agency")),
        ("AP", ("AP", "agency")),
        ("PA Media", ("PA Media", "agency")),
        ("Agence France-Presse", ("Agence France-Presse", "agency")),
        ("AFP Deutschland", ("AFP Deutschland", "agency")),
        ("Agencies", ("Agencies", "agency")),
        ("共同通信", ("共同通信", "agency")),
        ("The Gull", ("The Gull", "outlet")),
        ("Gull News", ("Gull News", "outlet")),
    ],
)
def test_desks_agencies_and_outlets_are_no_people(byline: str, credit: tuple[str, str]) -> None:
    assert read_byline(byline, None, AGENCIES) == (credit,)


@pytest.mark.parametrize(
    "byline",
    [
        *("ana.lind@gull.example", "@analind", "https://gull.example/ana", "Published 3 March 2024 10:04", "12:30"),
        *("Photos by Ana Lind", "Nairobi", "New York", "", " | ", "gull.example", "What happened next?", "ana lind"),
        "x" * (MAX_BYLINE_CHAR_COUNT + 1),
    ],
)
def test_what_names_nobody_gives_nobody(byline: str) -> None:
    assert read_byline(byline, None, AGENCIES) == ()


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("ANA MCKAY", "Ana McKay"),
        ("PETER O'BRIEN", "Peter O'Brien"),
        ("ANA-MARIA POE-LOW", "Ana-Maria Poe-Low"),
        ("URSULA VON DER LEYEN", "Ursula von der Leyen"),
        ("AJ SMITH", "AJ Smith"),
        ("J.K. POE", "J.K. Poe"),
        ("Bill MCCARTHY", "Bill McCarthy"),
        ("IŞIL ÇELİK", "Işıl Çelik"),
        ("Ana Lind", "Ana Lind"),
    ],
)
def test_upper_case_is_put_right(byline: str, expected: str) -> None:
    assert [credit.name for credit in read_byline(byline, None, AGENCIES)] == [expected]


@pytest.mark.parametrize(
    ("byline", "types", "expected"),
    [
        ("Lind Partners", "Organization", [("Lind Partners", "outlet")]),
        ("Lind Partners", "Person", [("Lind Partners", "person")]),
        ("Reuters", "Person", [("Reuters", "agency")]),
        ("Reuters; Ana Lind", "Organization; Person", [("Reuters", "agency"), ("Ana Lind", "person")]),
        ("Foreign Desk", "Organization", [("Foreign Desk", "desk")]),
        ("ana lind", "Person", [("Ana Lind", "person")]),
        ("Ana Lind; Bo Kim", "Organization", [("Ana Lind", "person"), ("Bo Kim", "person")]),
    ],
)
def test_what_structured_data_says_is_evidence(byline: str, types: str, expected: list[tuple[str, str]]) -> None:
    assert list(read_byline(byline, types, AGENCIES)) == expected


def test_a_person_and_an_agency_in_one_breath_are_two() -> None:
    assert read_byline("ANA LIND Associated Press", None, AGENCIES) == (
        ("Ana Lind", "person"),
        ("Associated Press", "agency"),
    )


@pytest.mark.parametrize(
    ("byline", "types", "expected"),
    [
        pytest.param("Gull", None, "Organization", id="by its domain"),
        pytest.param("gull.example", "Person", "Organization", id="its domain"),
        pytest.param("The Gull", None, "Organization", id="by its name"),
        pytest.param("Ana Lind", None, None, id="somebody else"),
        pytest.param(None, "Person", None, id="no byline"),
    ],
)
def test_the_outlet_itself_is_an_organisation(byline: str | None, types: str | None, expected: str | None) -> None:
    assert type_byline(byline, types, ["The Gull", "gull.example"]) == expected
