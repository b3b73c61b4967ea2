"""Text in its stored form."""

import time
import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.text import (
    MAX_MARK_COUNT,
    clean_characters,
    count_words,
    fold_line,
    normalize_line,
    normalize_text,
    split_paragraphs,
)

WIRE = [
    "The harbour authority said on Thursday that the northern",
    "quay would stay closed until the end of the month, after",
    "divers found cracks in two of the piers.",
    "Ships bound for the grain terminal will be sent to the",
    "outer basin, where pilots expect delays of up to a day.",
]
WIRE_PARAGRAPHS = [" ".join(WIRE[:3]), " ".join(WIRE[3:])]

# Letters, marks, joiners, spaces and line ends that act upon each other.
TRICKY = (
    "aeK .\n\r\t\x85\u2028\u00a0\u00e9\u0301\u0344\u0345\u0338\u0958\u0f73\u200b\u200c\u200d\u212a\u037e\ufb2c\ufeff"
)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        pytest.param("e\u0301te\u0301", "été", id="letters and accents become one"),
        pytest.param("\u212b", "Å", id="a sign that is a letter"),
        pytest.param("“Yes” – it’s 5 ﬁsh…", "“Yes” – it’s 5 ﬁsh…", id="quotes, dashes and ligatures stay"),
        pytest.param("soft\u00adhyphen", "softhyphen", id="soft hyphen"),
        pytest.param("zero\u200bwidth\ufeffspace", "zerowidthspace", id="zero-width space and byte order mark"),
        pytest.param("\u202eevil\u202c \u2066mark\u2069", "evil mark", id="changes of direction"),
        pytest.param("be\x07ll \x1b[1m\x9c", "bell [1m", id="control characters"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="a joiner within a Persian word stays"),
        pytest.param("क्\u200dष", "क्\u200dष", id="a joiner within a Hindi word stays"),
        pytest.param(
            "👩\u200d🚒 👨\u200d👩\u200d👧", "👩\u200d🚒 👨\u200d👩\u200d👧", id="a joiner within an emoji stays"
        ),
        pytest.param("Mun\u200cir \u200dsaid\u200c", "Munir said", id="a joiner within or beside English goes"),
        pytest.param("می\u200c خواهم\u200c", "می خواهم", id="a joiner beside a space or at the end goes"),
        pytest.param("🏳\ufe0f🇫🇷👍🏽", "🏳\ufe0f🇫🇷👍🏽", id="flags and skin colours stay"),
    ],
)
def test_a_character_is_kept_only_where_it_says_something(raw: str, stored: str) -> None:
    assert normalize_text(raw) == stored


def test_half_a_surrogate_pair_does_not_stop_anything() -> None:
    assert normalize_text("a\ud83d b") == "a\ud83d b"


@pytest.mark.parametrize(
    "space", list("\t\u00a0\u1680\u2003\u2009\u202f\u205f\u3000"), ids=lambda char: unicodedata.name(char, "TAB")
)
def test_any_space_becomes_a_blank(space: str) -> None:
    assert normalize_text(f"{space}rain{space}{space}fell{space}") == "rain fell"


@pytest.mark.parametrize(
    "end",
    [
        pytest.param("\n", id="LF"),
        pytest.param("\r\n", id="CRLF"),
        pytest.param("\r", id="CR"),
        pytest.param("\v", id="VT"),
        pytest.param("\f", id="FF"),
        pytest.param("\x85", id="NEL"),
        pytest.param("\u2028", id="LINE SEPARATOR"),
        pytest.param("\u2029", id="PARAGRAPH SEPARATOR"),
    ],
)
def test_any_line_end_ends_a_line(end: str) -> None:
    assert split_paragraphs(f"Rain fell.{end}It stopped.{end}") == ["Rain fell.", "It stopped."]


@pytest.mark.parametrize("raw", ["", " ", "\n\n", "\u00a0\u3000\r\n\t", "\u200b\ufeff\u200d"])
def test_white_space_and_invisible_signs_alone_are_no_text(raw: str) -> None:
    assert (normalize_text(raw), split_paragraphs(raw)) == ("", [])


