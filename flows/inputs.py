"""What a run is asked to take in: files, addresses, the sources, or what the raw store has already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from flows.errors import UsageError
from transforms.record_names import NAMES
from transforms.urls import canonicalize_url

_SCHEMES = ("http://", "https://")


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What to take in; exactly one way of three is used: given by name, the sources file, or the raw store.

    Attributes:
        paths: Files and folders.
        urls: Addresses of pages, feeds and sitemaps.
        has_sources: Whether the feeds, sitemaps and pages of the sources file are fetched.
        source: The outlet of documents that do not name one; None to tell it from folder and file names.
        columns: Of tables: our name of a field -> the column that holds it.
        raw_homes: Homes whose raw stores are taken, and nothing is read or fetched; None to read and fetch.
        batch_ids: Of these stores, the batches that are taken; None for all.
    """

    paths: tuple[Path, ...] = ()
    urls: tuple[str, ...] = ()
    has_sources: bool = False
    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    raw_homes: tuple[Path, ...] | None = field(default=None)
    batch_ids: frozenset[str] | None = None

    @classmethod
    def parse(
        cls,
        given: Sequence[str],
        *,
        source: str | None = None,
        columns: Sequence[str] = (),
        from_raw: bool = False,
        has_sources: bool = False,
    ) -> Self:
        """Return the inputs that a person means by paths and addresses.

        Args:
            given: Each a PATH, or a URL of http or https.
            source: The outlet of documents that do not name one.
            columns: Each ``FIELD=COLUMN``.
            from_raw: Whether each PATH is a home, and its raw store is meant; none for the home of the run.
            has_sources: Whether the sources file is worked through.

        Raises:
            UsageError: The raw store is asked for and addresses, or the sources, too; a column is given for no field;
                an address is malformed, or has a user and a password in it.
        """
        urls = tuple(word for word in given if word.lower().startswith(_SCHEMES))
        for url in urls:
            _require_address(url)
        paths = tuple(Path(word) for word in given if word not in urls)
        if not from_raw:
            named = dict(_parse_column(column) for column in columns)
            return cls(paths=paths, urls=urls, has_sources=has_sources, source=source, columns=named)
        if urls or has_sources:
            raise UsageError("--from-raw fetches nothing: leave out URLs and --fetch")
        return cls(raw_homes=paths, source=source)

    @property
    def is_fetched(self) -> bool:
        """Whether servers are asked for what is taken in."""
        return bool(self.urls) or self.has_sources

    def __str__(self) -> str:
        """Say it as short as it can be said, for the name of a run."""
        if self.raw_homes is not None:
            return "raw store"
        return ", ".join([*map(str, self.paths), *self.urls, *(["sources"] if self.has_sources else [])])


def _require_address(url: str) -> None:
    """Check an address that a person gave, before anything of it is kept.

    Raises:
        UsageError: It cannot be fetched; the message has no password in it.
    """
    if canonicalize_url(url) is None:
        raise UsageError(f"not an address that can be fetched: {url[:200]!r}")
    login, _, host = urlsplit(url.strip()).netloc.rpartition("@")
    if login:
        raise UsageError(f"an address with a user and a password is not fetched: leave out what stands before {host}")


def _parse_column(given: str) -> tuple[str, str]:
    """Return a field and the column that holds it.

    Raises:
        UsageError: It is not FIELD=COLUMN, or there is no such field.
    """
    name, divider, column = given.partition("=")
    if not divider or not column or name not in NAMES:
        raise UsageError(f"--column {given}: give FIELD=COLUMN, FIELD one of {', '.join(NAMES)}")
    return name, column
