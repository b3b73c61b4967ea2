"""Ask a large warehouse and SQLite, which has indexes, the same three questions in turn.

    PYTHONPATH=. python tests/benchmarks/ask_sqlite.py STAR.duckdb COPY.sqlite [--rounds 5]

The copy has dim_entity and fact_article_entity, and an index each on name, on entity and day, and on article and
entity; it is made when it is not there, which takes minutes at a million articles. Both are given the same SQL. Figures
as in ``ask_star.py``.
"""

import argparse
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import duckdb

from warehouse.query_process import connect_locked

QUESTIONS: Final = {
    "days of one entity": """
        select named.published_date_key, count(*), count(distinct named.story_key)
        from fact_article_entity as named
        inner join dim_entity as entity on named.entity_key = entity.entity_key
        where entity.name = 'Finland' and named.is_current_version
        group by named.published_date_key order by named.published_date_key
    """,
    "articles that name two": """
        select count(*), count(distinct one.story_key)
        from dim_entity as first_entity
        inner join fact_article_entity as one on first_entity.entity_key = one.entity_key
        inner join fact_article_entity as other on one.article_key = other.article_key
        inner join dim_entity as second_entity on other.entity_key = second_entity.entity_key
        where first_entity.name = 'Finland' and second_entity.name = 'Turkey' and one.is_current_version
    """,
    "ten most named": """
        select entity_key, count(*) from fact_article_entity where is_current_version
        group by entity_key order by count(*) desc, entity_key limit 10
    """,
}
TABLES: Final = {
    "dim_entity": "entity_key, name",
    "fact_article_entity": "article_key, entity_key, published_date_key, story_key, is_current_version",
}
INDEXES: Final = (
    "create index entity_name on dim_entity (name)",
    "create index named_entity on fact_article_entity (entity_key, published_date_key)",
    "create index named_article on fact_article_entity (article_key, entity_key)",
    "analyze",
)


def copy_star(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the tables into a SQLite file, and their indexes."""
    with closing(sqlite3.connect(path)) as copy, copy:
        for table, columns in TABLES.items():
            copy.execute(f"create table {table} ({columns})")
            marks = ", ".join("?" for _ in columns.split(","))
            for batch in con.sql(f"select {columns} from {table}").to_arrow_reader(100_000):  # noqa: S608 - names above
                rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
                copy.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608 - names above
        for statement in INDEXES:
            copy.execute(statement)


def measure(ask: Callable[[str], list[Any]], sql: str) -> tuple[list[Any], float, float]:
    """Return an answer, and the milliseconds of CPU and wall it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    rows = ask(sql)
    return rows, (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def compare(asks: list[Callable[[str], list[Any]]], name: str, rounds: int) -> None:
    """Print a line of the table.

    Raises:
        SystemExit: The answers differ.
    """
    answers: list[list[list[Any]]] = [[] for _ in asks]
    figures: list[list[tuple[float, float]]] = [[] for _ in asks]
    for _ in range(rounds + 1):
        for ask, answer, taken in zip(asks, answers, figures, strict=True):
            rows, cpu_ms, wall_ms = measure(ask, QUESTIONS[name])
            answer.append(rows)
            taken.append((cpu_ms, wall_ms))
    if answers[0][0] != answers[1][0]:
        raise SystemExit(f"{name}: the answers differ")
    # The first time is left out.
    columns = [column for taken in figures for column in zip(*taken[1:], strict=True)]
    cells = [f"{statistics.median(column):,.0f}" for column in columns]
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Read the command line, copy, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("star", type=Path, help="a file of make_star.py")
    parser.add_argument("copy", type=Path, help="the SQLite file")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if not arguments.star.exists():
        parser.error(f"{arguments.star} is not there: make_star.py makes one")
    with closing(connect_locked(str(arguments.star))) as con:
        if not arguments.copy.exists():
            copy_star(con, arguments.copy)
        with closing(sqlite3.connect(arguments.copy)) as copy:
            print("| question | DuckDB CPU ms | wall ms | SQLite CPU ms | wall ms |")
            asks = [lambda sql: con.execute(sql).fetchall(), lambda sql: copy.execute(sql).fetchall()]
            for name in QUESTIONS:
                compare(asks, name, arguments.rounds)


if __name__ == "__main__":
    main()
