"""Mojibake is repaired, and nothing else is touched."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.mojibake import repair_text
from transforms.text import normalize_text

CASES = Path(__file__).parents[3] / "shared" / "data" / "encoding"
FILES = ("synthetic.json", "negative.json", "language-names.json")
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the collected cases are not part of the project")


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        pytest.param("The cafÃ© is open.", "The café is open.", id="UTF-8 read as Latin-1"),
        pytest.param("It costs Â£5.", "It costs £5.", id="a stray capital"),
        pytest.param("â€œNo,â€\x9d she said.", "“No,” she said.", id="quotes"),
        pytest.param("Theyâ€™re here", "They’re here", id="an apostrophe stays curly"),
        pytest.param("\x93No,\x94 she said.", "“No,” she said.", id="controls that are quotes"),
        pytest.param("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет", id="Cyrillic"),
        pytest.param("cafÃƒÂ©", "café", id="twice"),
        pytest.param("Fine here.\ncafÃ©\n“And” here.", "Fine here.\ncafé\n“And” here.", id="one line of several"),
    ],
)
def test_mojibake_is_repaired(damaged: str, expected: str) -> None:
    assert repair_text(damaged) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell.",
        "“Curly” ‘quotes’ – and — dashes…",
        "Straße, Größe, ÄÖÜ, ÀÉÎ, naïve façade",
        "表ポあA鷗ŒéＢ逍Üßªąñ丂㐀𠀀",
        "ﬁne ﬂoors ＷＩＤＥ",
        "Use &amp; for & and &#39; for '",
        "Привет, мир. Γειά σου Κόσμε. こんにちは。",
        "broken \ufffd\ufffd stays",
        "He said: × 2, 5 µm, 10³ ± 1°, £5, €6, ¥7",
        "👩‍👩‍👧 ☘️",
    ],
)
def test_sound_text_stays(text: str) -> None:
    assert repair_text(text) == text


def test_a_line_end_of_mainframes_is_no_ellipsis() -> None:
    assert repair_text("Rain fell.\x85It stopped.") == "Rain fell.\nIt stopped."


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_is_never_touched(text: str) -> None:
    assert repair_text(text) == text


def read_cases() -> list[Any]:
    cases = [case for name in FILES for case in json.loads((CASES / name).read_text())] if CASES.is_dir() else []
    return [pytest.param(case, id=case["label"][:60]) for case in cases if case["expect"] == "pass"]


@needs_cases
@pytest.mark.parametrize("case", read_cases())
def test_what_ftfy_repairs_is_repaired(case: dict[str, str]) -> None:
    assert repair_text(case["original"]) == case.get("fixed-encoding", case["fixed"])


@needs_cases
def test_no_naughty_string_is_changed_but_for_controls() -> None:
    strings = json.loads((CASES / "blns.json").read_text())
    sound = [text for text in strings if not any("\x80" <= char < "\xa0" and char != "\x85" for char in text)]
    assert len(sound) >= len(strings) - 1
    changed = [text for text in sound if normalize_text(repair_text(text)) != normalize_text(text)]
    assert changed == []
