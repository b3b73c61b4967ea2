"""Export: the published warehouse as a folder of files for others, whole or not at all.

The folder is written aside and renamed into place. It says of itself what it is: ``README.md`` for people, with the
data dictionary, and ``manifest.json`` for programs, by which a later export knows that it may replace it.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import orjson

from flows import __version__
from flows.errors import DatelineError, UsageError
from flows.home import Home
from warehouse.dictionary import Relation, render_relations
from warehouse.export import UNDATED, ExportedFile, ExportFormat, ExportOptions, export_tables, list_exported
from warehouse.migrate import list_migrations
from warehouse.published import open_published

MANIFEST_NAME: Final = "manifest.json"
README_NAME: Final = "README.md"

_READING: Final = {
    ExportFormat.PARQUET: "DuckDB: `from read_parquet('fact_article/*/*.parquet', hive_partitioning = false)`; "
    'polars: `pl.scan_parquet("fact_article/**/*.parquet", hive_partitioning=False)`.',
    ExportFormat.CSV: 'UTF-8 with a heading; timestamps are UTC; an empty field is null, an empty text is `""`. '
    "DuckDB: `from read_csv('fact_article/*/*.csv', hive_partitioning = false)`.",
    ExportFormat.DUCKDB: "DuckDB 1.5 or newer: `duckdb -readonly warehouse.duckdb`; or `dateline --home FOLDER sql`. "
    "It has the marts and macros, and is for reading: do not load articles into it.",
}

_WITHOUT_TEXT: Final = """\
## What is not in it

This edition has no text of the articles: neither their bodies nor summaries, quotations and pictures, and nothing of
the machine on which they were collected (paths, what was refused, who corrected what). Headlines, bylines and addresses
are in it: they cite an article and lead to it. So are names as they stand in the text, with their places in it."""

_RIGHTS: Final = """\
The articles, their headlines and their bylines are their publishers'. What `dim_source.licence` says of an outlet is
what was agreed with it. Dateline's own licence is of its code, and gives no right to them. `dim_place` is
from GeoNames (https://www.geonames.org), under CC BY 4.0: name them where you use it."""


@dataclass(frozen=True, kw_only=True)
class ExportResult:
    """What an export left behind.

    Attributes:
        folder: Where.
        files: What was written, without README and manifest.
    """

    folder: Path
    files: Sequence[ExportedFile]


def export_warehouse(
    home: Home, folder: Path, options: ExportOptions, *, has_overwrite: bool, report: Callable[[str], None]
) -> ExportResult:
    """Write the published warehouse of a home as a folder of files.

    Args:
        home: The home.
        folder: Where to. It is not there, empty, or an earlier export that may be replaced.
        options: What is exported.
        has_overwrite: Whether an earlier export may be replaced.
        report: Told what is being written.

    Raises:
        UsageError: The folder has something else, belongs to the home, or a table is not known.
        DatelineError: The folder cannot be written.
        WarehouseError: The warehouse cannot be read.
    """
    folder = folder.absolute()
    _require_free(home, folder, has_overwrite=has_overwrite)
    _require_tables(home, options)
    with _written_aside(folder) as aside:
        relations, files = export_tables(home.warehouse_path, aside, options, report=report)
        manifest = {
            "dateline_version": __version__,
            "schema_version": list_migrations()[-1].version,
            **{name: value for name, value in asdict(options).items() if name != "tables"},
            "files": [asdict(file) for file in files],
        }
        (aside / MANIFEST_NAME).write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
        (aside / README_NAME).write_text(_render_readme(relations, options), encoding="utf-8")
    return ExportResult(folder=folder, files=files)


def _require_free(home: Home, folder: Path, *, has_overwrite: bool) -> None:
    """Refuse a folder that is somebody else's.

    Raises:
        UsageError: It has something that is no export, or an export that may not be replaced.
    """
    inside = Home(home.path.resolve())
    if inside.owns(folder.resolve()) or inside.path.is_relative_to(folder.resolve()):
        raise UsageError(f"{folder} belongs to the warehouse: export to a folder of its own")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: name a folder")
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / MANIFEST_NAME).is_file() or not (folder / README_NAME).is_file():
        raise UsageError(f"{folder} is not empty, and no earlier export: name another folder")
    if not has_overwrite:
        raise UsageError(f"{folder} has an earlier export: name another folder, or say --overwrite")


def _require_tables(home: Home, options: ExportOptions) -> None:
    """Refuse names that are no public table.

    Raises:
        UsageError: There is no such table, or an export like this does not have it.
    """
    with open_published(home.warehouse_path) as con:
        found = {relation.name for relation in list_exported(con, options)}
    unknown = [name for name in options.tables if name not in found]
    if unknown:
        raise UsageError(
            f"no table {', '.join(unknown)} in such an export: the data dictionary (warehouse/README.md) has "
            "the public ones; marts are written by: dateline sql -o FILE"
        )


@contextmanager
def _written_aside(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside one, and put it in its place when the block ends well.

    Raises:
        DatelineError: The disk refuses.
    """
    mark = f"{os.getpid()}-{secrets.token_hex(4)}"
    aside, former = (folder.with_name(f".{folder.name}.{kind}-{mark}") for kind in ("new", "old"))
    try:
        aside.mkdir(parents=True)
        yield aside
        if folder.exists():
            folder.rename(former)
        aside.rename(folder)
    except OSError as error:
        raise DatelineError(f"cannot write {folder}: {error.strerror or error}") from error
    finally:
        if former.exists() and not folder.exists():
            former.rename(folder)
        for left in (aside, former):
            shutil.rmtree(left, ignore_errors=True)


def _render_readme(relations: Sequence[Relation], options: ExportOptions) -> str:
    """Return what the folder says of itself."""
    bounds = f"published from {options.first_date or 'the beginning'} to {options.last_date or 'the end'} (UTC)"
    rows = "Facts and articles " + (bounds if options.is_cut else "of all days") + "; other tables are whole."
    layout = f"A fact is a file a month of publication (`month=2026-11`, `month={UNDATED}`), any other table one file."
    blocks = [
        "# News warehouse: an export",
        f"Written by Dateline {__version__}. {rows} Counts in dimensions are those of the whole warehouse.",
        "## Reading it",
        *([] if options.form is ExportFormat.DUCKDB else [layout]),
        _READING[options.form],
        *([] if options.has_text else [_WITHOUT_TEXT]),
        "## Rights",
        _RIGHTS,
        "## Tables",
        render_relations(relations),
    ]
    return "\n\n".join(blocks) + "\n"
