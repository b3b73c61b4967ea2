"""Load a day's articles into a warehouse of many, and into an empty one, and tell what each step takes.

    PYTHONPATH=. python tests/benchmarks/load_day.py STAR.duckdb [--articles 2000] [--corrections] [--home FOLDER]
        [--statements 25]

For those who keep a load's cost with its new rows, and not with the old ones. The star (``make_star.py``) is copied
into the folder as its published warehouse; so it takes its size twice. The articles of the day are drawn from the star
and given other addresses, texts and sketches, so that they are new; their names are those of the star, of which one in
two that only a story or two have gets a new form. All of a run's load is done but the reading of files. A first day
brings the copy to the schema of this code, and is not told.

With ``--corrections`` one in twenty articles is a new version of one that the star has, and the publishers take back
one old article for a hundred new ones; into nothing goes a day of news alone.

CPU is that of all threads; the wall stands in brackets. ``--statements`` tells the longest statements by file, too.
"""

import argparse
import resource
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from flows.reference import read_agencies, read_gazetteer
from flows.steps.resolve import place_entities, resolve_entities
from flows.steps.stories import settle_stories
from transforms.schemas import ARTICLE_VERSION, CREDIT, MENTION, OBSERVATION, PROVENANCE, TEXT, WITHDRAWAL
from transforms.source_schemas import FETCH, SOURCE
from warehouse import checks, scripts
from warehouse.connection import connect
from warehouse.frames import restore_time_zone
from warehouse.load import RunRecord, load_observations, load_run, load_texts, load_versions
from warehouse.load_authors import list_unread_bylines, load_authors
from warehouse.load_counts import refresh_counts
from warehouse.load_expectations import refresh_expectations
from warehouse.load_sources import load_fetches, load_sources, refresh_coverage
from warehouse.load_stories import load_sketches
from warehouse.load_withdrawals import load_withdrawals, refresh_withdrawals
from warehouse.publish import build_aside

STAR_VERSION: Final = "benchmark"
"""What a star says that its sketches, bylines and mentions were made by; its decisions say the same."""

NEWS_ALONE: Final = {"corrected_ratio": 0.0, "withdrawn_ratio": 0.0}
CORRECTIONS: Final = {"corrected_ratio": 0.05, "withdrawn_ratio": 0.01}

DAY: Final = Path(__file__).parent / "day"
FRAMES: Final = {
    "observation": OBSERVATION,
    "provenance": PROVENANCE,
    "version": ARTICLE_VERSION,
    "text": TEXT,
    "mention": MENTION,
    "fetch": FETCH,
    "source": SOURCE,
    "credit": CREDIT,
    "withdrawal": WITHDRAWAL,
    "sketch": None,
    "date": None,
}


@dataclass
class Spent:
    """What something took, in seconds.

    Attributes:
        cpu: Of all threads.
        wall: By the clock. Where it is no less than the CPU, one core at most was at work.
    """

    cpu: float = 0.0
    wall: float = 0.0

    @contextmanager
    def adding(self) -> Iterator[None]:
        """Add what a block takes."""
        cpu, wall = time.process_time(), time.perf_counter()
        yield
        self.cpu += time.process_time() - cpu
        self.wall += time.perf_counter() - wall


