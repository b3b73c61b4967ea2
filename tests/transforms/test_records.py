"""Lines of JSON Lines become the fields of a document."""

import json
from dataclasses import asdict

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.records import parse_record
from transforms.rejects import RejectedDocumentError

FULL = {
    "id": "a-1",
    "url": "https://quay.example/storm",
    "source": "The Quay",
    "published": "2024-02-08",
    "modified": "2024-02-09",
    "title": "Storm hits coast",
    "text": "Rain fell.",
    "author": "Ann Lee",
    "language": "en",
}


def test_every_known_key_is_kept_and_others_are_not_in_the_way() -> None:
    fields = parse_record(orjson.dumps({**FULL, "section": {"name": "news"}}))
    assert {name: getattr(fields, "external_id" if name == "id" else name) for name in FULL} == FULL


@pytest.mark.parametrize("key", [key for key in FULL if key != "text"])
def test_null_is_the_same_as_absent(key: str) -> None:
    without = {name: value for name, value in FULL.items() if name != key}
    assert parse_record(orjson.dumps({**FULL, key: None})) == parse_record(orjson.dumps(without))


@pytest.mark.parametrize(
    ("record", "text", "html"),
    [
        pytest.param({"text": "Rain.", "html": "<p>Rain."}, "Rain.", None, id="text wins"),
        pytest.param({"text": " \n", "html": "<p>Rain."}, None, "<p>Rain.", id="unless it is blank"),
        pytest.param({"text": "", "html": " "}, "", None, id="both blank"),
        pytest.param({"html": "<p>Rain."}, None, "<p>Rain.", id="html alone"),
        pytest.param({"text": ""}, "", None, id="empty text is text, and refused later as empty"),
    ],
)
def test_exactly_one_of_text_and_html_is_kept(record: dict[str, str], text: str | None, html: str | None) -> None:
    fields = parse_record(orjson.dumps(record))
    assert (fields.text, fields.html) == (text, html)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(b"7", "7", id="integer"),
        pytest.param(b"-7", "-7", id="negative integer"),
        pytest.param(b"18446744073709551615", "18446744073709551615", id="largest of 64 bits"),
        pytest.param(b'"007"', "007", id="text"),
        pytest.param(b"null", None, id="null"),
    ],
)
def test_an_id_is_text_or_an_integer(written: bytes, expected: str | None) -> None:
    assert parse_record(b'{"text": "Rain.", "id": %b}' % written).external_id == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        pytest.param("Ann Lee", "Ann Lee", id="text"),
        pytest.param(["Ann Lee", "Bo Low"], "Ann Lee; Bo Low", id="several"),
        pytest.param(["", "Ann Lee", " "], "Ann Lee", id="blank names are left out"),
        pytest.param([""], None, id="nothing but a blank name"),
        pytest.param([], None, id="none"),
    ],
)
def test_a_byline_is_one_text(author: str | list[str], expected: str | None) -> None:
    assert parse_record(orjson.dumps({"text": "Rain.", "author": author})).author == expected


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        pytest.param(b'{"text": "first", "text": "second"}', "second", id="of a key given twice the last counts"),
        pytest.param(b'\xef\xbb\xbf{"text": "Rain."}', "Rain.", id="byte order mark"),
        pytest.param(b'{"text": "caf\xe9"}', "café", id="windows-1252"),
        pytest.param('{"text": "café 😀"}'.encode("utf-16"), "café 😀", id="UTF-16"),
        pytest.param(b'{"text": "Ra\\u0000in."}', "Rain.", id="NUL written out"),
        pytest.param(b'{"text": "Ra\0in fell all day."}', "Rain fell all day.", id="NUL as a byte"),
        pytest.param(b'{"text": "\\ud83d\\ude00"}', "😀", id="a whole pair"),
        pytest.param(b'{"text": "Rain \\ud83d"}', "Rain \ufffd", id="the first half of a pair"),
        pytest.param(b'{"text": "\\uDE00 rain"}', "\ufffd rain", id="the second half"),
        pytest.param(b'{"text": "\\ude00\\ud83d"}', "\ufffd\ufffd", id="halves in the wrong order"),
        pytest.param(b'{"text": "Rain.", "\\ud83d": 1}', "Rain.", id="half a pair in a key"),
        pytest.param(b'{"text": "Rain.", "n": 123456789012345678901234567890}', "Rain.", id="a huge number elsewhere"),
        pytest.param(b'  {"text": "Rain."}\r\n', "Rain.", id="white space around"),
    ],
)
def test_what_can_be_read_is_read(payload: bytes, text: str) -> None:
    assert parse_record(payload).text == text


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b'{"text": "Rain."', id="cut short"),
        pytest.param(b'{"text": "Rain."} and more', id="something after it"),
        pytest.param(b"{'text': 'Rain.'}", id="single quotes"),
        pytest.param(b'{"text": "Rain\nfell"}', id="a line end within a text"),
        pytest.param(b'{"text": "Rain.", "score": NaN}', id="NaN"),
        pytest.param(b'{"text": "Rain \\ud83d", "score": NaN}', id="NaN beside half a pair"),
        pytest.param(b'{"text": "Rain.", "score": -Infinity}', id="infinity"),
        pytest.param(b'{"text": "Rain.", "score": 1e999}', id="a number past all bounds"),
        pytest.param(b'{"text": "\\ud83d", "n": ' + b"9" * 5000 + b"}", id="5,000 digits beside half a pair"),
        pytest.param(b"[" * 100_000, id="100,000 brackets"),
        pytest.param(b'{"a":' * 100_000 + b'"\\ud83d"', id="100,000 braces and half a pair"),
        pytest.param(b'[{"text": "Rain."}]', id="a list"),
        pytest.param(b'"Rain."', id="a text"),
        pytest.param(b"17", id="a number"),
        pytest.param(b"true", id="true"),
        pytest.param(b"null", id="null"),
        pytest.param(b"Rain fell.", id="prose"),
        pytest.param(b"", id="nothing"),
        pytest.param(b" ", id="a blank"),
    ],
)
def test_what_is_no_json_object_is_refused(payload: bytes) -> None:
    with pytest.raises(RejectedDocumentError, match=r"^bad_json: \S"):
        parse_record(payload)


