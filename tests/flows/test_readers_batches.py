"""Whole files through the readers into batches: every document met is read or refused, batches stay what they are."""

import gzip
import os
import tracemalloc
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import UsageError
from flows.raw_store import compute_batch_id
from flows.readers import ReadBatch, read_paths
from flows.readers.batches import read_file
from flows.readers.found import FoundFile, RawDocument, Refusal
from transforms.rejects import REASONS
from transforms.schemas import RAW_DOCUMENT, REJECT
from transforms.source_schemas import FETCH

MEBIBYTE = 1 << 20
LINE = b'{"id": "%d", "text": "The ferry to Skarholm sailed for the %dth time."}\n'
LINES = b"".join(LINE % (n, n) for n in range(1, 51))


def name_batch(batch: ReadBatch) -> str:
    """Return the name a batch has in the raw store."""
    return compute_batch_id(batch.documents, batch.rejects, FETCH.to_frame())


def read(*paths: Path, batch_bytes: int = 150_000, limit: int = 100_000) -> list[ReadBatch]:
    return list(read_paths(paths, source=None, max_document_bytes=limit, batch_bytes=batch_bytes))


def count(batches: Sequence[ReadBatch]) -> tuple[int, list[str]]:
    """Return the number of documents, and the reasons of the refusals."""
    return sum(batch.documents.height for batch in batches), [
        reason for batch in batches for reason in batch.rejects["reason"]
    ]


