"""The raw store: every document as it came, so that all that follows can be made again without fetching.

``DIR/raw/date=<day>/<batch id>.parquet`` holds a batch of ``schemas.RAW_DOCUMENT``; beside it,
``<batch id>.rejects.parquet`` holds what could not be read on the way to it (``schemas.REJECT``), and
``<batch id>.fetches.parquet`` what was asked of servers (``source_schemas.FETCH``). The day is that of the run that
first kept the batch (UTC); the name depends on what is in it alone. A file is written once and never changed. Documents
that are refused later are kept too.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final, Self

import polars as pl

from flows.stage import copy_file, read_first_rows, read_parquet, write_parquet
from transforms.keys import compute_digest
from transforms.schemas import RAW_DOCUMENT, REJECT
from transforms.source_schemas import FETCH

_IDENTITY_COLUMNS: Final = ("uri", "external_id", "media_type", "source_hint", "raw_hash", "hints")
_KINDS: Final = {"": RAW_DOCUMENT, ".rejects": REJECT, ".fetches": FETCH}
_ID_CHAR_COUNT: Final = 64
_ADVICE: Final = (
    "put back a copy of it; without one delete it, and fetch.sqlite of that home, so that what it held is fetched again"
)
"""Unlike a stage file it cannot be made again, and servers are not asked again for what is remembered to have come."""


@dataclass(frozen=True, kw_only=True)
class RawBatch:
    """What belongs together in the raw store; a file is missing where there was nothing to put in it.

    Attributes:
        batch_id: A hash of all that is in it.
        folder: The folder of its day.
    """

    batch_id: str
    folder: Path

    @property
    def kept_at(self) -> datetime:
        """The beginning of the day (UTC) of the run that first kept it; 1970 where earlier code did not say."""
        day = self.folder.name.removeprefix("date=")
        is_day = day != self.folder.name
        return datetime.combine(date.fromisoformat(day) if is_day else date(1970, 1, 1), time(), UTC)

    @property
    def documents_path(self) -> Path:
        """``schemas.RAW_DOCUMENT``."""
        return self.folder / f"{self.batch_id}.parquet"

    @property
    def fetches_path(self) -> Path:
        """``source_schemas.FETCH``."""
        return self._name(".fetches")

    @property
    def paths(self) -> list[Path]:
        """Its files that are there."""
        return [path for kind in _KINDS if (path := self._name(kind)).exists()]

    def read_documents(self) -> pl.DataFrame:
        """Return ``schemas.RAW_DOCUMENT``.

        Raises:
            StageError: The file is damaged.
        """
        return self._read("")

    def read_rejects(self) -> pl.DataFrame:
        """Return ``schemas.REJECT``.

        Raises:
            StageError: The file is damaged.
        """
        return self._read(".rejects")

    def read_fetches(self) -> pl.DataFrame:
        """Return ``source_schemas.FETCH``.

        Raises:
            StageError: The file is damaged.
        """
        return self._read(".fetches")

    def count_documents(self) -> int:
        """Return how many documents there are.

        Raises:
            StageError: The file is damaged.
        """
        return (
            read_parquet(self.documents_path, ["raw_hash"], advice=_ADVICE).height
            if self.documents_path.exists()
            else 0
        )

    def _name(self, kind: str) -> Path:
        return self.folder / f"{self.batch_id}{kind}.parquet"

    def _read(self, kind: str) -> pl.DataFrame:
        """Return one of its files, an empty frame where there is none."""
        path = self._name(kind)
        return _conform(read_parquet(path, advice=_ADVICE), _KINDS[kind]) if path.exists() else _KINDS[kind].to_frame()


@dataclass(frozen=True)
class RawStore:
    """The raw store of a home.

    Attributes:
        folder: ``DIR/raw``.
        known: The batches that are there, by id; kept up to date by ``keep``.
    """

    folder: Path
    known: dict[str, RawBatch]

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return the store in a folder, which need not exist."""
        return cls(folder, {batch.batch_id: batch for batch in list_batches(folder)})

    def keep(
        self, documents: pl.DataFrame, rejects: pl.DataFrame, *, day: date, fetches: pl.DataFrame | None = None
    ) -> RawBatch:
        """Write what is missing of a batch, and return it. The documents are written last.

        Whatever kills a run between two files of a batch leaves one without its documents; it is made whole here.

        Args:
            documents: ``schemas.RAW_DOCUMENT``; may be empty.
            rejects: ``schemas.REJECT``; may be empty.
            day: Of the run.
            fetches: ``source_schemas.FETCH``.

        Raises:
            StageError: It cannot be written.
        """
        frames = {".fetches": FETCH.to_frame() if fetches is None else fetches, ".rejects": rejects, "": documents}
        batch_id = compute_batch_id(documents, rejects, frames[".fetches"])
        batch = self.known.get(batch_id) or RawBatch(batch_id=batch_id, folder=self.folder / f"date={day:%Y-%m-%d}")
        for kind, frame in frames.items():
            path = batch.folder / f"{batch_id}{kind}.parquet"
            if not frame.is_empty() and not path.exists():
                write_parquet(frame, path)
        self.known[batch_id] = batch
        return batch

    @property
    def has_answers(self) -> bool:
        """Whether anything in it was fetched."""
        return any(batch.fetches_path.exists() for batch in self.known.values())

    def list_answers(self) -> pl.DataFrame:
        """Return an answer of each batch that was fetched.

        The columns are batch_id, and source_id, url and fetched_at of ``source_schemas.FETCH``.

        Raises:
            StageError: A file is damaged.
        """
        paths = [path for batch in self.known.values() if (path := batch.fetches_path).exists()]
        return read_first_rows(paths, ["source_id", "url", "fetched_at"], advice=_ADVICE).select(
            pl.col("path").str.extract(r"([0-9a-f]+)\.fetches\.parquet$").alias("batch_id"),
            "source_id",
            "url",
            "fetched_at",
        )

    def adopt(self, batch: RawBatch) -> RawBatch:
        """Return a batch of another store as one of this store; what is missing of it is copied.

        Raises:
            StageError: It cannot be copied.
        """
        own = self.known.get(batch.batch_id) or RawBatch(
            batch_id=batch.batch_id, folder=self.folder / batch.folder.name
        )
        for path in reversed(batch.paths):  # the documents last, as keep does it
            if not (own.folder / path.name).exists():
                copy_file(path, own.folder / path.name)
        self.known[own.batch_id] = own
        return own


