"""Ask a large warehouse the questions of the query guide: what each costs, on a file laid out for reading and others.

    PYTHONPATH=. python tests/benchmarks/ask_star.py STAR.duckdb [UNSORTED.duckdb ...] [--rounds 5] [--only 05]
        [--named-in 1000]

Each file is opened as ``dateline sql`` opens it: read-only, locked, two threads, 1 GB. A question is asked once of each
file, which is the first touch, then in rounds of all files in turn; the figures are medians. CPU is the time of all
threads, and what counts on a machine that others use; wall time is given beside it. ``make_star.py`` makes the files.

The guide asks of names that every tenth article has. ``--named-in`` asks those of its questions that have a name in
them of places that so many articles name.
"""

import argparse
import re
import statistics
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from warehouse.query_process import connect_locked
from warehouse.scripts import list_scripts, read_script

NAMES: Final = ("European Central Bank", "Finland", "India", "Russia", "Saudi Arabia", "Turkey", "Washington")
"""What the guide asks of."""

OTHERS: Final = """
    select entity.name
    from dim_entity as entity
    inner join entity_total as total on entity.entity_key = total.entity_key
    where not entity.is_hidden and entity.entity_type = 'GPE'
    qualify count(*) over (partition by entity.name) = 1
    order by abs(total.article_count - $article_count), entity.entity_key
    limit $name_count
"""


@dataclass
class Figures:
    """What a question cost on a file, in milliseconds; the first time apart."""

    row_count: int = 0
    first_ms: float = 0.0
    cpu_ms: list[float] = field(default_factory=list)
    wall_ms: list[float] = field(default_factory=list)


def ask(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[int, float, float]:
    """Return the rows of an answer, all of which are read, and what it took: milliseconds of CPU and wall."""
    wall, cpu = time.perf_counter(), time.process_time()
    row_count = sum(batch.num_rows for batch in con.sql(sql).to_arrow_reader(8192))
    return row_count, (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def rename(con: duckdb.DuckDBPyConnection, sql: str, article_count: int) -> str | None:
    """Return a question of the guide, asked of places in so many articles; None where it has no name in it."""
    others = con.execute(OTHERS, {"article_count": article_count, "name_count": len(NAMES)}).fetchall()
    renamed = sql
    for name, (other,) in zip(NAMES, others, strict=True):
        renamed = re.sub(f"'{name}'", "'" + other.replace("'", "''") + "'", renamed)
    return None if renamed == sql else renamed


def measure(cons: list[duckdb.DuckDBPyConnection], sql: str, rounds: int) -> list[Figures]:
    """Ask one question of all files in turn.

    Raises:
        SystemExit: Two files give answers of different length.
    """
    figures = [Figures() for _ in cons]
    for number in range(rounds + 1):
        for con, figure in zip(cons, figures, strict=True):
            figure.row_count, cpu_ms, wall_ms = ask(con, sql)
            if number == 0:
                figure.first_ms = wall_ms
            else:
                figure.cpu_ms.append(cpu_ms)
                figure.wall_ms.append(wall_ms)
    if len({figure.row_count for figure in figures}) > 1:
        raise SystemExit(f"answers differ: {[figure.row_count for figure in figures]} rows")
    return figures


def print_row(name: str, figures: list[Figures]) -> None:
    """Print a line of the table: for each file CPU, wall and the first time; then the ratio to the first file."""
    cells = [name, f"{figures[0].row_count:,}"]
    for figure in figures:
        cpu, wall = statistics.median(figure.cpu_ms), statistics.median(figure.wall_ms)
        cells += [f"{cpu:,.0f}", f"{wall:,.0f}", f"{figure.first_ms:,.0f}"]
    base = statistics.median(figures[0].cpu_ms)
    cells += [f"{statistics.median(figure.cpu_ms) / base:,.1f}" for figure in figures[1:]]
    print("| " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    """Read the command line, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+", help="files with the same rows")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="questions whose name begins so")
    parser.add_argument("--named-in", type=int, metavar="N", help="ask of places that so many articles name")
    arguments = parser.parse_args()
    missing = [str(path) for path in arguments.paths if not path.exists()]
    if missing:
        parser.error(f"not there: {', '.join(missing)}: make_star.py makes one")
    heads = [f"{path.stem} CPU ms | wall ms | first ms" for path in arguments.paths]
    heads += [f"CPU of {path.stem}, times" for path in arguments.paths[1:]]
    print(f"| question | rows | {' | '.join(heads)} |")
    with ExitStack() as stack:
        cons = [stack.enter_context(closing(connect_locked(str(path)))) for path in arguments.paths]
        for script in list_scripts("guide"):
            name = script.rpartition("/")[2].removesuffix(".sql")
            sql = read_script(script)
            asked = sql if arguments.named_in is None else rename(cons[0], sql, arguments.named_in)
            if name.startswith(arguments.only) and asked is not None:
                print_row(name, measure(cons, asked, arguments.rounds))


if __name__ == "__main__":
    main()