class Clock:
    """What a load took.

    Attributes:
        steps: Step -> what it took.
        statements: File, and the number of the statement in it -> what it took.
    """

    def __init__(self) -> None:
        self.steps: dict[str, Spent] = defaultdict(Spent)
        self.statements: dict[str, Spent] = defaultdict(Spent)

    def watch_statements(self) -> None:
        """Count every statement of a script, and every check, for the rest of the process."""

        def run_script(con: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
            for number, statement in enumerate(con.extract_statements(scripts.read_script(name)), start=1):
                with self.statements[f"{name} {number}"].adding():
                    con.execute(statement, {key: parameters[key] for key in statement.named_parameters})

        find_failure = checks.find_failure

        def find_and_count(con: duckdb.DuckDBPyConnection, name: str) -> Any:
            with self.statements[f"check {name}"].adding():
                return find_failure(con, name)

        scripts.run_script = run_script
        checks.run_script = run_script  # type: ignore[attr-defined]  # as it was imported there
        checks.find_failure = find_and_count


def draw_day(star: Path, *, article_count: int, day: date, ratios: dict[str, float]) -> dict[str, pl.DataFrame]:
    """Return what a run would hand over of a day, drawn from a star."""
    given = {"article_count": article_count, "day": day, **ratios}
    frames = {}
    with closing(duckdb.connect(star, read_only=True, config={"memory_limit": "512MB"})) as con:
        con.execute("set TimeZone = 'UTC'")
        for script in ("chosen.sql", "withdrawn.sql"):
            for statement in con.extract_statements((DAY / script).read_text(encoding="utf-8")):
                con.execute(statement, {name: given[name] for name in statement.named_parameters})
        for name, schema in FRAMES.items():
            frame = restore_time_zone(con.sql((DAY / f"{name}.sql").read_text(encoding="utf-8")).pl())
            frames[name] = frame if schema is None else frame.select(schema.names()).cast(schema)
    return frames


@contextmanager
def timed_build(published: Path, clock: Clock) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to a copy of the published warehouse, and publish it; both are counted."""
    with ExitStack() as stack:
        with clock.steps["copy"].adding():
            con = stack.enter_context(build_aside(published))
        yield con
        with clock.steps["publish"].adding():
            stack.close()


def load_day(published: Path, frames: dict[str, pl.DataFrame], *, run_key: int, clock: Clock) -> None:
    """Do what a run does from the first row to the published file; the run's key is the day's ordinal."""
    loaded_at = datetime.combine(date.fromordinal(run_key), time_of_day.max, tzinfo=UTC)
    with timed_build(published, clock) as con:
        with clock.steps["articles"].adding():
            load_articles(con, frames, run_key=run_key, loaded_at=loaded_at)
        with clock.steps["outlets"].adding():
            load_fetches(con, frames["fetch"])
            load_sources(con, frames["source"], loaded_at=loaded_at)
        with clock.steps["coverage"].adding():
            refresh_coverage(con, pl.DataFrame(schema={"source_id": pl.String(), "date": pl.Date()}))
        with clock.steps["expectations"].adding():
            refresh_expectations(con)
        with clock.steps["withdrawals"].adding():
            load_withdrawals(con, frames["withdrawal"])
            refresh_withdrawals(con)
        with clock.steps["stories"].adding():
            settle_stories(con, sketch_id=STAR_VERSION, agencies=read_agencies())
        with clock.steps["names"].adding():
            resolve_entities(con, resolver_version=STAR_VERSION, run_key=run_key)
        with clock.steps["counts"].adding():
            refresh_counts(con)
        with clock.steps["places"].adding():
            place_entities(con, read_gazetteer(), rules_id=STAR_VERSION)
        with clock.steps["checks"].adding():
            load_run(con, make_record(run_key, loaded_at, frames["observation"].height))
            checks.check_load(con)


def load_articles(
    con: duckdb.DuckDBPyConnection, frames: dict[str, pl.DataFrame], *, run_key: int, loaded_at: datetime
) -> None:
    """Load observations, versions, texts, sketches and authors."""
    lines = pl.DataFrame(schema=dict.fromkeys(("source_id", "article_id", "content_hash", "line"), pl.String))
    places = [pl.lit(None, pl.Int32).alias(name) for name in ("paragraph_number", "line_number")]
    edge_lines = lines.with_columns(pl.lit(value=False).alias("is_head")).clear()
    removed_lines = lines.drop("source_id").with_columns(pl.lit("").alias("rule"), *places).clear()
    load_observations(con, frames["observation"], edge_lines, removed_lines, frames["provenance"], frames["date"])
    load_versions(con, frames["version"], run_key=run_key, ingested_at=loaded_at)
    load_texts(con, frames["text"], frames["mention"], extraction_id=STAR_VERSION, run_key=run_key)
    load_sketches(con, frames["sketch"], sketch_id=STAR_VERSION)
    list_unread_bylines(con, rules_id=STAR_VERSION)
    load_authors(con, frames["credit"])


def make_record(run_key: int, loaded_at: datetime, article_count: int) -> RunRecord:
    """Return the record of a load that brought so many articles."""
    return RunRecord(
        run_key=run_key,
        started_at=loaded_at,
        finished_at=loaded_at,
        code_version=STAR_VERSION,
        read_count=article_count,
        loaded_count=article_count,
        unchanged_count=0,
        duplicate_count=0,
        rejected_count=0,
    )


def tell(what: str, clock: Clock, statement_count: int) -> Spent:
    """Print what a load took, and return all of it together."""
    total = Spent(cpu=sum(one.cpu for one in clock.steps.values()), wall=sum(one.wall for one in clock.steps.values()))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    steps = ", ".join(f"{step} {spent.cpu:.1f} ({spent.wall:.1f})" for step, spent in clock.steps.items())
    print(
        f"{what}: {total.cpu:.1f} s of CPU ({total.wall:.1f} of wall); {steps}; peak {peak_mb:,.0f} MB so far",
        flush=True,
    )
    for name, spent in sorted(clock.statements.items(), key=lambda item: -item[1].wall)[:statement_count]:
        print(f"    {spent.cpu:6.2f} ({spent.wall:.2f}) {name}")
    clock.steps.clear()
    clock.statements.clear()
    return total


def find_next_day(published: Path) -> date:
    """Return the day after the last on which an article was read."""
    with closing(connect(published, read_only=True)) as con:
        found = con.execute("select max(ingested_at) from article_observation").fetchall()[0][0]
    return date.fromordinal(found.toordinal() + 1)


def main() -> None:
    """Read the command line; load a day into nothing, then into the star; print what each took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("star", type=Path, help="a file of make_star.py")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--home", type=Path, help="where the star was loaded into before; by default a temporary copy")
    parser.add_argument("--statements", type=int, default=0, help="how many of the costly statements to tell")
    parser.add_argument("--corrections", action="store_true", help="a day with corrections of old articles")
    arguments = parser.parse_args()
    ratios = CORRECTIONS if arguments.corrections else NEWS_ALONE
    if not arguments.star.exists():
        parser.error(f"{arguments.star} is not there: make_star.py makes one")
    clock = Clock()
    if arguments.statements:
        clock.watch_statements()
    with tempfile.TemporaryDirectory() as folder:
        home = arguments.home or Path(folder)
        published = home / "warehouse.duckdb"
        is_first = not published.exists()
        if is_first:
            home.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(arguments.star, published)
        for number in range(2 if is_first else 1):
            day = find_next_day(published)
            frames = draw_day(arguments.star, article_count=arguments.articles, day=day, ratios=ratios)
            run_key = day.toordinal()
            if number == 0:
                news = draw_day(arguments.star, article_count=arguments.articles, day=day, ratios=NEWS_ALONE)
                with tempfile.TemporaryDirectory() as empty:
                    load_day(Path(empty) / "warehouse.duckdb", news, run_key=run_key, clock=clock)
                alone = tell("into nothing", clock, arguments.statements)
            load_day(published, frames, run_key=run_key, clock=clock)
            among = tell("the first day" if is_first and number == 0 else "into the star", clock, arguments.statements)
    print(f"{among.cpu / alone.cpu:.1f} times the CPU, {among.wall / alone.wall:.1f} times the wall")


if __name__ == "__main__":
    main()
