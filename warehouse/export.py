"""The public tables of a warehouse as files that other programs read, for ``dateline export``.

Facts are written a file a month of publication, dimensions a file each, so that memory holds a month at most. Tables
that are internal to the load are left out; so is, in an edition without text, what the publishers wrote
(``TEXT_TABLES`` and ``TEXT_COLUMNS``), and what tells of the machine that it was collected on.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from warehouse.connection import Connection, connect, quote_text, translated_errors
from warehouse.contents import list_content_columns, list_key_columns, quote_name
from warehouse.dictionary import Relation, read_relations
from warehouse.load_counts import refresh_counts
from warehouse.migrate import apply_migrations
from warehouse.published import open_published
from warehouse.read_back import read_through

TEXT_TABLES: Final = frozenset({
    "article_body",  # the works themselves
    "article_provenance", "rejected_document", "source_fetch",  # paths and addresses on the machine of who collected
    "human_decision",  # who decided, in their own words
})  # fmt: skip
"""Tables that an edition without text does not have."""

TEXT_COLUMNS: Final = frozenset({"description", "quote_text", "ingested_uri", "raw_hash", "image_url", "error"})
"""Columns that an edition without text does not have, in whichever table: summaries and quotations that publishers
wrote, addresses of their pictures, where documents lay, and messages that may say so. Headline and url stay: they cite
the article and lead to it, as GDELT and Media Cloud publish them; so does surface_text, which is a name."""

DATABASE_NAME: Final = "warehouse.duckdb"
"""What the file of the format duckdb is called: so its folder is a home for ``dateline sql``."""

UNDATED: Final = "undated"
_ALL_KEYS: Final = (-2, 99991231)
_MONTHLY: Final = ("fact_", "bridge_", "article_body")
_COUNTED_TABLES: Final = ("counted_version", "entity_total", "entity_day_total", "pair_total", "source_day_total")
"""Internal tables that marts look into; a database has them, too."""


class ExportFormat(StrEnum):
    """What kind of files are written."""

    PARQUET = "parquet"
    CSV = "csv"
    DUCKDB = "duckdb"


@dataclass(frozen=True, kw_only=True)
class ExportOptions:
    """What is exported.

    Attributes:
        form: What kind of files.
        first_date: The first day (UTC) of publication; None for no bound. With a bound, what is undated is left out.
        last_date: The last day, inclusive; None for no bound.
        has_text: Whether the words of articles are in it.
        tables: Tables, by name; empty for all that are public.
    """

    form: ExportFormat
    first_date: date | None = None
    last_date: date | None = None
    has_text: bool = True
    tables: tuple[str, ...] = ()

    @property
    def date_keys(self) -> tuple[int, int]:
        """The bounds as keys of dim_date, inclusive."""
        if self.first_date is None and self.last_date is None:
            return _ALL_KEYS
        first, last = self.first_date or date.min, self.last_date or date.max
        return int(f"{first:%Y%m%d}"), int(f"{last:%Y%m%d}")

    @property
    def is_cut(self) -> bool:
        """Whether there is a bound."""
        return self.date_keys != _ALL_KEYS


@dataclass(frozen=True, kw_only=True)
class ExportedFile:
    """A file that was written.

    Attributes:
        name: Its path in the folder, with slashes.
        table: The table; empty for a database, which has several.
        row_count: Rows in it.
        byte_count: Its size.
    """

    name: str
    table: str
    row_count: int
    byte_count: int


@dataclass(frozen=True)
class _Part:
    """A part of a table: where it goes, and its rows."""

    name: str
    table: str
    query: str


def list_exported(con: Connection, options: ExportOptions) -> list[Relation]:
    """Return the tables of an export with the columns that it has of them, by name.

    Args:
        con: The published warehouse.
        options: What is exported.
    """
    views = {name for (name,) in con.execute("select view_name from duckdb_views() where not internal").fetchall()}
    hidden = views | {"schema_migration"} | (frozenset() if options.has_text else TEXT_TABLES)
    public = [one for one in read_relations(con) if not one.is_internal and one.name not in hidden]
    chosen = [one for one in public if not options.tables or one.name in options.tables]
    return [Relation(one.name, one.comment, tuple(_keep_columns(one, options))) for one in chosen]


def export_tables(
    path: Path, folder: Path, options: ExportOptions, *, report: Callable[[str], None] = lambda _: None
) -> tuple[list[Relation], list[ExportedFile]]:
    """Write the tables of a published warehouse into an empty folder.

    Args:
        path: The published warehouse.
        folder: Where to; there is nothing in it.
        options: What is exported.
        report: Told what is being written.

    Returns:
        The tables with the columns that were written, and the files.

    Raises:
        MissingWarehouseError: Nothing was published yet.
        MigrationError: The file was written by newer code, or by older code.
        WarehouseFullError: Disk or memory ran out.
        WarehouseError: The file cannot be read, or the folder not be written.
    """
    with open_published(path) as con, translated_errors(folder / "export"):
        relations = list_exported(con, options)
        if options.form is ExportFormat.DUCKDB:
            return relations, [_write_database(path, folder / DATABASE_NAME, relations, options, report)]
        return relations, [
            _write_part(con, part, folder, options.form, report) for part in _list_parts(con, relations, options)
        ]


def _keep_columns(relation: Relation, options: ExportOptions) -> Iterator[tuple[str, str, str]]:
    return (column for column in relation.columns if options.has_text or column[0] not in TEXT_COLUMNS)


def _list_parts(con: Connection, relations: Sequence[Relation], options: ExportOptions) -> Iterator[_Part]:
    """Yield the files: a month of a fact, all of another table."""
    ending = options.form.value
    for relation in relations:
        columns = [name for name, _, _ in relation.columns]
        listed = ", ".join(quote_name(name) for name in columns)
        keys = ", ".join(quote_name(key) for key in list_key_columns(relation.name, list_content_columns(columns)))
        source = f"select {listed} from {quote_name(relation.name)}"  # noqa: S608  names from the catalog, quoted
        if relation.name.startswith(_MONTHLY) and _name_day(columns) is not None:
            for month, bounds in _list_months(con, relation.name, columns, options):
                name = f"{relation.name}/month={month}/{relation.name}.{ending}"
                yield _Part(name, relation.name, f"{source} where {_choose_days(columns, bounds)} order by {keys}")
        else:
            condition = _choose_days(columns, options.date_keys) if options.is_cut else "true"
            yield _Part(f"{relation.name}.{ending}", relation.name, f"{source} where {condition} order by {keys}")


def _name_day(columns: Sequence[str]) -> str | None:
    """Return the column that says of which day a row is, by itself or by its article; None where none does."""
    return next((name for name in ("published_date_key", "date_key", "article_key") if name in columns), None)


def _choose_days(columns: Sequence[str], bounds: tuple[int, int]) -> str:
    """Return the condition that a row is of some days; rows of no article (-1, -2 for all) are of all days."""
    day = _name_day(columns)
    between = f"between {bounds[0]} and {bounds[1]}"
    if day is None or "date" in columns:  # the calendar itself is whole
        return "true"
    if day == "article_key":
        chosen = f"select article_key from fact_article where published_date_key {between}"  # noqa: S608  numbers
        return f"(article_key < 0 or article_key in ({chosen}))"
    return f"{day} {between}"


def _list_months(
    con: Connection, table: str, columns: Sequence[str], options: ExportOptions
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield month and its keys of dim_date, for each that a table has rows of; one without rows where it has none."""
    day = _name_day(columns)
    table, day = ("fact_article", "published_date_key") if day == "article_key" else (table, str(day))
    first, last = options.date_keys
    query = f"select distinct {day} // 100 from {quote_name(table)} where {day} between $first and $last order by all"  # noqa: S608  names from the catalog, quoted
    months = {month for (month,) in con.execute(query, {"first": first, "last": last}).fetchall()}
    if not months:
        yield UNDATED, (0, 0)  # a file without rows: whoever reads all files of a table finds one
    for month in sorted(months):
        if month <= 0:
            yield UNDATED, (-2, -1)
        else:
            bounds = max(first, month * 100 + 1), min(last, month * 100 + 31)
            yield f"{month // 100:04}-{month % 100:02}", bounds