@pytest.mark.parametrize(
    ("raw", "paragraphs"),
    [
        pytest.param("\n".join(WIRE), WIRE_PARAGRAPHS, id="a paragraph ends where a sentence ends a line early"),
        pytest.param("\r\n".join(WIRE), WIRE_PARAGRAPHS, id="CRLF"),
        pytest.param("\n".join([*WIRE[:3], "", *WIRE[3:]]), WIRE_PARAGRAPHS, id="a blank line"),
        pytest.param("\n".join([*WIRE[:1], "", "", *WIRE[1:]]), WIRE_PARAGRAPHS, id="blank lines within a sentence"),
        pytest.param(
            "\n".join(["    " + WIRE[0], *WIRE[1:3], "    " + WIRE[3], WIRE[4]]),
            WIRE_PARAGRAPHS,
            id="indented paragraphs",
        ),
        pytest.param("\n".join("  " + line for line in WIRE), WIRE_PARAGRAPHS, id="all of it indented"),
        pytest.param("\n".join(WIRE).upper(), [line.upper() for line in WIRE_PARAGRAPHS], id="all in capitals"),
    ],
)
def test_hard_wrapped_copy_becomes_paragraphs(raw: str, paragraphs: list[str]) -> None:
    assert split_paragraphs(raw) == paragraphs


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["Rain fell all day over the northern counties.", "The river rose by two metres.", "Nobody was hurt."],
            id="a sentence a line",
        ),
        pytest.param([" ".join(WIRE), "A spokesman would not say more."], id="a long paragraph a line"),
        pytest.param(["In brief:", "- the quay is closed", "- pilots expect delays", "- no one was hurt"], id="a list"),
        pytest.param(["Northport 2 Southport 1", "Eastham 0 Westham 0", "Hillside 3 Valley 3"], id="results"),
        pytest.param(
            [
                "The tide goes out, the tide comes in,",
                "The gulls are loud above the quay,",
                "And where the nets were wet and thin",
                "The morning mends what night let be.",
            ],
            id="verse",
        ),
        pytest.param(["Storm closes the harbour", "By Ann Lee", "8 February 2024"], id="headline, byline and date"),
    ],
)
def test_lines_that_are_not_wrapped_stay_apart(lines: list[str]) -> None:
    assert split_paragraphs("\n".join(lines)) == lines
    assert split_paragraphs("\n \n\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("raw", "mark_count"),
    [
        pytest.param("z" + "\u0334" * 500, MAX_MARK_COUNT, id="one mark over and over"),
        pytest.param("z" + "\u0334" * MAX_MARK_COUNT, MAX_MARK_COUNT, id="as many as may be"),
        # NFC makes two marks of U+0344; none of them melts into the z
        pytest.param("z" + "\u0344" * 20, MAX_MARK_COUNT, id="marks that NFC doubles"),
    ],
)
def test_heaps_of_marks_are_bounded(raw: str, mark_count: int) -> None:
    assert sum(unicodedata.combining(char) > 0 for char in normalize_text(raw)) == mark_count


@given(st.text() | st.text(TRICKY))
def test_stored_text_is_stored_as_it_is(text: str) -> None:
    stored = normalize_text(text)
    assert normalize_text(stored) == stored


@given(st.text(TRICKY, max_size=12), st.sampled_from(["\u0344", "\u0f73", "\u0301\u0334"]), st.integers(1, 40))
def test_text_with_heaps_of_marks_is_stored_as_it_is(text: str, mark: str, count: int) -> None:
    stored = normalize_text(text + mark * count + text)
    assert normalize_text(stored) == stored


@given(st.text() | st.text(TRICKY))
def test_stored_text_is_nfc_with_plain_white_space(text: str) -> None:
    stored = normalize_text(text)
    assert unicodedata.is_normalized("NFC", stored)
    assert {char for char in stored if char.isspace()} <= {" ", "\n"}
    assert "\n" not in stored.replace("\n\n", "")
    assert "  " not in stored
    assert stored == stored.strip()


@given(st.text() | st.text(TRICKY))
def test_stored_paragraphs_are_had_back_by_splitting(text: str) -> None:
    paragraphs = split_paragraphs(text)
    assert split_paragraphs("\n\n".join(paragraphs)) == paragraphs


@given(st.text() | st.text(TRICKY))
def test_a_line_has_the_words_of_the_text(text: str) -> None:
    assert normalize_line(text).split() == clean_characters(text).split()


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("\u0301\u0327", id="marks out of order"),
        pytest.param("\u200c", id="joiners"),
        pytest.param("…" * MAX_MARK_COUNT + "a", id="signs that might be marks"),
        pytest.param(" \n", id="blank lines"),
        pytest.param("\r", id="line ends"),
        pytest.param("no end of words ", id="one line"),
        pytest.param(WIRE[0] + "\n", id="wrapped lines"),
    ],
)
def test_time_grows_with_the_length_of_a_text_and_not_with_its_square(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    start = time.process_time()
    normalize_text(text)
    assert time.process_time() - start < 5  # 0.3 s at most in fact; the square takes minutes


def test_folded_lines_differ_in_case_and_white_space_only() -> None:
    assert fold_line("  Back TO\u00a0top\tSTRASSE ") == fold_line("back to top straße") == "back to top strasse"


@pytest.mark.parametrize(
    ("text", "word_count"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("Rain fell.\n\nIt’s over", 4, id="paragraphs"),
        pytest.param("state-of-the-art – 3.5", 3, id="hyphens, a dash and a number"),
        pytest.param(None, None, id="null"),
    ],
)
def test_words_are_what_white_space_divides(text: str | None, word_count: int | None) -> None:
    frame = pl.DataFrame({"body": [text]}, schema={"body": pl.String}).select(count_words(pl.col("body")))
    assert frame.schema == {"body": pl.Int32}
    assert frame.item() == word_count
