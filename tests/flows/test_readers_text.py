"""Files that are one document: text, pages, JSON over several lines."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.readers.found import FoundFile, RawDocument, to_text
from flows.readers.html import read_html
from flows.readers.jsonl import read_json
from flows.readers.text import join_chunks, read_text
from transforms.rejects import RejectedDocumentError

Reader = Callable[..., Iterator[RawDocument]]

READERS = [
    pytest.param(read_text, "text/plain", id="text"),
    pytest.param(read_html, "text/html", id="HTML"),
    pytest.param(read_json, "application/json", id="JSON"),
]


def make_found(name: str = "harbour-lamp.example/ferry.txt") -> FoundFile:
    path = Path("/news") / name
    return FoundFile(path=path, external_id=name, size=8, modified_us=1_700_000_000_000_000)


@pytest.mark.parametrize(("reader", "media_type"), READERS)
def test_a_file_is_one_document_with_its_provenance(reader: Reader, media_type: str) -> None:
    documents = list(reader(iter([b"The fer", b"ry\r\n"]), make_found(), source=None, limit=100))
    assert documents == [
        RawDocument(
            uri="file:///news/harbour-lamp.example/ferry.txt",
            external_id="harbour-lamp.example/ferry.txt",
            media_type=media_type,
            source_hint="harbour-lamp.example",
            fetched_at=1_700_000_000_000_000,
            # printf 'The ferry\r\n' | sha256sum
            raw_hash="02868dc0e1020705a8ccd10757a66f03c7d5b8f0278224a18b63a66b5a3deaa1",
            payload=b"The ferry\r\n",
        )
    ]


@pytest.mark.parametrize(("reader", "media_type"), READERS)
def test_a_source_that_is_given_wins_over_the_folder(reader: Reader, media_type: str) -> None:
    (document,) = reader(iter([b"x"]), make_found(), source="quillbridge.example", limit=100)
    assert (document.source_hint, document.media_type) == ("quillbridge.example", media_type)


@pytest.mark.parametrize("payload", [pytest.param(b"a\0b", id="NUL"), pytest.param(b"\xff\xfea\0", id="UTF-16")])
def test_bytes_are_kept_as_they_came(payload: bytes) -> None:
    (document,) = read_text(iter([payload]), make_found(), source=None, limit=100)
    assert document.payload == payload


def test_a_file_of_the_limit_is_read() -> None:
    assert join_chunks(iter([b"abc", b"de"]), limit=5) == b"abcde"


def test_a_file_above_the_limit_is_refused_before_the_rest_is_read() -> None:
    chunks = iter([b"abc", b"def", b"never taken"])
    with pytest.raises(RejectedDocumentError, match="too_large: more than 5 bytes"):
        join_chunks(chunks, limit=5)
    assert next(chunks) == b"never taken"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        pytest.param("fennimark.jsonl", "fennimark", id="one ending"),
        pytest.param("fennimark.JSONL.gz", "fennimark", id="packed, in capitals"),
        pytest.param("fennimark.example.ndjson", "fennimark.example", id="a domain"),
        pytest.param("fennimark", "fennimark", id="no ending"),
        pytest.param(".jsonl", ".jsonl", id="nothing but an ending"),
    ],
)
def test_the_outlet_of_a_file_of_lines_is_its_name_without_endings(name: str, stem: str) -> None:
    assert make_found(name).stem == stem


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("ferry.txt", "ferry.txt", id="ASCII"),
        pytest.param("færge.txt", "færge.txt", id="UTF-8"),
        pytest.param("f\udce6rge.txt", "f\\xe6rge.txt", id="bytes that are not"),
    ],
)
def test_a_name_becomes_text_that_can_be_stored(name: str, text: str) -> None:
    assert to_text(name) == text
