"""What holds for any file, whatever is in it: it is read and accounted for, or refused; nothing is raised."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import httpx
import polars as pl

from flows.fetch.body import read_body
from flows.fetch.failures import FetchError
from flows.fetch.messages import Politeness
from flows.fetch.robots import MAX_BYTE_COUNT, Robots, parse_robots
from flows.readers import ReadBatch, parse_listing, read_paths
from flows.reference import read_agencies, read_furniture_rules
from tests.fuzz.mutations import Case
from transforms.articles import NormalizedDocuments, ReviewedLists, normalize_documents
from transforms.rejects import REASONS, RejectedDocumentError
from transforms.schemas import ARTICLE, RAW_DOCUMENT, REJECT

OUTLET: Final = "quay.example"
"""The folder that files are put in."""

_SLACK_BYTE_COUNT: Final = 1 << 18  # of the reader of JSON lists: it sees the size of an element piece by piece
_NEVER_NULL: Final = (
    "uri",
    "external_id",
    "raw_hash",
    "article_id",
    "source_id",
    "headline",
    "body",
    "reason",
    "detail",
)
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
    outcomes = list(_check_batches(batches, case))
    _require(bool(outcomes), "it left no trace")
    _check_listing(case)
    _check_body(case)
    _check_robots(case.content)
    return outcomes


def _read(path: Path, case: Case) -> list[ReadBatch]:
    return list(read_paths([path], source=case.source, max_document_bytes=case.limit, batch_bytes=case.batch_bytes))


def _to_key(batch: ReadBatch) -> tuple[object, ...]:
    return batch.documents.rows(), batch.rejects.rows(), batch.links


def _check_batches(batches: Sequence[ReadBatch], case: Case) -> Iterator[str]:
    """Check what was read, and yield what became of each thing in it."""
    for batch in batches:
        _require(batch.documents.height + batch.rejects.height + len(batch.links) > 0, "an empty batch")
        _require(batch.documents.schema == RAW_DOCUMENT, f"documents of another shape: {batch.documents.schema}")
        _require(batch.rejects.schema == REJECT, f"rejects of another shape: {batch.rejects.schema}")
        for link in batch.links:
            _check_texts([link.url, link.parent_uri, link.hints])
            yield "link"
    documents = pl.concat([RAW_DOCUMENT.to_frame(), *(batch.documents for batch in batches)])
    rejects = pl.concat([REJECT.to_frame(), *(batch.rejects for batch in batches)])
    _check_frame(documents)
    _check_frame(rejects)
    largest = max(map(len, documents["payload"]), default=0)
    _require(largest <= case.limit + _SLACK_BYTE_COUNT, f"{largest:,} bytes where {case.limit:,} are the limit")
    normalized = normalize_documents(
        documents, ReviewedLists(furniture=read_furniture_rules(), agencies=read_agencies())
    )
    _check_normalized(documents, normalized)
    yield from ["article"] * normalized.articles.height
    yield from [*rejects["reason"], *normalized.rejects["reason"]]


def _check_normalized(documents: pl.DataFrame, normalized: NormalizedDocuments) -> None:
    """Check that each document is one article or one reject."""
    _require(normalized.articles.schema == ARTICLE, f"articles of another shape: {normalized.articles.schema}")
    _require(normalized.rejects.schema == REJECT, f"rejects of another shape: {normalized.rejects.schema}")
    _check_frame(normalized.articles)
    _check_frame(normalized.rejects)
    _check_texts([line["line"] for lines in normalized.articles["removed_lines"] for line in lines])
    kept = normalized.articles.select("ingested_uri", "raw_hash").rows()
    dropped = normalized.rejects.select("uri", "content_hash").rows()
    came = documents.select("uri", "raw_hash").rows()
    _require(Counter(came) == Counter(kept) + Counter(dropped), "documents are lost or doubled")
    _require(all(body.strip() for body in normalized.articles["body"]), "an article without text")


def _check_frame(frame: pl.DataFrame) -> None:
    """Check that its text can be stored, that what must be there is, and that reasons are known."""
    for column in frame.iter_columns():
        if column.dtype == pl.String:
            _check_texts(column.to_list())
    missing = [name for name in _NEVER_NULL if name in frame.columns and frame[name].null_count()]
    _require(not missing, f"null in {missing}")
    unknown = set(frame["reason"]) - set(REASONS) if "reason" in frame.columns else set()
    _require(not unknown, f"reasons that are none: {unknown}")


def _check_texts(texts: Iterable[str | None]) -> None:
    """Check that texts can be stored."""
    for text in texts:
        if text is not None:
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
            _check_texts([entry.to_record(source=entry.title).decode(), entry.to_hints()])


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
