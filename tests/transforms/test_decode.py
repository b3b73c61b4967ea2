"""Bytes become text."""

import codecs
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.decode import decode_payload, find_wide_encoding, looks_binary
from transforms.rejects import RejectedDocumentError

STORM = "Storm over Genève\nThe café on the quay lost its roof."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_told_by_its_nul_bytes(encoding: str) -> None:
    decoded = decode_payload(STORM.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.replaced_count) == (STORM, encoding, 0)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        pytest.param(codecs.BOM_UTF8, "utf-8", id="UTF-8"),
        pytest.param(codecs.BOM_UTF16_LE, "utf-16-le", id="UTF-16 little endian"),
        pytest.param(codecs.BOM_UTF16_BE, "utf-16-be", id="UTF-16 big endian"),
        pytest.param(
            codecs.BOM_UTF32_LE, "utf-32-le", id="UTF-32 little endian, whose mark begins with that of UTF-16"
        ),
        pytest.param(codecs.BOM_UTF32_BE, "utf-32-be", id="UTF-32 big endian"),
    ],
)
def test_a_byte_order_mark_is_obeyed_and_left_out(mark: bytes, encoding: str) -> None:
    decoded = decode_payload(mark + STORM.encode(encoding))
    assert (decoded.text, decoded.encoding) == (STORM, encoding)


def test_japanese_in_utf_16_needs_no_nul_bytes_when_it_has_a_mark() -> None:
    text = "首相は木曜日に東京で説明した。"
    assert decode_payload(codecs.BOM_UTF16_BE + text.encode("utf-16-be")).text == text


@pytest.mark.parametrize(
    ("payload", "text", "replaced_count"),
    [
        pytest.param("Rain 😀".encode("utf-16-le")[:-2], "Rain \ufffd", 1, id="half an emoji at the end"),
        pytest.param("Rain fell".encode("utf-16-le")[:-1], "Rain fel\ufffd", 1, id="the last byte lost"),
        pytest.param("Rain fell".encode("utf-16-be") + b"\n", "Rain fell\ufffd", 1, id="a byte too many"),
        pytest.param(codecs.BOM_UTF16_LE + b"a\0\0\xdcb\0", "a\ufffdb", 1, id="half a pair amid the text"),
    ],
)
def test_broken_utf_16_is_read_and_its_breaks_counted(payload: bytes, text: str, replaced_count: int) -> None:
    decoded = decode_payload(payload)
    assert (decoded.text, decoded.replaced_count) == (text, replaced_count)


@pytest.mark.parametrize(
    ("payload", "text", "replaced_count"),
    [
        pytest.param(b"it\x92s \xc3\xa9t\xc3\xa9", "it’s été", 1, id="a quote of windows-1252 amid UTF-8"),
        pytest.param("été, Genè".encode()[:-1], "été, Gen\ufffd", 1, id="cut within a character"),
        pytest.param(b"\xc3\xa9t\xc3\xa9 \xe2\x82 50", "été \ufffd 50", 2, id="a character that lost a byte"),
        pytest.param("été ✓".encode() + b"\xf5\xf6\xf7 end", "été ✓\ufffd end", 3, id="bytes that UTF-8 never has"),
    ],
)  # fmt: skip
def test_bad_bytes_in_utf_8_are_guessed_at_or_replaced(payload: bytes, text: str, replaced_count: int) -> None:
    decoded = decode_payload(payload)
    assert (decoded.text, decoded.encoding, decoded.replaced_count) == (text, "utf-8", replaced_count)


@pytest.mark.parametrize(
    ("payload", "text", "replaced_count"),
    [
        pytest.param(b"\xed\xa0\xbd\xed\xb8\x80 all", "😀 all", 0, id="two halves"),
        pytest.param("naïve ".encode() + b"\xed\xa0\xbd all", "naïve \ufffd all", 1, id="one half alone"),
        pytest.param(b"\xed\xa0\xbd\xed\xb8\x80\xef\xbf\xbd", "😀\ufffd", 0, id="U+FFFD that was there before"),
    ],
)
def test_emoji_written_as_halves_become_whole(payload: bytes, text: str, replaced_count: int) -> None:
    decoded = decode_payload(payload)
    assert (decoded.text, decoded.encoding, decoded.replaced_count) == (text, "utf-8", replaced_count)


