"""Lists as documents: bare or in an answer, however the file is cut into chunks, whatever is broken in it."""

import itertools
import json
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.readers.found import FoundFile, RawDocument
from flows.readers.json_list import read_json_list
from flows.readers.json_shape import find_list
from transforms.rejects import RejectedDocumentError

MEBIBYTE = 1 << 20
FOUND = FoundFile(path=Path("/news/quillbridge.json"), external_id="news/quillbridge.json", size=8, modified_us=0)


def read(chunks: Iterable[bytes], *, limit: int = 100_000) -> tuple[list[RawDocument], RejectedDocumentError | None]:
    """Return the documents of a file, and the error that ended it."""
    documents = []
    try:
        for item in read_json_list(iter(chunks), FOUND, source=None, limit=limit):
            assert isinstance(item, RawDocument)
            documents.append(item)
    except RejectedDocumentError as error:
        return documents, error
    return documents, None


def read_values(*chunks: bytes) -> list[object]:
    """Return what the documents of a whole file hold."""
    documents, error = read(chunks)
    assert error is None
    return [json.loads(document.payload) for document in documents]


def test_an_element_is_a_document_with_its_place() -> None:
    (first, second), error = read([b'[{"id": 1}, {"id": 2}]'])
    assert error is None
    assert first.payload == b'{"id":1}'
    assert (first.uri, first.external_id) == ("file:///news/quillbridge.json#/0", "news/quillbridge.json#/0")
    assert (first.source_hint, first.media_type) == ("quillbridge", "application/json")
    assert second.external_id == "news/quillbridge.json#/1"


def test_the_list_of_an_answer_is_found_under_its_key() -> None:
    documents, _ = read([b'{"status": "ok", "total": 2, "articles": [{"id": 1}, {"id": 2}], "next": null}'])
    assert [document.external_id for document in documents] == [
        "news/quillbridge.json#/articles/0",
        "news/quillbridge.json#/articles/1",
    ]


def test_answers_that_follow_each_other_are_read_on() -> None:
    assert read_values(b'{"items": [{"id": 1}]}\n{"items": [{"id": 2}]}\n') == [{"id": 1}, {"id": 2}]


def test_a_source_that_is_given_wins_over_the_name() -> None:
    (document,) = read_json_list(iter([b'[{"id": 1}]']), FOUND, source="gull.example", limit=100)
    assert document[3] == "gull.example"


@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers() | st.none()), min_size=1),
    st.lists(st.integers(0, 300), max_size=5),
)
def test_elements_come_whole_wherever_the_file_is_cut(records: list[dict[str, object]], cuts: list[int]) -> None:
    content = json.dumps(records).encode()
    bounds = [0, *sorted(min(cut, len(content)) for cut in cuts), len(content)]
    assert read_values(*(content[start:end] for start, end in itertools.pairwise(bounds))) == records


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_other_unicode_encodings_are_read(encoding: str) -> None:
    assert read_values('[{"title": "Café über"}]'.encode(encoding)) == [{"title": "Café über"}]


def test_broken_bytes_cost_a_character_and_no_document() -> None:
    assert read_values(b'[{"a": "caf\xe9!"}, {"b": 1}]') == [{"a": "caf\ufffd!"}, {"b": 1}]


@pytest.mark.parametrize(
    ("content", "reason", "count"),
    [
        pytest.param(b'[{"id": 1}, {"id": 2', "bad_json", 1, id="cut short"),
        pytest.param(b'[{"id": 1}, {"id": 2} {"id": 3}]', "bad_json", 2, id="a comma missing"),
        pytest.param(b'[{"id": 1}, {"id": NaN}]', "bad_json", 1, id="no JSON number"),
        pytest.param(b"[]", "empty", 0, id="nothing in it"),
        pytest.param(b"[" * 100_000, "bad_json", 0, id="nested without end"),
    ],
)
def test_what_stands_before_the_damage_is_read(content: bytes, reason: str, count: int) -> None:
    documents, error = read([content])
    assert error is not None
    assert (error.reason, len(documents)) == (reason, count)
    assert "\n" not in error.detail


def test_a_file_that_breaks_off_says_how_far_it_was_read() -> None:
    def cut() -> Iterator[bytes]:
        yield b'[{"id": 1}, '
        raise RejectedDocumentError("truncated", "the compressed file ends early")

    documents, error = read(cut())
    assert len(documents) == 1
    assert (error.reason, error.detail) == ("truncated", "the compressed file ends early; elements read: 1")  # type: ignore[union-attr]


def test_numbers_and_characters_that_are_hard_to_write_are_kept() -> None:
    content = b'[{"big": 123456789012345678901234567890}, {"small": 1e-5}]'
    assert read_values(content) == [{"big": 123456789012345678901234567890}, {"small": 1e-5}]


def test_an_element_above_the_limit_ends_the_file() -> None:
    large = orjson.dumps([{"id": 1}, {"text": "x" * 500_000}, {"id": 3}])
    documents, error = read([large])
    assert error is not None
    assert (error.reason, len(documents)) == ("too_large", 1)


def test_memory_does_not_grow_with_the_list() -> None:
    element = b'{"text": "' + b"x" * 10_000 + b'"},'
    chunks = itertools.chain([b"["], (element * 100 for _ in range(40)), [b"{}]"])
    tracemalloc.start()
    count = sum(1 for _ in read_json_list(chunks, FOUND, source=None, limit=100_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4001
    assert peak < 12 * MEBIBYTE  # of 40


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        pytest.param(b'[{"a": 1}', "", id="a list"),
        pytest.param(b'{"status": "ok", "articles": [{"a"', "articles", id="an answer, cut"),
        pytest.param(b'{"text": "x", "items": [{"a": 1}]}', None, id="an article that has a list"),
        pytest.param(b'{"id": 1}\n{"id": 2, "items": [{"a": 1}]}', None, id="lines"),
        pytest.param(b'{"data": {"items": [{"a": 1}]}}', None, id="deeper than that"),
        pytest.param(b"[London] met", None, id="text in brackets"),
        pytest.param(b"[[1]]", None, id="a list of lists"),
    ],
)
def test_a_list_is_told_from_a_record(sample: bytes, expected: str | None) -> None:
    assert find_list(sample) == expected


@pytest.mark.parametrize("step", [1000, 1 << 20])
@pytest.mark.parametrize("digit_count", [4000, 5000, 70_000])
def test_a_number_of_thousands_of_digits_ends_the_file_and_not_the_process(digit_count: int, step: int) -> None:
    content = b'[{"text": "Rain fell."}, ' + b" " * 70_000 + b'{"id": ' + b"9" * digit_count + b"}]"
    items, error = read(content[start : start + step] for start in range(0, len(content), step))
    assert len(items) == 1
    assert error is not None
    assert error.reason == "bad_json"
