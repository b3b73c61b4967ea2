"""Rows as documents: CSV in all the states it is met in, Parquet with the types it has."""

import json
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.readers.found import FoundFile, RawDocument, Refusal
from flows.readers.parquet import read_parquet_rows
from flows.readers.table import name_columns, read_csv
from transforms.rejects import RejectedDocumentError

MEBIBYTE = 1 << 20
FOUND = FoundFile(path=Path("/news/quillbridge.csv"), external_id="news/quillbridge.csv", size=8, modified_us=0)
Items = list[RawDocument | Refusal]


def collect(items: Iterator[RawDocument | Refusal]) -> tuple[Items, RejectedDocumentError | None]:
    """Return what was read, and the error that ended it."""
    read: Items = []
    try:
        read.extend(items)  # keeps what came before an error
    except RejectedDocumentError as error:
        return read, error
    return read, None


def read(*chunks: bytes, limit: int = 100_000) -> tuple[Items, RejectedDocumentError | None]:
    return collect(read_csv(iter(chunks), FOUND, source=None, limit=limit))


def read_records(*chunks: bytes) -> list[object]:
    """Return what the documents of a whole file hold."""
    items, error = read(*chunks)
    assert error is None
    return [json.loads(item.payload) for item in items if isinstance(item, RawDocument)]


def test_a_row_is_a_document_with_its_number() -> None:
    (first, second), error = read(
        b'id,title,text,section\r\n1,Storm,"Rain fell,\r\nhard.",news\r\n\r\n2,Calm,Sun.,\r\n'
    )
    assert error is None
    assert isinstance(first, RawDocument)
    assert json.loads(first.payload) == {"id": "1", "title": "Storm", "text": "Rain fell,\r\nhard.", "section": "news"}
    assert (first.uri, first.source_hint) == ("file:///news/quillbridge.csv#row=2", "quillbridge")
    assert isinstance(second, RawDocument)
    assert json.loads(second.payload) == {"id": "2", "title": "Calm", "text": "Sun."}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_whatever_divides_the_cells(delimiter: str) -> None:
    rows = [("Headline", "Body", "Date"), ("Storm", "Rain", "2024-02-08")]
    content = "".join(delimiter.join(row) + "\n" for row in rows).encode()
    assert read_records(content) == [{"title": "Storm", "text": "Rain", "published": "2024-02-08"}]


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


@given(st.lists(TEXTS.filter(lambda cell: cell.strip("\r\n")), min_size=1), st.integers(1, 50))
def test_every_text_comes_back_wherever_the_file_is_cut(cells: list[str], step: int) -> None:
    quoted = "".join('"{}"\n'.format(cell.replace('"', '""')) for cell in cells)
    content = f"text\n{quoted}".encode()
    chunks = [content[start : start + step] for start in range(0, len(content), step)]
    assert read_records(*chunks) == [{"text": cell} for cell in cells]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_other_unicode_encodings_are_read(encoding: str) -> None:
    assert read_records("title,text\nCafé,Über\n".encode(encoding)) == [{"title": "Café", "text": "Über"}]


def test_an_old_encoding_is_told_a_cell_at_a_time() -> None:
    row = 'Café,"The “old” café in Orléans has closed, its owner said."\n'
    assert read_records(b"title,text\n" + row.encode("cp1252")) == [
        {"title": "Café", "text": "The “old” café in Orléans has closed, its owner said."}
    ]


def test_a_heading_in_an_old_encoding_is_read_too() -> None:
    assert read_records(b"text,caf\xe9\nRain fell.,Orl\xe9ans\n") == [{"text": "Rain fell.", "café": "Orléans"}]


def test_a_cell_that_is_no_text_costs_its_row_only() -> None:
    items, error = read(b"text\n" + bytes(range(0x80, 0x100)) + b"\nRain fell.\n")
    assert error is None
    assert [getattr(item, "reason", None) for item in items] == ["not_text", None]


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        pytest.param(
            b"name\0,caf\xe9\nAnn,5\n",
            "unsupported_format",
            "a table without a column of text: name, café",
            id="a heading that cannot be stored",
        ),
        pytest.param(
            b"name,age\nAnn,5\n", "unsupported_format", "a table without a column of text: name, age", id="no text"
        ),
        pytest.param(b"title,text\n", "empty", "a heading and no row", id="no row"),
        pytest.param(b"title,text\n\n\n", "empty", "a heading and no row", id="blank rows"),
        pytest.param(b"\n \n", "empty", "no line has anything on it", id="blank lines"),
        pytest.param(
            b"text\n" + b"x" * 200_000, "too_large", "a line of more than 100,000 characters", id="a long line"
        ),
    ],
)
def test_a_table_of_no_use_says_why(content: bytes, reason: str, detail: str) -> None:
    items, error = read(content)
    assert items == []
    assert error is not None
    assert error.reason == reason
    assert error.detail.startswith(detail)


