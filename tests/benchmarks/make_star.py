"""Make a large warehouse out of nothing: so many articles, some 30 mentions each, with the skew of news.

    PYTHONPATH=. python tests/benchmarks/make_star.py STAR.duckdb --articles 1000000 [--check]
    PYTHONPATH=. python tests/benchmarks/make_star.py COPY.duckdb --unsorted STAR.duckdb

For those who measure how fast the warehouse is at a size that nobody's sample has. The schema is that of the
migrations, the rows are plain SQL inserts (``star/``, a step a file, where what is realistic is said), all facts and
totals agree, so that the checks pass. Names are made of syllables, but for eight that the query guide asks for.

Its facts lie in the order of entity and day. ``--unsorted`` makes a copy of a star in which all that ``dateline
compact`` lays out lies in random order, all else the same: what the order is worth is the difference between the two.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import duckdb

from transforms.linking.blocking import block_names
from warehouse.checks import find_failure, list_checks
from warehouse.connection import connect
from warehouse.load_entities import load_blocks, read_unblocked
from warehouse.migrate import apply_migrations
from warehouse.scripts import list_scripts, run_tables

STEPS: Final = Path(__file__).parent / "star"
PART_COUNT: Final = 16
"""Facts are made in so many parts, so that a part fits into memory. ``star/06_mention.sql`` says the same number."""

DRAFT_TABLES: Final = """
    create table draft.mention (
        text_number bigint, entity_key bigint, field varchar, sentence_number integer, start_char integer,
        end_char integer, surface_text varchar, label varchar, full_name varchar, rule varchar, score double,
        alias_key varchar
    );
    create table draft.body (text_number bigint, body varchar, mention_count integer);
    create table draft.paired (text_number bigint, entity_key bigint, mention_count integer, sentence_bits hugeint);
"""


def make_star(path: Path, *, article_count: int, seed: int, memory_limit: str) -> None:
    """Write a star.

    Args:
        path: The file; it must not exist.
        article_count: Articles; versions are 2 % more.
        seed: Another seed, another star.
        memory_limit: Memory the database may use, as DuckDB spells it.
    """
    draft = path.with_suffix(".draft")
    with closing(connect(path, memory_limit=memory_limit)) as con:
        apply_migrations(con)
        con.execute(f"attach '{draft}' as draft")
        con.execute("set variable seed = ?", [seed])
        con.execute(DRAFT_TABLES)
        for step in sorted(STEPS.glob("*.sql")):
            with timed(step.stem):
                run_step(con, step, article_count)
            if step.stem == "02_day":
                run_tables(con, "calendar", "dim_date")
            if step.stem == "08_entity":
                with timed("blocks of names"):
                    block_all_names(con)
        run_tables(con, "counts", "source_day_total")
        con.execute("detach draft")
        con.execute("checkpoint")
    draft.unlink()


def run_step(con: duckdb.DuckDBPyConnection, step: Path, article_count: int) -> None:
    """Run the statements of a step; all of them once a part, when it has parts."""
    statements = con.extract_statements(step.read_text(encoding="utf-8"))
    is_by_part = any("part" in statement.named_parameters for statement in statements)
    for part in range(PART_COUNT if is_by_part else 1):
        given = {"article_count": article_count, "part": part}
        for statement in statements:
            con.execute(statement, {name: given[name] for name in statement.named_parameters})


def block_all_names(con: duckdb.DuckDBPyConnection) -> None:
    """Put every name into its blocks, by the rules of the resolver, as a load does that looks at all names again."""
    con.execute("create temp table touched_name as select observed_key from observed_entity")
    for names in read_unblocked(con):
        load_blocks(con, block_names(names))


def copy_unsorted(star: Path, path: Path, memory_limit: str) -> None:
    """Write a copy of a star in which what is laid out for reading is in random order.

    Args:
        star: The star.
        path: The copy; it must not exist.
        memory_limit: Memory the database may use, as DuckDB spells it.
    """
    with closing(connect(path, memory_limit=memory_limit)) as con:
        apply_migrations(con)
        con.execute(f"attach '{star}' as star (read_only)")
        tables = con.execute("select table_name from duckdb_tables() where database_name = 'star'").fetchall()
        laid_out = {Path(name).stem for name in list_scripts("sql/compact")}
        for (table,) in tables:
            order = f"order by hash({table})" if table in laid_out else ""
            with timed(f"copy {table}"):
                # Names come from the catalogue of our own migrations.
                con.execute(f'delete from "{table}"')  # noqa: S608 - see above
                con.execute(f'insert into "{table}" by name select * from star."{table}" {order}')  # noqa: S608 - same
        con.execute("checkpoint")


def check_star(path: Path, memory_limit: str) -> None:
    """Run every check of the warehouse and print what it took.

    Args:
        path: The star.
        memory_limit: Memory the database may use, as DuckDB spells it.

    Raises:
        SystemExit: Some found bad rows.
    """
    failures = []
    with closing(connect(path, read_only=True, memory_limit=memory_limit)) as con:
        for name in list_checks():
            with timed(f"check {name}"):
                failures.append(find_failure(con, name))
    if any(failures):
        raise SystemExit("\n".join(f"{path}: {failure}" for failure in failures if failure is not None))


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print what a block took: CPU seconds of all threads, and seconds of wall."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    cpu_seconds, wall_seconds = time.process_time() - cpu, time.perf_counter() - wall
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:42} {cpu_seconds:8.2f} s CPU {wall_seconds:8.2f} s wall {peak_mb:7.0f} MB peak so far", flush=True)


def main() -> None:
    """Read the command line, make the star."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="the file to write")
    parser.add_argument("--articles", type=int, default=20_000, help="1000 at least")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unsorted", type=Path, metavar="STAR", help="copy this star, its facts in random order")
    parser.add_argument("--check", action="store_true", help="run the checks of the warehouse, too")
    parser.add_argument("--memory", default="6GB", help="memory the database may use")
    arguments = parser.parse_args()
    if arguments.path.exists():
        parser.error(f"{arguments.path} is there: name a new file")
    if arguments.articles < 1000:
        parser.error(f"--articles {arguments.articles}: 1000 at least")
    if arguments.unsorted is None:
        make_star(arguments.path, article_count=arguments.articles, seed=arguments.seed, memory_limit=arguments.memory)
    elif arguments.unsorted.exists():
        copy_unsorted(arguments.unsorted, arguments.path, arguments.memory)
    else:
        parser.error(f"{arguments.unsorted} is not there: make a star first")
    if arguments.check:
        check_star(arguments.path, arguments.memory)


if __name__ == "__main__":
    main()