def write_articles(folder: Path, *, article_count: int) -> None:
    """Write articles of some 1,900 bytes, each another."""
    folder.mkdir()
    for number in range(article_count):
        text = f"Sitting {number}\n\n" + f"The council of Oakhaven met for sitting {number}.\n" * 40
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "documents", "reasons"),
    [
        pytest.param("a.txt", b"Ferry returns\n", 1, [], id="text"),
        pytest.param("a.txt", b"", 0, ["empty"], id="nothing in it"),
        pytest.param("a.jsonl", b"", 0, ["empty"], id="nothing in it, lines"),
        pytest.param("a.txt.gz", gzip.compress(b""), 0, ["empty"], id="nothing in it, packed"),
        pytest.param("a.txt", b" \n\t \r\n", 1, [], id="white space is told later"),
        pytest.param("a.jsonl", b" \n\t \r\n", 0, ["empty"], id="white space, lines"),
        pytest.param("a.txt", bytes(range(256)) * 4, 0, ["not_text"], id="no text"),
        pytest.param("a.txt", b"%PDF-1.7", 0, ["unsupported_format"], id="a PDF"),
        pytest.param("a.txt", b"caf\xe9 \xff cr\xe8me\n" * 9, 1, [], id="invalid UTF-8 is recovered later"),
        pytest.param("a.txt", "Ferry returns\n".encode("utf-16"), 1, [], id="UTF-16 with a mark"),
        pytest.param("a.txt", "Ferry returns\n".encode("utf-16-le"), 1, [], id="UTF-16 without a mark"),
        pytest.param("a.txt", b"The ferry\0 returns on Monday to Skarholm\n", 1, [], id="a NUL byte"),
        pytest.param("a.txt", b"x" * 100_001, 0, ["too_large"], id="too large"),
        pytest.param("a.jsonl", LINES, 50, [], id="lines"),
        pytest.param("a.jsonl", LINES + b"not json\n" + LINES, 101, [], id="a line that is not JSON is told later"),
        pytest.param("a.jsonl", LINES + b"x" * 100_001 + b"\n" + LINES, 100, ["too_large"], id="a line too large"),
        pytest.param("a.jsonl", LINES.decode().encode("utf-16"), 50, [], id="lines in UTF-16"),
        pytest.param("a.jsonl.gz", gzip.compress(LINES), 50, [], id="lines, packed"),
        pytest.param("a.jsonl.gz", gzip.compress(LINES) * 2, 100, [], id="lines, packed in two members"),
        pytest.param("a.jsonl", gzip.compress(LINES), 50, [], id="lines, packed, told by content"),
        pytest.param("a.jsonl.gz", gzip.compress(LINES)[:-8], 50, ["truncated"], id="lines, the end cut off"),
        pytest.param("a.jsonl.gz", gzip.compress(LINES) + b"!!", 50, ["truncated"], id="lines, garbage appended"),
        # Stored as it is: after 15 bytes of headers there are 685 of lines of 70.
        pytest.param("a.jsonl.gz", gzip.compress(LINES, 0)[:700], 9, ["truncated"], id="lines, cut short"),
        pytest.param("a.jsonl.gz", gzip.compress(LINES)[:5], 0, ["truncated"], id="cut within the header"),
        pytest.param("a.txt.gz", gzip.compress(b"Ferry returns\n")[:-8], 0, ["truncated"], id="text, cut short"),
        pytest.param("a.txt.gz", gzip.compress(bytes(MEBIBYTE)), 0, ["not_text"], id="a bomb of NUL"),
        pytest.param("a.txt.gz", gzip.compress(b" " * MEBIBYTE), 0, ["too_large"], id="a bomb of white space"),
    ],
)
def test_a_file_ends_in_documents_and_at_most_one_refusal(
    tmp_path: Path, name: str, content: bytes, documents: int, reasons: list[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert count(read(tmp_path)) == (documents, reasons)


def test_a_bad_file_keeps_none_of_its_neighbours_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ferry returns\n")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)))
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(LINES)[:-8])
    (tmp_path / "d.txt").symlink_to(".")
    os.mkfifo(tmp_path / "e.txt")
    (tmp_path / "f.txt").write_text("Bridge closed\n")
    assert count(read(tmp_path)) == (52, ["not_text", "truncated", "symlink_loop", "unsupported_format"])


def test_frames_have_the_shapes_the_layers_agreed_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ferry returns\n")
    (tmp_path / "b.txt").write_text("")
    (batch,) = read(tmp_path)
    assert (batch.documents.schema, batch.rejects.schema) == (RAW_DOCUMENT, REJECT)


def test_nothing_to_read_makes_no_batch(tmp_path: Path) -> None:
    assert read(tmp_path) == []


def test_a_path_that_does_not_exist_is_told_at_the_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        read_paths([tmp_path / "nowhere"], source=None)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("harbour-lamp/a.txt", b"Ferry\n", "harbour-lamp", id="text: the folder"),
        pytest.param("harbour-lamp/a.html", b"<html>", "harbour-lamp", id="HTML: the folder"),
        pytest.param("news/quillbridge.jsonl", b"{}\n", "quillbridge", id="lines: the file"),
    ],
)
def test_the_outlet_is_told_from_the_names(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_bytes(content)
    (batch,) = read(tmp_path)
    assert batch.documents["source_hint"].to_list() == [expected]


def test_a_file_that_vanished_after_it_was_found_is_refused(tmp_path: Path) -> None:
    found = FoundFile(path=tmp_path / "gone.txt", external_id="news/gone.txt", size=1, modified_us=0)
    refusal = Refusal(found.uri, "news/gone.txt", None, "unreadable", "No such file or directory")
    assert list(read_file(found, source=None, limit=10)) == [refusal]


def test_a_disk_that_fails_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path, _mode: str) -> None:
        raise OSError(5, "Input/output error")

    (tmp_path / "a.txt").write_text("Ferry returns\n")
    monkeypatch.setattr(Path, "open", fail)
    (batch,) = read(tmp_path)
    assert batch.rejects.select("reason", "detail").rows() == [("unreadable", "Input/output error")]


