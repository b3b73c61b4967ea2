"""What a person reads when a run is done: what became of the documents, who is named most, what to type next."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.steps.interval import RunResult
from flows.terminal import make_console, make_printable
from transforms.rejects import REASONS
from warehouse.load import RunRecord
from warehouse.load_decisions import ExternalCounts
from warehouse.status import Row, Status, read_status

TOP_NAME_COUNT = 5
MAX_NAME_CHAR_COUNT = 60
MAX_UNMET_SOURCE_COUNT = 10
REFUSED_QUERY = "select reason, detail, uri from rejected_document order by rejected_at desc"
FIRST_QUERY = (
    "select name, entity_type, count(*) from fact_entity_mention join dim_entity using (entity_key) "
    "group by all order by 3 desc limit 10"
)


def print_summary(result: RunResult, *, home: Path, console: Console | None = None) -> None:
    """Print the summary of a run to standard output.

    Args:
        result: What the run did.
        home: DIR as it was given, for the commands to type next.
        console: Where to print; standard output when left out.
    """
    console = make_console() if console is None else console
    run, path = result.loaded.run, result.loaded.warehouse_path
    seconds = (run.finished_at - run.started_at).total_seconds()
    console.print(f"{run.read_count:,} document{'' if run.read_count == 1 else 's'} read in {seconds:,.1f} s")
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    table.add_column()
    for count, what in (
        (run.loaded_count, "loaded"),
        (run.unchanged_count, "unchanged since an earlier run"),
        (run.duplicate_count, "met twice in this run"),
        (run.rejected_count, "rejected"),
    ):
        table.add_row(f"{count:,}", what)
    console.print(table)
    for reason, count in result.loaded.reject_counts.items():
        console.print(f"        {count:,} {reason}: {REASONS[reason]}")
    if run.unsupported_count:
        console.print(f"{run.unsupported_count:,} of the loaded are in a language that no model reads: no names found")
    if run.removed_line_count:
        console.print(
            f"{run.removed_line_count:,} lines of page furniture and datelines removed (table article_removed_line)"
        )
    for line in describe_identities(result.loaded.dangling, result.loaded.external_counts):
        console.print(Text(line), soft_wrap=True)
    status = read_status(path, row_limit=TOP_NAME_COUNT)
    _print_warehouse(console, path, status)
    option = "" if home == Path("data") else f"--home {shlex.quote(str(home))} "
    _print_unmet(console, [row for row in status.unmet if row["source_id"] in result.loaded.source_ids], option)
    console.print()
    for line in _describe_end(run, option):
        console.print(Text(line), soft_wrap=True)


def _describe_end(run: RunRecord, option: str) -> Iterator[str]:
    """Yield what to type next; where nothing was loaded, that, and why."""
    if run.loaded_count:
        yield "next:"
        yield f'  dateline {option}sql "{FIRST_QUERY}"'
        yield f"  dateline {option}status"
    elif not run.read_count:
        yield "nothing was loaded: no document came"
    elif run.rejected_count:
        yield "nothing new was loaded; what was refused, and why:"
        yield f'  dateline {option}sql "{REFUSED_QUERY}"'
    else:
        yield "nothing new was loaded: all that was read was there before"


def _print_unmet(console: Console, unmet: Sequence[Row], option: str) -> None:
    """Print what was not as expected of the outlets of the run, a line each."""
    by_outlet: dict[str, list[Row]] = {}
    for row in unmet:
        by_outlet.setdefault(row["source_id"], []).append(row)
    if by_outlet:
        console.print("\nnot as expected:")
    for rows in list(by_outlet.values())[:MAX_UNMET_SOURCE_COUNT]:
        reasons = "; ".join(f"{row['date']} {row['reason']}" for row in rows)
        console.print(Text(f"  {shorten_text(rows[0]['source_name'])}: {reasons}"), soft_wrap=True)
    rest = len(by_outlet) - MAX_UNMET_SOURCE_COUNT
    if rest > 0:
        console.print(Text(f"  and {rest:,} more: dateline {option}status --sources"), soft_wrap=True)


def describe_identities(dangling: Sequence[Mapping[str, Any]], counts: ExternalCounts) -> Iterator[str]:
    """Yield what a person should know of decisions and external ids: what had no effect, and what had."""
    for decision in dangling:
        detail = shorten_text(decision["detail"])
        yield f"warning: decisions line {decision['line_number']}: {detail} here: nothing done, until it is loaded"
    if counts.matched or counts.ambiguous:
        yield (
            f"{counts.matched:,} entities have an external id from the table; {counts.ambiguous:,} have none, "
            "as several of its rows could be meant"
        )


def _print_warehouse(console: Console, path: Path, status: Status) -> None:
    """Print what the warehouse holds now."""
    held = status.holdings
    holds = f"{held.article_count:,} articles, {held.mention_count:,} mentions of {held.entity_count:,} entities"
    console.print(Text(f"\n{path} holds {holds}"), soft_wrap=True)  # a path may have what rich takes for markup
    top = ", ".join(f"{shorten_text(row['name'])} ({row['mention_count']:,})" for row in status.top_names)
    if top:
        console.print(Text(f"named most: {top}"), soft_wrap=True)


def count_articles(count: int) -> str:
    """Return so many articles, in words.

    Examples:
        >>> count_articles(1), count_articles(1200)
        ('1 article', '1,200 articles')
    """
    return f"{count:,} article{'' if count == 1 else 's'}"


def shorten_text(name: str, max_char_count: int = MAX_NAME_CHAR_COUNT) -> str:
    """Return a name on one line that cannot steer the terminal, its end cut off when it is too long for one."""
    printable = make_printable(name)
    return printable if len(printable) <= max_char_count else f"{printable[:max_char_count]}…"
