"""``dateline diff``: what two warehouses differ in."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.failures import FAILED, reporting_failures

DIFFERENT = 1
FAILED_BESIDE_DIFFERENT = 2
"""What a failure is where 1 says that they differ, as git and diff have it."""

MAX_LIMIT = 100_000


class DiffFormat(StrEnum):
    """How the differences are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def diff(
    a: Annotated[Path, typer.Argument(metavar="A", help="A home, or a warehouse file.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="Another.")],
    *,
    form: Annotated[DiffFormat, typer.Option("--format", help="How to write it.")] = DiffFormat.TEXT,
    limit: Annotated[
        int | None,
        typer.Option(min=0, max=MAX_LIMIT, help="Entities and articles listed at most, each. [text 20, else 1000]"),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 when they differ, 2 when that cannot be told.")
    ] = False,
) -> None:
    """Show what two warehouses differ in: rows of tables, entities merged and split, articles that changed.

    Which load wrote a row, when, and from where is left out (dim_run, run_key, ingested_*). Neither file is changed.
    The exit status is 0 whether they differ or not, unless --exit-code is given.

    Example: dateline diff news backup/warehouse.duckdb
    """
    from flows.diff_report import list_changes, print_difference  # noqa: PLC0415  --help answers without the libraries
    from flows.progress import report_steps  # noqa: PLC0415  the same
    from warehouse.diff import compare_warehouses  # noqa: PLC0415  the same

    paths = _find_file(a), _find_file(b)
    if limit is None:
        limit = 20 if form is DiffFormat.TEXT else 1000
    with reporting_failures("dateline diff", failed=FAILED_BESIDE_DIFFERENT if exit_code else FAILED):
        _require_two(*paths)
        with report_steps() as report:
            found = compare_warehouses(*paths, row_limit=limit, report=report)
    if form is DiffFormat.TEXT:
        print_difference(found, *paths)
    elif form is DiffFormat.JSON:
        _print_json(found)
    else:
        _print_csv(list_changes(found))
    if exit_code and not found.is_empty:
        raise typer.Exit(DIFFERENT)


def _find_file(path: Path) -> Path:
    """Return the warehouse of a home, or the file itself."""
    from flows.home import Home  # noqa: PLC0415  --help answers without the libraries

    return Home(path).warehouse_path if path.is_dir() else path


def _require_two(a: Path, b: Path) -> None:
    """Refuse to compare a file with itself.

    Raises:
        UsageError: Both names lead to one file.
    """
    from flows.errors import UsageError  # noqa: PLC0415  --help answers without the libraries

    if a.exists() and b.exists() and a.samefile(b):
        raise UsageError(f"{a} and {b} are the same file: name two warehouses")


def _print_json(found: object) -> None:
    from dataclasses import asdict  # noqa: PLC0415  only this form needs it

    import orjson  # noqa: PLC0415  the same

    typer.echo(orjson.dumps(asdict(found), option=orjson.OPT_INDENT_2 | orjson.OPT_NAIVE_UTC).decode())  # type: ignore[call-overload]  # a dataclass


def _print_csv(rows: "list[dict[str, object]]") -> None:
    import csv  # noqa: PLC0415  only this form needs it
    import sys  # noqa: PLC0415  the same

    from flows.diff_report import CHANGE_COLUMNS  # noqa: PLC0415  the same

    writer = csv.DictWriter(sys.stdout, CHANGE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