@settings(deadline=None)  # the disk has no deadline
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=100).map(str.encode),
        st.text(max_size=100).map(lambda text: text.encode("utf-16", "surrogatepass")),
        st.builds(bytes.__add__, st.sampled_from([b"\x1f\x8b", b'{"', b"<html>", b"\xff\xfe", b"\n"]), st.binary()),
        st.builds(lambda content, cut: gzip.compress(content)[:cut], st.binary(max_size=100), st.integers(0, 130)),
    ),
    name=st.sampled_from(["a.txt", "a.jsonl", "a.html", "a.json", "a.gz", "a.jsonl.gz"]),
)  # fmt: skip
def test_any_bytes_end_in_documents_or_one_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    found = FoundFile(path=path, external_id=name, size=len(content), modified_us=0)
    items = list(read_file(found, source=None, limit=50))
    refusals = [item for item in items if isinstance(item, Refusal)]
    of_the_file = [refusal for refusal in refusals if "#" not in refusal.uri]
    assert items
    assert of_the_file in ([], items[-1:])
    assert all(refusal.reason in REASONS for refusal in refusals)
    assert all(len(item.payload) <= 50 for item in items if isinstance(item, RawDocument))


def test_the_order_of_paths_makes_no_difference(tmp_path: Path) -> None:
    paths = []
    for name in ("b", "a", "c"):
        write_articles(tmp_path / name, article_count=20)
        paths.append(tmp_path / name)
    results = {tuple(name_batch(batch) for batch in read(*order, batch_bytes=10_000)) for order in permutations(paths)}
    assert len(results) == 1


def test_batches_are_bounded_and_hold_every_document_once(tmp_path: Path) -> None:
    write_articles(tmp_path / "news", article_count=100)
    batches = read(tmp_path / "news", batch_bytes=20_000)
    documents = pl.concat([batch.documents for batch in batches])
    assert documents["external_id"].to_list() == [f"news/{number:04}.txt" for number in range(100)]
    assert max(batch.documents["payload"].bin.size().sum() for batch in batches) <= 20_000
    assert len(batches) < 40


def test_a_document_larger_than_a_batch_is_one_of_its_own(tmp_path: Path) -> None:
    for name, length in (("a.txt", 10), ("b.txt", 5000), ("c.txt", 10)):
        (tmp_path / name).write_text("x" * length)
    batches = [batch.documents["external_id"].str.tail(5).to_list() for batch in read(tmp_path, batch_bytes=1000)]
    assert batches == [["a.txt"], ["b.txt"], ["c.txt"]]


def test_a_page_counts_a_tenth(tmp_path: Path) -> None:
    for name in ("a.html", "b.html", "c.html"):
        (tmp_path / name).write_text("<html>" + "x" * 994)
    assert len(read(tmp_path, batch_bytes=200)) > 1
    assert len(read(tmp_path, batch_bytes=1000)) == 1


def test_a_file_that_is_added_changes_only_the_batches_near_it(tmp_path: Path) -> None:
    write_articles(tmp_path / "news", article_count=400)
    before = {name_batch(batch) for batch in read(tmp_path / "news", batch_bytes=20_000)}
    (tmp_path / "news/0200a.txt").write_text("Bridge closed\n\n" + "The bridge is closed.\n" * 90)
    after = {name_batch(batch) for batch in read(tmp_path / "news", batch_bytes=20_000)}
    assert len(before) > 40
    assert after != before
    assert len(before - after) <= 6


def test_a_second_reading_gives_the_same_batches(tmp_path: Path) -> None:
    write_articles(tmp_path / "news", article_count=40)
    first, second = ([name_batch(batch) for batch in read(tmp_path, batch_bytes=9000)] for _ in range(2))
    assert first == second


def test_many_refusals_are_handed_on_before_they_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.readers.batches._MAX_REJECT_COUNT", 3)
    for number in range(7):
        (tmp_path / f"{number}.txt").touch()
    assert [batch.rejects.height for batch in read(tmp_path)] == [3, 3, 1]


def test_a_large_file_of_lines_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    line = b'{"text": "%s"}\n' % (b"The ferry to Skarholm sails again. " * 60)
    path.write_bytes(gzip.compress(line * 10_000, 1))  # 21 MB
    tracemalloc.start()
    document_count = sum(batch.documents.height for batch in read_paths([path], source=None))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert document_count == 10_000
    assert peak < 8 * MEBIBYTE