def test_a_row_that_does_not_fit_costs_itself_only() -> None:
    items, error = read(b"title,text\nStorm,Rain,more\nCalm,Sun\n")
    assert error is None
    assert isinstance(items[0], Refusal)
    assert (items[0].reason, items[0].detail) == ("bad_row", "3 cells, the heading has 2")
    assert items[0].uri == "file:///news/quillbridge.csv#row=2"
    assert isinstance(items[1], RawDocument)


def test_a_csv_that_a_spreadsheet_put_into_one_column_is_read() -> None:
    content = (
        b'title,text,date;;;;\r\n"Storm,""Rain fell; hard, she said"",2024-02-08";;;;\r\n'
        b'"Calm,""Sun"",2024-02-09";;;;\r\n"Flood, ""cut off";;;;\r\nFog,none,2024-02-10;;;;\r\n'
    )
    items, error = read(content)
    assert error is None
    assert [json.loads(item.payload) for item in items if isinstance(item, RawDocument)] == [
        {"title": "Storm", "text": "Rain fell; hard, she said", "published": "2024-02-08"},
        {"title": "Calm", "text": "Sun", "published": "2024-02-09"},
        {"title": "Fog", "text": "none", "published": "2024-02-10"},
    ]
    assert [item.detail for item in items if isinstance(item, Refusal)] == ["2 cells, the heading has 3"]


def test_a_quotation_mark_that_is_never_closed_ends_the_file_with_a_word() -> None:
    items, error = read(b'title,text\nCalm,Sun\nStorm,"Rain\n' + b"and more\n" * 20_000)
    assert len(items) == 1
    assert error is not None
    assert error.reason == "bad_row"
    assert error.detail.endswith("; rows read: 1")


def test_a_row_above_the_limit_is_refused() -> None:
    items, error = read(b"title,text\n" + b"x" * 600 + b"," + b"y" * 600 + b"\nCalm,Sun\n", limit=1500)
    assert error is None
    assert [type(item) for item in items] == [RawDocument, RawDocument]
    items, error = read(b"title,text\n" + b"x" * 490 + b"," + b"y" * 490 + b"\nCalm,Sun\n", limit=990)
    assert error is None
    assert [getattr(item, "reason", None) for item in items] == ["too_large", None]


def test_memory_does_not_grow_with_the_table() -> None:
    rows = (b"Storm," + b"x" * 1000 + b"\n" for _ in range(30_000))
    chunks: Iterable[bytes] = (piece for piece in (b"title,text\n", *rows))
    tracemalloc.start()
    count = sum(1 for _ in read_csv(iter(chunks), FOUND, source=None, limit=100_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 30_000
    assert peak < 4 * MEBIBYTE  # of 30


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param(["ID", "Title", "TEXT"], ["id", "title", "text"], id="capitals"),
        pytest.param(["body", "maintext"], ["body", "text"], id="the better of two"),
        pytest.param([" text ", "Tags"], ["text", "Tags"], id="spaces, and a name that is not known"),
    ],
)
def test_columns_get_the_names_of_fields(columns: list[str], expected: list[str]) -> None:
    assert name_columns(columns) == expected


@pytest.fixture
def write(tmp_path: Path) -> Callable[[pl.DataFrame], FoundFile]:
    """Return a function that writes a frame as Parquet."""

    def write_frame(frame: pl.DataFrame) -> FoundFile:
        path = tmp_path / "quay.parquet"
        frame.write_parquet(path)
        return FoundFile(path=path, external_id="quay.parquet", size=1, modified_us=0)

    return write_frame


def read_rows(found: FoundFile, limit: int = 100_000) -> tuple[Items, RejectedDocumentError | None]:
    return collect(read_parquet_rows(iter(()), found, source=None, limit=limit))