def test_deep_nesting_that_json_allows_is_not_in_the_way() -> None:
    assert parse_record(b'{"text": "Rain.", "x": %b%b}' % (b"[" * 900, b"]" * 900)).text == "Rain."


@pytest.mark.parametrize(
    ("field", "detail"),
    [
        pytest.param(b'"text": 7', "text is a number; text is needed", id="text is a number"),
        pytest.param(b'"title": ["Storm"]', "title is a list; text is needed", id="title is a list"),
        pytest.param(b'"url": {}', "url is an object; text is needed", id="url is an object"),
        pytest.param(b'"published": true', "published is true or false; text is needed", id="a date is true"),
        pytest.param(b'"modified": [2024]', "modified is a list; text is needed", id="a date is a list"),
        pytest.param(b'"language": false', "language is true or false; text is needed", id="language is false"),
        pytest.param(b'"html": 1.5', "html is a number; text is needed", id="html is a number"),
        pytest.param(b'"id": true', "id is true or false; text is needed", id="id is true"),
        pytest.param(b'"id": 1.5', "id is a number, but not a whole one of at most 64 bits", id="id is a fraction"),
        pytest.param(
            b'"id": 18446744073709551616',
            "id is a number, but not a whole one of at most 64 bits",
            id="id is too large",
        ),
        pytest.param(
            b'"id": 18446744073709551616, "source": "\\ud83d"',
            "id is a number, but not a whole one of at most 64 bits",
            id="id is too large, beside half a pair",
        ),
        pytest.param(b'"author": 7', "author is a number; text is needed", id="author is a number"),
        pytest.param(
            b'"author": ["Ann", {"id": 3}]',
            "author is a list with something else than text in it",
            id="author is a list with an object",
        ),
    ],
)
def test_a_field_of_the_wrong_type_is_named(field: bytes, detail: str) -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        parse_record(b'{"text": "Rain.", %b}' % field)
    assert (caught.value.reason, caught.value.detail) == ("bad_field", detail)


@pytest.mark.parametrize(
    ("payload", "detail"),
    [
        pytest.param(b"{}", "keys: none", id="empty object"),
        pytest.param(b'{"id": "a", "story": "Rain."}', "keys: id, story", id="a name that is not known"),
        pytest.param(b'{"text": null, "html": null}', "keys: text, html", id="null"),
        pytest.param(b'{"%b": 1}' % (b"k" * 50), "keys: " + "k" * 40, id="a long key is cut"),
        pytest.param(b'{"\\ud83d": 1}', "keys: \ufffd", id="half a pair in a key"),
    ],
)
def test_a_record_without_text_says_what_it_has(payload: bytes, detail: str) -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        parse_record(payload)
    assert (caught.value.reason, caught.value.detail) == ("missing_text", detail)


def test_a_line_that_is_not_text_says_so() -> None:
    with pytest.raises(RejectedDocumentError, match=r"^not_text: "):
        parse_record(b'{"text": "\x01\x02\x03\x04\x05\x06\x07\x08"}')


TEXT = st.text(st.characters(exclude_categories=[]))  # with halves of surrogate pairs
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*FULL, "html"]), JSON))
def test_any_object_becomes_fields_or_is_refused(record: dict[str, object]) -> None:
    try:
        fields = parse_record(json.dumps(record).encode())
    except RejectedDocumentError as error:
        assert error.reason in {"bad_field", "bad_json", "missing_text"}  # noqa: PT017  either outcome is right
        return
    assert (fields.text is None) != (fields.html is None)
    "".join(value for value in asdict(fields).values() if isinstance(value, str)).encode()  # half a pair would fail


@given(st.binary(max_size=80))
def test_any_bytes_are_refused_when_they_are_no_record(payload: bytes) -> None:
    with pytest.raises(RejectedDocumentError):
        parse_record(payload)
