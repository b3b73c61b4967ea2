"""What holds for any file, whatever is in it: it is read and accounted for, or refused with a reason; nothing is raised."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import httpx
import polars as pl

from flows.fetch.body import read_body
from flows.fetch.failures import FetchError
from flows.fetch.messages import Politeness
from flows.fetch.robots import MAX_BYTE_COUNT, Robots, parse_robots
from flows.readers import Link, ReadBatch, parse_listing, read_paths
from flows.reference import read_furniture_rules
from tests.fuzz.mutations import Case
from transforms.articles import NormalizedDocuments, normalize_documents
from transforms.rejects import REASONS, RejectedDocumentError
from transforms.schemas import ARTICLE, RAW_DOCUMENT, REJECT

OUTLET: Final = "quay.example"
"""The folder that files are put in."""

_SLACK_BYTE_COUNT: Final = 1 << 18  # of the reader of JSON lists: it sees the size of an element piece by piece
_CODINGS: Final = ("", "gzip", "deflate", "br")
_CONTENT_TYPES: Final = ("", "text/plain; charset=latin-1", "application/xml; charset=utf-16", "text/html;charset=gbk")
_PIECE_BYTE_COUNT: Final = 4096


class MiscountError(AssertionError):
    """What came in and what came out do not agree."""


def check_case(case: Case, folder: Path) -> list[str]:
    """Read a file by all that may meet one, and check what came of it.

    Args:
        case: The file.
        folder: Where it may lie for the time.

    Returns:
        What it became: "article", "link", or the reasons of refusals.

    Raises:
        MiscountError: Something is lost, doubled, or of a shape that cannot be stored.
    """
    path = folder / OUTLET / case.name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(case.content)
    try:
        batches, again = _read(path, case), _read(path, case)
    finally:
        path.unlink()
    _require([_to_key(batch) for batch in batches] == [_to_key(batch) for batch in again], "read twice, it differs")
    outcomes = [outcome for batch in batches for outcome in _check_batch(batch, case)]
    _require(bool(outcomes), "it left no trace")
    _check_listing(case)
    _check_body(case)
    _check_robots(case.content)
    return outcomes


def _read(path: Path, case: Case) -> list[ReadBatch]:
    return list(
        read_paths([path], source=case.source, max_document_bytes=case.limit, batch_bytes=case.batch_bytes)
    )


def _to_key(batch: ReadBatch) -> tuple[object, ...]:
    return batch.documents.rows(), batch.rejects.rows(), batch.links


def _check_batch(batch: ReadBatch, case: Case) -> Iterator[str]:
    """Check a batch, and yield what became of each thing in it."""
    _check_frame(batch.documents, RAW_DOCUMENT)
    _check_frame(batch.rejects, REJECT)
    _require(not batch.documents.is_empty() or not batch.rejects.is_empty() or bool(batch.links), "an empty batch")
    largest = max(map(len, batch.documents["payload"]), default=0)
    _require(largest <= case.limit + _SLACK_BYTE_COUNT, f"{largest:,} bytes where {case.limit:,} are the limit")
    for link in batch.links:
        _check_link(link)
        yield "link"
    yield from batch.rejects["reason"]
    normalized = normalize_documents(batch.documents, furniture=read_furniture_rules())
    _check_normalized(batch.documents, normalized)
    yield from ["article"] * normalized.articles.height
    yield from normalized.rejects["reason"]


def _check_normalized(documents: pl.DataFrame, normalized: NormalizedDocuments) -> None:
    """Check that each document is one article or one reject."""
    _check_frame(normalized.articles, ARTICLE)
    _check_frame(normalized.rejects, REJECT)
    kept = normalized.articles.select("ingested_uri", "raw_hash").rows()
    dropped = normalized.rejects.select("uri", "content_hash").rows()
    came = documents.select("uri", "raw_hash").rows()
    _require(Counter(came) == Counter(kept) + Counter(dropped), "documents are lost or doubled")
    _require(all(body.strip() for body in normalized.articles["body"]), "an article without text")


def _check_frame(frame: pl.DataFrame, schema: pl.Schema) -> None:
    """Check the shape of a frame, and that its text can be stored."""
    _require(frame.schema == schema, f"a frame of another shape: {frame.schema}")
    for column in frame.select(pl.col(pl.String)).iter_columns():
        _require(not column.str.contains("\0", literal=True).any(), f"NUL in {column.name}")
    if "removed_lines" in schema:
        lines = frame["removed_lines"].explode(empty_as_null=False).struct.field("line")
        _require(not lines.str.contains("\0", literal=True).any(), "NUL in removed_lines")
    if "reason" in schema:
        _require(frame["reason"].is_in(list(REASONS)).all(), f"reasons that are none: {frame['reason'].to_list()}")
    required = [name for name in ("uri", "external_id", "raw_hash", "article_id", "reason", "detail") if name in schema]
    _require(frame.select(pl.col(required).null_count()).sum_horizontal().sum() == 0, f"null in one of {required}")


def _check_link(link: Link) -> None:
    for text in (link.url, link.parent_uri, link.hints or ""):
        _check_text(text)


def _check_text(text: str) -> None:
    """Check that text can be stored."""
    _require("\0" not in text, f"NUL in {text[:200]!r}")
    text.encode()


def _check_listing(case: Case) -> None:
    """Check what an answer with these bytes is taken for."""
    content_type = _CONTENT_TYPES[len(case.content) % len(_CONTENT_TYPES)]
    with suppress(RejectedDocumentError):
        listing = parse_listing(
            case.content, url="https://quay.example/a.txt", content_type=content_type, limit=case.limit
        )
        for entry in () if listing is None else listing.entries:
            _check_text(entry.to_record(source=listing.title if listing is not None else None).decode())
            _check_text(entry.to_hints() or "")


def _check_body(case: Case) -> None:
    """Check that a body of these bytes is unpacked within its limit, or refused."""
    starts = range(0, len(case.content), _PIECE_BYTE_COUNT)
    pieces = [case.content[start : start + _PIECE_BYTE_COUNT] for start in starts]
    for coding in _CODINGS:
        with suppress(FetchError):
            body = read_body(pieces, httpx.Headers({"content-encoding": coding}), case.limit)
            _require(len(body) <= case.limit, f"a body of {len(body):,} bytes, the limit is {case.limit:,}")


def _check_robots(content: bytes) -> None:
    """Check that a robots.txt of these bytes can be asked."""
    robots = Robots(parse_robots(content[:MAX_BYTE_COUNT]))
    with suppress(FetchError):
        robots.check(httpx.URL("https://quay.example/private/a?id=7&b=%7Eada"), Politeness())
    _require(robots.find_delay(Politeness()) >= 0, "a delay below nothing")
    robots.list_sitemaps()


def _require(condition: bool, message: str) -> None:  # noqa: FBT001  it is what an assertion is
    if not condition:
        raise MiscountError(message)