def test_iso_2022_jp_is_not_taken_for_ascii() -> None:
    text = "首相は東京で説明した。"
    assert decode_payload(text.encode("iso2022_jp")).text == text


def test_terminal_colours_are_not_taken_for_iso_2022_jp() -> None:
    assert decode_payload(b"\x1b[31mRain\x1b[0m fell all day").encoding == "utf-8"


@pytest.mark.parametrize(
    ("payload", "declared", "text"),
    [
        pytest.param("Łódź".encode("iso8859_2"), "iso8859_2", "Łódź", id="a declaration where a guess would fail"),
        pytest.param("Łódź".encode(), "iso8859_2", "Łódź", id="UTF-8 under a false declaration"),
        pytest.param("café".encode("utf-16-le"), "cp1252", "café", id="UTF-16 under a false declaration"),
        pytest.param("Zoë’s café".encode("cp1252"), "euc_jp", "Zoë’s café", id="a declaration the bytes speak against"),
    ],
)
def test_a_declared_encoding_counts_where_the_bytes_allow_it(payload: bytes, declared: str, text: str) -> None:
    assert decode_payload(payload, declared=declared).text == text


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b"R\0ain fell all day over the hills and the sea", id="one, where UTF-16 would have it"),
        pytest.param(b"Rain \0fell all day over the hills and the sea\0", id="two"),
    ],
)
def test_single_nul_bytes_are_left_out(payload: bytes) -> None:
    assert decode_payload(payload).text == "Rain fell all day over the hills and the sea"


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b"\0" * 100, id="nothing but NUL"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0", id="start of a PNG"),
        pytest.param(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0", id="start of a program"),
        pytest.param(b"The quick\x08\x08\x08 fox\x07\x07\x07", id="text full of control characters"),
        pytest.param(random.Random(7).randbytes(4096), id="random bytes"),
        pytest.param(b"Rain \xff\xff\xff\xff\xff", id="bytes that no encoding has"),
    ],
)
def test_what_is_not_text_is_refused(payload: bytes) -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        decode_payload(payload)
    assert caught.value.reason == "not_text"


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "a"], ids=["empty", "blanks", "line ends", "one letter"])
def test_text_of_next_to_nothing_is_text(text: str) -> None:
    assert decode_payload(text.encode()).text == text


@given(st.binary(max_size=200), st.sampled_from([None, "cp1252", "cp932", "gb18030", "iso2022_jp", "koi8_u"]))
@example(b"\xff\xfe\0\xd8", None)
@example(b"\x1b$B\xff", None)
@example(b"\xed\xb0\x80", "iso2022_jp")
def test_any_bytes_become_storable_text_or_are_refused(payload: bytes, declared: str | None) -> None:
    try:
        text = decode_payload(payload, declared=declared).text
    except RejectedDocumentError as error:
        assert error.reason == "not_text"  # noqa: PT017  either outcome is right
        return
    assert "\0" not in text
    text.encode()  # a lone surrogate would fail


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff")))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode_payload(text.encode()).text == text


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        pytest.param(STORM.encode("utf-16-le"), "utf-16-le", id="no mark"),
        pytest.param(codecs.BOM_UTF16_BE + STORM.encode("utf-16-be"), "utf-16-be", id="mark"),
        pytest.param(("😀 " + STORM).encode("utf-16-le")[:-1], "utf-16-le", id="cut within a character"),
        pytest.param("Rain 😀".encode("utf-16-le")[:-2], "utf-16-le", id="cut within a pair"),
        pytest.param(STORM.encode(), None, id="UTF-8"),
        pytest.param(b"\xff\xfethis is windows-1252 after all", None, id="a mark by accident"),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_a_wide_encoding_is_told_from_the_start_of_a_text(sample: bytes, expected: str | None) -> None:
    assert find_wide_encoding(sample) == expected


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        pytest.param(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", True, id="gzip"),
        pytest.param(STORM.encode("utf-16-le"), False, id="UTF-16"),
        pytest.param(STORM.encode("cp1252"), False, id="windows-1252"),
        pytest.param(b"one \x07 bell", False, id="one control character"),
        pytest.param(b"", False, id="nothing"),
    ],
)
def test_binary_is_told_by_its_control_characters(sample: bytes, *, expected: bool) -> None:
    assert looks_binary(sample) is expected