def list_batches(folder: Path) -> Iterator[RawBatch]:
    """Yield the batches that are kept in a folder, by day and name."""
    for day in sorted([*folder.glob("date=*"), *folder.glob("[0-9a-f][0-9a-f]")]):  # the latter by earlier code
        names = {path.name[:_ID_CHAR_COUNT] for path in day.glob("[0-9a-f]*.parquet")}
        yield from (RawBatch(batch_id=name, folder=day) for name in sorted(names))


def compute_batch_id(documents: pl.DataFrame, rejects: pl.DataFrame, fetches: pl.DataFrame) -> str:
    """Return the name of a batch: a hash of the documents' bytes and provenance, and of what failed, in any order.

    Args:
        documents: ``schemas.RAW_DOCUMENT``.
        rejects: ``schemas.REJECT``.
        fetches: ``source_schemas.FETCH``.
    """
    fetched = documents["fetched_at"].dt.timestamp("us").cast(pl.String)
    rows = zip(*(documents[name].fill_null("") for name in _IDENTITY_COLUMNS), fetched, strict=True)
    digests = [compute_digest(*row) for row in rows]
    for kind, frame in (("reject", rejects), ("fetch", fetches)):
        digests += [compute_digest(kind, *row) for row in frame.select(pl.all().cast(pl.String).fill_null("")).rows()]
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()


def find_documents(batches: Sequence[RawBatch], document_id: str) -> Iterator[Mapping[str, Any]]:
    """Yield the raw documents that an id names: the raw_hash or the start of it, the external id, or the address.

    Args:
        batches: Where to look.
        document_id: At least 8 digits of a hash, or the whole of another id.

    Raises:
        StageError: A batch is damaged.
    """
    is_meant = pl.col("uri").eq(document_id) | pl.col("external_id").eq(document_id)
    is_meant |= pl.col("raw_hash").str.starts_with(document_id) & (len(document_id) >= 8)  # noqa: PLR2004  as said
    for batch in batches:
        if not batch.documents_path.exists():
            continue
        # the bytes only where it is
        names = read_parquet(batch.documents_path, ["uri", "external_id", "raw_hash"], advice=_ADVICE)
        if not names.filter(is_meant).is_empty():
            yield from batch.read_documents().filter(is_meant).iter_rows(named=True)


def read_documents(path: Path) -> pl.DataFrame:
    """Return the documents of a batch, ``schemas.RAW_DOCUMENT``.

    Raises:
        StageError: The file is missing or damaged.
    """
    return _conform(read_parquet(path, advice=_ADVICE), RAW_DOCUMENT)


def _conform(frame: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """Return a frame that earlier code wrote with the columns of today."""
    missing = {name: pl.lit(None, dtype) for name, dtype in schema.items() if name not in frame.columns}
    return frame.with_columns(**missing).select(schema.names())
