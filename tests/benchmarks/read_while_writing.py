"""Ask without pause while loads and publications run: is there an error, half a load, or a writer that waits?

    python tests/benchmarks/read_while_writing.py --minutes 10 --seed 1 [--folder FOLDER]

Four processes ask the same question over and over, whose figures agree in any state that was published and in no
other. Two ask as ``dateline sql`` does, one opens the file with plain DuckDB for each question, one keeps it open for
seconds at a time, so that it reads files that are no longer published. Beside them a home is loaded part by part.
Printed are the questions, what went wrong, the states seen, and what copying and publishing took, first without
readers, then with them. Exit status 1 when anything went wrong.
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb

from flows.workers import WorkerPool
from tests.benchmarks.calm_runs import find_warehouse, load_calmly, make_home, making_folder, require_whole
from tests.benchmarks.made_news import ARTICLE_COUNT, write_parts
from tests.benchmarks.traced_run import LOAD_END, PUBLISH_START, trace_steps
from warehouse.errors import WarehouseError
from warehouse.query import run_query

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

ALONE_COUNT: Final = 5
"""Loads before the readers begin."""

PARTS_A_MINUTE: Final = 40
"""More than there is time to load."""

HELD_SECONDS: Final = 10.0

QUESTION: Final = f"""
    with found as (
        select
            (select count(*) from dim_run) as load_count,
            (select count(distinct article_id) from dim_article where article_key >= 0) as article_count,
            (select count(*) from dim_article where article_key >= 0) as version_count,
            (select count(*) from fact_article) as fact_count,
            (select sum(mention_count) from fact_article) as mention_total,
            (select count(*) from fact_entity_mention) as mention_count,
            (select sum(article_count) from dim_story) as story_total,
            (select count(*) from fact_article where is_current_version) as current_count
    )

    select
        load_count,
        article_count = {ARTICLE_COUNT} * load_count and version_count = fact_count and mention_total = mention_count
        and story_total = current_count as is_consistent
    from found
"""  # noqa: S608  a constant of ours

Row = tuple[int, bool]
Ask = Callable[[], Row]


@dataclass
class Seen:
    """What a reader saw.

    Attributes:
        way: How it asked.
        query_count: Questions that were answered.
        longest_seconds: The longest took so long.
        states: How many loads there were, in each state that it saw.
        errors: What went wrong.
    """

    way: str
    query_count: int = 0
    longest_seconds: float = 0.0
    states: set[int] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


def main() -> int:
    """Read and write for so many minutes; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="an empty folder to work in, kept; else a temporary one")
    options = parser.parse_args()
    steps: list[tuple[str, float]] = []
    trace_steps(lambda name: steps.append((name, time.monotonic())))
    with (
        making_folder(options.folder) as folder,
        WorkerPool(worker_count=1, timeout_seconds=600, retry_count=0) as pool,
    ):
        count = ALONE_COUNT + int(options.minutes * PARTS_A_MINUTE)
        parts = iter(write_parts(folder / "parts", part_count=count, seed=options.seed))
        home = make_home(folder / "home", folder / "stage")
        for _ in range(ALONE_COUNT):
            load_calmly(home, pool, next(parts))
        print_steps("without readers", steps)
        steps.clear()
        end = time.monotonic() + options.minutes * 60
        with reading(find_warehouse(home)) as seen:
            for part in parts:
                if time.monotonic() > end:
                    break
                load_calmly(home, pool, part)
        print_steps("with four readers", steps)
        require_whole(home)
    for reader in seen:
        print_reader(reader)
    return 1 if any(reader.errors for reader in seen) else 0


@contextmanager
def reading(path: Path) -> Iterator[list[Seen]]:
    """Have four processes ask while the block runs; what they saw is in the list when it has ended."""
    spawn = multiprocessing.get_context("spawn")
    is_over, answers = spawn.Event(), spawn.Queue()
    readers = [
        spawn.Process(target=read_on, args=(way, path, is_over, answers))
        for way in ("dateline sql", "dateline sql", "duckdb anew", "duckdb held")
    ]
    for reader in readers:
        reader.start()
    seen: list[Seen] = []
    try:
        yield seen
    finally:
        is_over.set()
        seen += [answers.get(timeout=120) for _ in readers]
        for reader in readers:
            reader.join()


def read_on(way: str, path: Path, is_over: Event, answers: "Queue[Seen]") -> None:
    """Ask until it is over, and hand over what was seen."""
    seen = Seen(way=way)
    opening = {"dateline sql": asking_as_users, "duckdb anew": asking_anew, "duckdb held": asking_held}[way]
    while not is_over.is_set():
        try:
            with opening(path) as (ask, until):
                _ask_until(ask, until, is_over, seen)
        except (WarehouseError, duckdb.Error, OSError) as error:
            seen.errors.append(f"{type(error).__name__}: {error}")
    answers.put(seen)


def _ask_until(ask: Ask, until: float, is_over: Event, seen: Seen) -> None:
    """Ask once at least, and on until a time."""
    while True:
        begun = time.monotonic()
        load_count, is_consistent = ask()
        seen.longest_seconds = max(seen.longest_seconds, time.monotonic() - begun)
        seen.query_count += 1
        if not is_consistent:
            seen.errors.append(f"half a load: {load_count}")
        if seen.states and load_count < max(seen.states):
            seen.errors.append(f"an older state than before: {load_count} after {max(seen.states)}")
        seen.states.add(load_count)
        if is_over.is_set() or time.monotonic() >= until:
            return


@contextmanager
def asking_as_users(path: Path) -> Iterator[tuple[Ask, float]]:
    """Give what asks one question as ``dateline sql`` does, and until when."""

    def ask() -> Row:
        with run_query(path, QUESTION) as result:
            (row,) = [row for batch in result for row in batch.to_pylist()]
        return row["load_count"], row["is_consistent"]

    yield ask, 0.0


@contextmanager
def asking_anew(path: Path, *, held_seconds: float = 0.0) -> Iterator[tuple[Ask, float]]:
    """Give what asks of a file that is opened now, and until when."""
    with closing(duckdb.connect(path, read_only=True)) as con:

        def ask() -> Row:
            load_count, is_consistent = con.execute(QUESTION).fetchall()[0]
            return load_count, is_consistent

        yield ask, time.monotonic() + held_seconds


def asking_held(path: Path) -> AbstractContextManager[tuple[Ask, float]]:
    """Give what asks of a file that is opened now, for seconds."""
    return asking_anew(path, held_seconds=HELD_SECONDS)


def print_steps(when: str, steps: Sequence[tuple[str, float]]) -> None:
    """Print what copying and publishing took."""
    lasted: dict[str, list[float]] = {"copy": [], "publish": []}
    begun = 0.0
    for (name, at), (_, ended) in zip(steps, [*steps[1:], ("", 0.0)], strict=True):
        if name == "copy":
            lasted["copy"].append(ended - at)
        begun = at if name == PUBLISH_START else begun
        if name == LOAD_END:
            lasted["publish"].append(at - begun)
    for name, seconds in lasted.items():
        middle = sorted(seconds)[len(seconds) // 2]
        print(
            f"{when}: {name:8} {len(seconds):4} times, median {middle:.2f} s, longest {max(seconds):.2f} s", flush=True
        )


def print_reader(seen: Seen) -> None:
    """Print what a reader saw."""
    print(
        f"{seen.way}: {seen.query_count:,} questions, {len(seen.errors)} errors, {len(seen.states)} states, "
        f"longest {seen.longest_seconds:.2f} s"
    )
    for error in seen.errors[:5]:
        print(f"    {error}")


if __name__ == "__main__":
    sys.exit(main())