def _write_part(
    con: Connection, part: _Part, folder: Path, form: ExportFormat, report: Callable[[str], None]
) -> ExportedFile:
    """Write one file."""
    report(part.name)
    path = folder / part.name
    path.parent.mkdir(parents=True, exist_ok=True)
    shape = "format parquet, compression zstd" if form is ExportFormat.PARQUET else "format csv, header"
    ((row_count,),) = con.execute(f"copy ({part.query}) to {quote_text(str(path))} ({shape})").fetchall()
    return ExportedFile(name=part.name, table=part.table, row_count=row_count, byte_count=path.stat().st_size)


def _write_database(
    published: Path, path: Path, relations: Sequence[Relation], options: ExportOptions, report: Callable[[str], None]
) -> ExportedFile:
    """Write a database with the schema, marts and macros of a warehouse; what is left out is empty there."""
    row_count = 0
    with closing(connect(path)) as con:
        apply_migrations(con)
        con.execute(f"attach {quote_text(str(published.absolute()))} as published (read_only)")
        for relation in relations:
            report(relation.name)
            row_count += _copy_table(con, relation, options)
        if options.is_cut:
            con.execute("insert into pending_article select article_key from fact_article")
            refresh_counts(con)
            con.execute("delete from unplaced_entity")  # places are those of the published file
        else:
            for table in _COUNTED_TABLES:
                con.execute(f"insert into {table} by name select * from published.main.{table}")  # noqa: S608  constants
        con.execute("detach published")
        con.execute("checkpoint")
    read_through(path)
    return ExportedFile(name=path.name, table="", row_count=row_count, byte_count=path.stat().st_size)


def _copy_table(con: Connection, relation: Relation, options: ExportOptions) -> int:
    """Fill a table of a new database, and return how many rows it has; columns that are left out are null or empty."""
    table = quote_name(relation.name)
    kept = [name for name, _, _ in relation.columns]
    left = _list_required(con, relation.name, kept)
    listed = ", ".join([*map(quote_name, kept), *(f"'' as {quote_name(name)}" for name in left)])
    condition = _choose_days(kept, options.date_keys) if options.is_cut else "true"
    condition = condition.replace("from fact_article", "from published.main.fact_article")
    con.execute(f"delete from {table}")  # noqa: S608  names from the catalog, quoted
    query = f"insert into {table} by name select {listed} from published.main.{table} where {condition}"  # noqa: S608  the same
    ((row_count,),) = con.execute(query).fetchall()
    return int(row_count)


def _list_required(con: Connection, table: str, kept: Sequence[str]) -> list[str]:
    """Return the columns of a table that may not be null and are not among those kept."""
    query = (
        "select column_name from duckdb_columns() where database_name = current_database() "
        "and table_name = $table and not is_nullable order by column_index"
    )
    return [name for (name,) in con.execute(query, {"table": table}).fetchall() if name not in kept]
