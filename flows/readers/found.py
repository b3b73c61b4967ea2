"""What readers hand to each other: a file that was found, a document that was read, one that was refused."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Final, NamedTuple

from transforms.rejects import make_storable

_LINE_FORMAT_SUFFIXES: Final = (
    ".gz",
    ".bz2",
    ".zst",
    ".jsonl",
    ".ndjson",
    ".json",
    ".csv",
    ".tsv",
    ".parquet",
    ".warc",
    ".arc",
    ".xml",
    ".rss",
    ".atom",
    ".rdf",
)


@dataclass(frozen=True, kw_only=True)
class FoundFile:
    """A regular file under one of the paths given.

    Attributes:
        path: Absolute, links not resolved.
        external_id: Its path relative to the parent of the folder given.
        size: Bytes on disk.
        modified_us: When it was last written, microseconds since 1970, UTC.
        columns: Of a table: our name of a field -> the column that holds it, where the user says so.
    """

    path: Path
    external_id: str
    size: int
    modified_us: int
    columns: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def uri(self) -> str:
        """The address of the file."""
        return self.path.as_uri()

    @property
    def is_whole(self) -> bool:
        """Whether it is a file by itself, and not one in an archive."""
        return self.path.is_file()

    def open(self) -> IO[bytes]:
        """Return its bytes, from the beginning.

        Raises:
            OSError: It cannot be read.
        """
        return self.path.open("rb")

    @property
    def folder_name(self) -> str:
        """The name of the folder it is in: the outlet, where a file is an article."""
        return to_text(self.path.parent.name)

    @property
    def stem(self) -> str:
        """Its name without the endings of the format: the outlet, where a line is an article."""
        name = self.path.name
        while name.lower().endswith(_LINE_FORMAT_SUFFIXES):
            name = name[: name.rindex(".")]
        return to_text(name or self.path.name)


class RawDocument(NamedTuple):
    """A document as it came; the columns of ``schemas.RAW_DOCUMENT`` in their order."""

    uri: str
    external_id: str
    media_type: str
    source_hint: str
    fetched_at: int
    raw_hash: str
    payload: bytes
    hints: str | None = None
    final_uri: str | None = None
    reader: str | None = None
    container_offset: int | None = None


class Refusal(NamedTuple):
    """A document that could not be read; the columns of ``schemas.REJECT`` in their order."""

    uri: str
    external_id: str
    content_hash: str | None
    reason: str
    detail: str


class Link(NamedTuple):
    """An address that a list of addresses, a sitemap say, has: what is there is fetched later.

    Attributes:
        url: As it stands there.
        parent_uri: The list.
        hints: JSON: what the list says of it, ``schemas.RAW_DOCUMENT``; None for nothing.
    """

    url: str
    parent_uri: str
    hints: str | None = None


@dataclass(frozen=True)
class Provenance:
    """What all documents of one file have in common.

    Attributes:
        found: The file.
        media_type: Of each document.
        source_hint: The outlet, for documents that do not say.
        fetched_at: Microseconds since 1970, UTC; None for when the file was last written.
        hints: What else is known of the documents, ``schemas.RAW_DOCUMENT``.
    """

    found: FoundFile
    media_type: str
    source_hint: str
    fetched_at: int | None = None
    hints: str | None = None

    def make_document(self, payload: bytes, *, anchor: str = "") -> RawDocument:
        """Return a document of this file: all of it, or the part an anchor names ("#L7" for a line)."""
        place = make_storable(anchor)
        return RawDocument(
            uri=self.found.uri + place,
            external_id=self.found.external_id + place,
            media_type=self.media_type,
            source_hint=self.source_hint,
            fetched_at=self.found.modified_us if self.fetched_at is None else self.fetched_at,
            raw_hash=hashlib.sha256(payload).hexdigest(),
            payload=payload,
            hints=self.hints,
        )


def refuse(found: FoundFile, reason: str, detail: str, *, anchor: str = "") -> Refusal:
    """Return the refusal of a file, or of the part of it an anchor names."""
    place = make_storable(anchor)
    return Refusal(found.uri + place, found.external_id + place, None, reason, make_storable(detail))


def to_text(name: str) -> str:
    r"""Return a file name as text that can be stored: bytes that are not UTF-8 are written out (``\xe9``)."""
    return name if name.isascii() else name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