def test_a_row_of_parquet_is_a_document(write: Callable[[pl.DataFrame], FoundFile]) -> None:
    frame = pl.DataFrame(
        {
            "id": [7],
            "maintext": ["Rain fell."],
            "date_publish": [datetime(2024, 2, 8, 10, tzinfo=UTC)],
            "day": [date(2024, 2, 8)],
            "authors": [["Ann Lee", "Bo Orr"]],
            "raw": [b"caf\xc3\xa9"],
            "gone": [None],
        }
    )
    (item,), error = read_rows(write(frame))
    assert error is None
    assert isinstance(item, RawDocument)
    assert json.loads(item.payload) == {
        "id": 7,
        "text": "Rain fell.",
        "published": "2024-02-08T10:00:00+00:00",
        "day": "2024-02-08",
        "author": ["Ann Lee", "Bo Orr"],
        "raw": "café",
        "gone": None,
    }
    assert (item.uri.rpartition("#")[2], item.source_hint) == ("row=1", "quay")


def test_rows_of_parquet_are_counted_on_from_batch_to_batch(write: Callable[[pl.DataFrame], FoundFile]) -> None:
    items, error = read_rows(write(pl.DataFrame({"text": [f"{number}" for number in range(200)]})))
    assert error is None
    assert [item.uri.rpartition("=")[2] for item in items] == [f"{number}" for number in range(1, 201)]


def test_a_large_row_of_parquet_costs_itself_only(write: Callable[[pl.DataFrame], FoundFile]) -> None:
    items, error = read_rows(write(pl.DataFrame({"text": ["x" * 500, "y"]})), limit=100)
    assert error is None
    assert [getattr(item, "reason", None) for item in items] == ["too_large", None]


def test_damaged_parquet_is_refused_in_a_line(write: Callable[[pl.DataFrame], FoundFile]) -> None:
    found = write(pl.DataFrame({"text": ["x" * 500] * 10}))
    content = found.path.read_bytes()
    found.path.write_bytes(content[: len(content) // 2])
    items, error = read_rows(found)
    assert items == []
    assert error is not None
    assert error.reason == "truncated"
    assert "\n" not in error.detail


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        pytest.param(pl.DataFrame({"text": []}, schema={"text": pl.String}), "empty", id="no row"),
        pytest.param(pl.DataFrame({"n": [1]}), "unsupported_format", id="no text"),
    ],
)
def test_parquet_of_no_use_says_why(
    write: Callable[[pl.DataFrame], FoundFile], frame: pl.DataFrame, reason: str
) -> None:
    items, error = read_rows(write(frame))
    assert items == []
    assert error is not None
    assert error.reason == reason


def test_the_name_of_a_parquet_file_need_not_be_text(write: Callable[[pl.DataFrame], FoundFile]) -> None:
    found = write(pl.DataFrame({"text": ["Rain fell."]}))
    path = found.path.rename(found.path.with_name("caf\udce9.parquet"))
    items, error = read_rows(replace(found, path=path))
    assert (len(items), error) == (1, None)


def test_a_value_that_python_has_not_costs_its_row_only(write: Callable[[pl.DataFrame], FoundFile]) -> None:
    days = pl.Series("date", [0, 10_000_000, 1], pl.Int32).cast(pl.Date)
    items, error = read_rows(write(pl.DataFrame({"text": ["Rain fell.", "Wind blew.", "Sun shone."], "date": days})))
    assert error is None
    assert [getattr(item, "reason", None) for item in items] == [None, "bad_row", None]


def test_text_in_parquet_that_is_not_utf8_costs_its_row_only(tmp_path: Path) -> None:
    path = tmp_path / "quay.parquet"
    texts = pa.array([b"Rain fell.", b"caf\xe9"]).cast(pa.binary())
    broken = pa.Array.from_buffers(pa.string(), 2, texts.buffers())
    pq.write_table(pa.table({"text": broken}), path)
    items, error = read_rows(FoundFile(path=path, external_id="quay.parquet", size=1, modified_us=0))
    assert error is None
    assert [getattr(item, "reason", None) for item in items] == [None, "bad_row"]


def test_parquet_with_a_column_whose_name_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "quay.parquet"
    pq.write_table(pa.table({"text": ["Rain fell."], "wind": [7]}), path, store_schema=False)
    path.write_bytes(path.read_bytes().replace(b"wind", b"w\xf2nd"))
    items, error = read_rows(FoundFile(path=path, external_id="quay.parquet", size=1, modified_us=0))
    assert (items, error.reason if error else None) == ([], "truncated")


def test_nanoseconds_in_parquet_are_left_out(write: Callable[[pl.DataFrame], FoundFile]) -> None:
    moments = pl.Series("date", [1_707_382_800_000_000_001], pl.Int64).cast(pl.Datetime("ns", "UTC"))
    items, _ = read_rows(write(pl.DataFrame({"text": ["Rain fell."], "date": moments})))
    (document,) = items
    assert isinstance(document, RawDocument)
    assert json.loads(document.payload)["published"].startswith("2024-02-08T09:00:00")
