"""``dateline export``: the warehouse as files for other programs and people, with or without the text of articles."""

import re
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from flows.commands.failures import reporting_failures

if TYPE_CHECKING:
    from flows.steps.export import ExportResult


_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class Format(StrEnum):
    """What kind of files are written."""

    PARQUET = "parquet"
    CSV = "csv"
    DUCKDB = "duckdb"


def export(
    context: typer.Context,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="A folder that is not there, or empty.")],
    *,
    form: Annotated[
        Format, typer.Option("--format", help="parquet, csv: facts by month; duckdb: one file with marts and macros.")
    ] = Format.PARQUET,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE", help="First day (UTC) of publication."),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to-date", formats=["%Y-%m-%d"], metavar="DATE", help="Last day, inclusive.")
    ] = None,
    without_text: Annotated[
        bool,
        typer.Option("--without-text", help="An edition to share: no text of articles, no paths, no names of staff."),
    ] = False,
    tables: Annotated[str | None, typer.Option(metavar="T,T", help="Tables, with commas between. [all]")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an earlier export in DIR.")] = False,
) -> None:
    """Write the warehouse as Parquet, CSV or a DuckDB file, with a data dictionary beside it.

    Example: dateline --home news export --to shared --without-text --from 2026-01-01
    """
    from flows.home import Home  # noqa: PLC0415  --help answers without the libraries
    from flows.progress import report_steps  # noqa: PLC0415  the same
    from flows.steps.export import export_warehouse  # noqa: PLC0415  the same
    from warehouse.export import ExportFormat, ExportOptions  # noqa: PLC0415  the same

    options = ExportOptions(
        form=ExportFormat(form.value),
        first_date=None if first is None else first.date(),
        last_date=None if last is None else last.date(),
        has_text=not without_text,
        tables=_split_names(tables),
    )
    with reporting_failures("dateline export", interrupted=f"{to} is as it was"):
        _require_folder(to)
        _require_order(first, last)
        with report_steps() as report:
            done = export_warehouse(Home(context.obj.home), to, options, has_overwrite=overwrite, report=report)
    _print_result(done)


def _split_names(given: str | None) -> tuple[str, ...]:
    return () if given is None else tuple(name.strip() for name in given.split(",") if name.strip())


def _require_folder(to: Path) -> None:
    """Refuse a day in place of the folder: elsewhere --to is the last day.

    Raises:
        UsageError: It is one.
    """
    from flows.errors import UsageError  # noqa: PLC0415  --help answers without the libraries

    if _DAY.fullmatch(str(to)) is not None:
        raise UsageError(f"--to is the folder, and {to} a day: say --to-date {to}, and --to with a folder")


def _require_order(first: datetime | None, last: datetime | None) -> None:
    """Refuse an interval that has no day.

    Raises:
        UsageError: The last day lies before the first.
    """
    from flows.errors import UsageError  # noqa: PLC0415  --help answers without the libraries

    if first is not None and last is not None and last < first:
        raise UsageError(f"--to-date {last:%Y-%m-%d} lies before --from {first:%Y-%m-%d}")


def _print_result(done: "ExportResult") -> None:
    """Print what was written: a line a table, and the sum."""
    from flows.terminal import make_console, print_rows  # noqa: PLC0415  --help answers without the libraries

    sizes: dict[str, list[int]] = {}
    for file in done.files:
        total = sizes.setdefault(file.table or file.name, [0, 0, 0])
        for place, value in enumerate((1, file.row_count, file.byte_count)):
            total[place] += value
    rows = [
        dict(zip(("table", "file_count", "row_count", "bytes"), (name, *total), strict=True))
        for name, total in sizes.items()
    ]
    console = make_console()
    print_rows(console, "written", rows, ("table", "file_count", "row_count", "bytes"))
    size = sum(file.byte_count for file in done.files)
    typer.echo(f"\n{done.folder}: {len(done.files):,} files, {size / 1e6:,.1f} MB, README.md with the data dictionary")
