"""What is remembered of pages between runs: validators, failures, and addresses that were listed and not fetched yet.

All of it is an economy. A file that is damaged or of another version is set aside, and a new one begun: every page is
then asked for once without conditions. SQLite's rollback journal makes each call all or nothing, whatever kills the
process; no write-ahead log, so that the file is complete when nobody has it open.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from flows.errors import FetchStateError
from flows.fetch.messages import Failure, Fetched, Outcome, Unmodified

LOGGER = logging.getLogger(__name__)

PageStatus = Literal["fetched", "unmodified", "failed", "gone"]

_VERSION: Final = 1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_BUSY_SECONDS: Final = 10.0


@dataclass(frozen=True)
class PageState:
    """What is remembered of a page.

    Attributes:
        url: As it was asked for.
        etag: Of the copy we have; None without one.
        last_modified: The same.
        final_url: Where the copy was; None while there is none.
        fetched_at: When it was last asked for, microseconds since 1970, UTC.
        status: What came of it; "gone" is not asked for again.
        failure_count: How often in a row it did not come.
        raw_hash: Of the copy we have.
        kind: What the copy is: feed, sitemap, urls or page.
    """

    url: str
    etag: str | None
    last_modified: str | None
    final_url: str | None
    fetched_at: int
    status: PageStatus
    failure_count: int
    raw_hash: str | None
    kind: str | None


@dataclass(frozen=True)
class EntryState:
    """What is remembered of an address in a list.

    Attributes:
        url: The address.
        hints: JSON: what the list said of it; None for nothing.
        first_seen_at: When, microseconds since 1970, UTC.
        is_listed: Whether the list still has it; what it has no longer is pending.
    """

    url: str
    hints: str | None
    first_seen_at: int
    is_listed: bool


class FetchState:
    """The file, open; to be used by the thread that opened it.

    Args:
        path: ``Home.fetch_path``; the file is made when there is none.

    Raises:
        FetchStateError: It cannot be opened, or written; every method raises it too.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with _named_errors(path):
            self._connection = _open_state(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def get_page(self, url: str) -> PageState | None:
        """Return what is remembered of a page, None for nothing."""
        with _named_errors(self._path):
            row = self._connection.execute(_read_sql("get_page"), {"url": url}).fetchone()
        return None if row is None else PageState(*row)

    def record(self, outcome: Outcome, raw_hash: str | None, kind: str | None = None) -> None:
        """Remember what came of a page.

        Args:
            outcome: What came.
            raw_hash: Of its content, when it came: ``schemas.RAW_DOCUMENT``.
            kind: What its content is: ``source_schemas.FETCH``.
        """
        self.record_all([(outcome, raw_hash, kind)])

    def record_all(self, records: Iterable[tuple[Outcome, str | None, str | None]]) -> None:
        """Remember what came of many pages, all of them or none.

        Args:
            records: The arguments of ``record``.
        """
        with _named_errors(self._path), self._connection:
            for outcome, raw_hash, kind in records:
                self._record(outcome, raw_hash, kind)

    def forget_pages(self) -> None:
        """Forget what came of all pages; what lists hold stays."""
        with _named_errors(self._path), self._connection:
            self._connection.execute(_read_sql("forget_pages"))

    def _record(self, outcome: Outcome, raw_hash: str | None, kind: str | None) -> None:
        """Write what came of a page, within a transaction."""
        values: dict[str, str | int | None] = {"url": outcome.url, "fetched_at": _count_us(outcome.fetched_at)}
        match outcome:
            case Fetched():
                validators = {"etag": outcome.etag, "last_modified": outcome.last_modified}
                values |= {**validators, "final_url": outcome.final_url, "raw_hash": raw_hash, "kind": kind}
                self._connection.execute(_read_sql("put_fetched"), values)
            case Unmodified():
                self._connection.execute(_read_sql("put_unmodified"), values)
            case Failure():
                status: PageStatus = "gone" if outcome.is_final else "failed"
                self._connection.execute(_read_sql("put_failure"), {**values, "status": status})

    def put_entries(self, parent_url: str, entries: Iterable[tuple[str, str | None]], seen_at: int) -> None:
        """Remember what a parent lists now, instead of what it listed before.

        What it lists no longer is asked for once more: who withdraws an article takes it off the list, too. What was
        never settled by then, or is gone and was there, stays pending.

        Args:
            parent_url: The feed, sitemap or page.
            entries: Address and hints.
            seen_at: When it was read, microseconds since 1970, UTC.
        """
        rows = [{"parent_url": parent_url, "url": url, "hints": hints, "seen_at": seen_at} for url, hints in entries]
        with _named_errors(self._path), self._connection:
            self._connection.execute(_read_sql("drop_settled_entries"), {"parent_url": parent_url})
            self._connection.execute(_read_sql("unlist_entries"), {"parent_url": parent_url})
            self._connection.executemany(_read_sql("put_entry"), rows)

    def list_entries(self, parent_url: str) -> list[EntryState]:
        """Return what a parent lists and what of it is pending, as they were first seen."""
        with _named_errors(self._path):
            rows = self._connection.execute(_read_sql("list_entries"), {"parent_url": parent_url}).fetchall()
        return [EntryState(url, hints, seen_at, bool(is_listed)) for url, hints, seen_at, is_listed in rows]


@contextmanager
def _named_errors(path: Path) -> Iterator[None]:
    """Give what SQLite and the disk say a name that a person is told.

    Raises:
        FetchStateError: The file cannot be opened, read or written.
    """
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        message = f"cannot use {path}: {error}; make room or mend it, then run again"
        raise FetchStateError(message) from error


def _open_state(path: Path) -> sqlite3.Connection:
    """Return the file, open and of this version; one that is not so is set aside before."""
    try:
        return _connect(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        aside = path.with_name(path.name + ".damaged")
        LOGGER.warning("%s cannot be used (%s): set aside as %s, begun anew", path, error, aside.name)
        path.replace(aside)
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    """Return the file, open; sqlite3.DatabaseError when it is damaged or of another version."""
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Check a file and make its tables; sqlite3.DatabaseError when it is damaged or of another version."""
    with closing(connection.execute("pragma quick_check(1)")) as cursor:
        (verdict,) = cursor.fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)
    with closing(connection.execute("pragma user_version")) as cursor:
        (version,) = cursor.fetchone()
    if version not in (0, _VERSION):
        raise sqlite3.DatabaseError(f"version {version}, not {_VERSION}")
    with connection:
        connection.execute(_read_sql("create_page"))
        connection.execute(_read_sql("create_entry"))
        connection.execute(f"pragma user_version = {_VERSION:d}")


def _count_us(moment: datetime) -> int:
    """Return microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


@cache
def _read_sql(name: str) -> str:
    """Return one of the statements in sql/."""
    return files("flows.fetch").joinpath("sql", f"{name}.sql").read_text("utf-8")
