"""From an answer to raw documents: a page is one, a file that holds several is read as it would be from disk."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Final
from urllib.parse import quote, urlsplit

import orjson

from flows.crawl.targets import Target
from flows.fetch.messages import Fetched
from flows.fetch.urls import parse_url
from flows.readers.batches import read_file_object
from flows.readers.detect import Format
from flows.readers.found import FoundFile, Provenance, RawDocument, Refusal
from flows.readers.jsonl import MEDIA_TYPE
from flows.readers.listing import Entry
from transforms.charsets import find_charset

_HTML_TYPES: Final = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, kw_only=True)
class RemoteFile(FoundFile):
    """What a server sent, as a file that was found.

    Attributes:
        url: Where it was asked for.
        name: What the content is called.
        body: The content.
    """

    url: str
    name: str
    body: bytes = field(repr=False)

    @property
    def uri(self) -> str:
        """The address it was asked for at; of a file in an archive that and its name there."""
        return self.url if self.is_whole else f"{self.url}#{quote(str(self.path.relative_to(f'/{self.name}')))}"

    @property
    def is_whole(self) -> bool:
        """Whether this is all that was sent, and not one file of an archive."""
        return self.path == Path("/", self.name)

    def open(self) -> IO[bytes]:
        """Return what was sent."""
        return io.BytesIO(self.body)


def make_documents(target: Target, fetched: Fetched, *, limit: int) -> Iterator[RawDocument | Refusal]:
    """Yield what an answer holds, with all that is known of it.

    Args:
        target: What was asked for.
        fetched: The answer.
        limit: Bytes of a document.
    """
    found = _find_file(target, fetched)
    for item in read_file_object(found.open(), found, source=_name_outlet(target), limit=limit):
        if isinstance(item, RawDocument):
            yield _add_hints(item, target, fetched)
        elif isinstance(item, Refusal):
            yield item


def make_tombstones(target: Target, fetched: Fetched, deleted: Sequence[Entry]) -> Iterator[RawDocument]:
    """Yield a document for each entry that a feed says was deleted, as from a feed on disk.

    Args:
        target: The feed.
        fetched: The answer.
        deleted: The entries.
    """
    provenance = Provenance(_find_file(target, fetched), MEDIA_TYPE, _name_outlet(target))
    for number, entry in enumerate(deleted):
        document = provenance.make_document(entry.to_record(source=None), anchor=f"#deleted/{number}")
        yield _add_hints(document._replace(reader=Format.FEED.name.lower()), target, fetched)


def _find_file(target: Target, fetched: Fetched) -> RemoteFile:
    """Return what a server sent, as a file."""
    name = _name_file(fetched)
    return RemoteFile(
        path=Path("/", name),
        name=name,
        body=fetched.body,
        external_id=target.hints.get("external_id", target.url),
        size=len(fetched.body),
        modified_us=to_microseconds(fetched.fetched_at),
        url=target.url,
    )


def _name_outlet(target: Target) -> str:
    """Return the outlet of documents that do not name one."""
    return target.outlet.name or target.outlet.source_id


def to_microseconds(moment: datetime) -> int:
    """Return a moment as microseconds since 1970."""
    return round(moment.timestamp() * 1_000_000)


def _name_file(fetched: Fetched) -> str:
    """Return the name under which the content is looked at: its own, and one that says HTML where the server does."""
    name = PurePosixPath(urlsplit(fetched.final_url).path).name.lstrip(".") or "index"
    media_type = fetched.content_type.partition(";")[0].strip().lower()
    return f"{name}.html" if media_type in _HTML_TYPES else name


def _add_hints(document: RawDocument, target: Target, fetched: Fetched) -> RawDocument:
    """Return a document with what the list, the server and the sources file say of it."""
    is_page = document.uri == target.url  # and not one of several documents in what came
    hints = dict(target.hints) if is_page else {}
    hints["source_id"] = target.outlet.source_id
    if target.outlet.name is not None:
        hints["source"] = target.outlet.name
    if target.outlet.timezone is not None:
        hints["timezone"] = target.outlet.timezone
    if target.outlet.country is not None:
        hints["country"] = target.outlet.country
    encoding = find_charset(fetched.content_type)
    if is_page and fetched.last_modified is not None:
        hints["last_modified"] = fetched.last_modified
    if is_page:
        hints |= {"url": fetched.final_url} | ({} if encoding is None else {"encoding": encoding})
    known = {} if document.hints is None else orjson.loads(document.hints)
    return document._replace(
        hints=orjson.dumps({**hints, **known}, option=orjson.OPT_SORT_KEYS).decode(),
        final_uri=None if fetched.final_url == str(parse_url(target.url)) else fetched.final_url,
    )
