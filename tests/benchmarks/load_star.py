"""Load the articles of a star into an empty warehouse, and tell how many mentions a second each step takes.

    PYTHONPATH=. python tests/benchmarks/load_star.py STAR.duckdb [--articles 20000] [--documents 20000] [--texts 25600]

The frames of each call are what a run would hand over, but read from a star (``make_star.py``). Another process reads
and writes them, as workers do; here they are read call by call, while the clock stands, so that peak memory is that of
loading, with the frames of one call in it. Steps: observations, ``--documents`` a call, versions, 20,000 a call, then
texts with their mentions, ``--texts`` a call. A run hands over 128 raw batches and 512 chunks a call, which are some
20,000 and 25,600 articles of news. Names are not resolved and nothing is counted: what follows a load does not depend
on how mentions get in. A mention counts as often as it is stored: a text that several versions have is read once. CPU
is that of all threads.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa  # before the clock runs: a frame is handed over by it

from transforms.schemas import ARTICLE_VERSION, MENTION, OBSERVATION, PROVENANCE
from warehouse.connection import connect_unlogged
from warehouse.frames import restore_time_zone
from warehouse.load import load_observations, load_texts, load_versions
from warehouse.migrate import apply_migrations

VERSIONS_PER_CALL = 20_000
STEPS = {
    "observations": ("observation", "provenance", "date"),
    "versions": ("version",),
    "texts": ("text", "mention"),
}
COUNTED = {"version": "articles", "text": "texts", "mention": "mentions"}
CHOSEN = "create temp table chosen as select * from dim_article where article_key >= 0 order by article_id limit $count"
VERSIONS = """
    select article.*, fact.source_key, fact.word_count, fact.published_at
    from chosen as article inner join fact_article as fact on article.article_key = fact.article_key
    where article.is_current
"""
OBSERVATIONS = "select * from article_observation semi join chosen using (article_id)"
PROVENANCES = "select * from article_provenance semi join chosen using (article_id)"
DATES = "select * from article_date semi join chosen using (article_id)"
TEXTS = """
    select
        article.text_hash, any_value(article.headline) as headline, any_value(body.body) as body, 'en' as language_code
    from chosen as article inner join article_body as body on article.article_key = body.article_key
    where article.is_current group by article.text_hash order by article.text_hash
"""
MENTIONS = """
    select mention.*, article.text_hash, entity.entity_id, entity.entity_type, entity.country_code
    from fact_entity_mention as mention
    inner join (
        select text_hash, min(article_key) as article_key from chosen where is_current group by text_hash
    ) as article on mention.article_key = article.article_key
    inner join dim_entity as entity on mention.entity_key = entity.entity_key
    order by article.text_hash
"""


def read_frames(star: Path, article_count: int) -> dict[str, pl.DataFrame]:
    """Return what a run would hand over, of the first articles of a star."""
    with closing(duckdb.connect(star, read_only=True, config={"memory_limit": "512MB"})) as con:
        con.execute(CHOSEN, {"count": article_count})
        queries = {"observation": OBSERVATIONS, "provenance": PROVENANCES, "date": DATES, "version": VERSIONS}
        queries |= {"text": TEXTS, "mention": MENTIONS}
        frames = {name: restore_time_zone(con.sql(query).pl()) for name, query in queries.items()}
    schemas = {"observation": OBSERVATION, "provenance": PROVENANCE, "version": ARTICLE_VERSION, "mention": MENTION}
    return frames | {name: frames[name].select(schema.names()).cast(schema) for name, schema in schemas.items()}


@dataclass(frozen=True, kw_only=True)
class CallSizes:
    """How much is handed over in one call.

    Attributes:
        documents: Rows of the observations.
        texts: Rows of the texts.
    """

    documents: int
    texts: int


def write_calls(star: Path, article_count: int, folder: Path, sizes: CallSizes) -> dict[str, int]:
    """Write the frames of each call as Parquet files, and return how many rows there are of what is counted."""
    frames = read_frames(star, article_count)
    keys = {
        "observations": ("article_id", sizes.documents),
        "versions": ("article_id", VERSIONS_PER_CALL),
        "texts": ("text_hash", sizes.texts),
    }
    for step, (key, row_count) in keys.items():
        for number, call in enumerate(cut_calls(frames, STEPS[step], on=key, row_count=row_count)):
            for name, frame in zip(STEPS[step], call, strict=True):
                frame.write_parquet(folder / f"{step}-{number:03}-{name}.parquet")
    return {what: frames[name].height for name, what in COUNTED.items()} | {"stored": count_stored(frames)}


def read_calls(folder: Path, step: str) -> Iterator[tuple[pl.DataFrame, ...]]:
    """Give the frames of each call of a step, each in one piece as a run hands them over."""
    for first in sorted(folder.glob(f"{step}-*-{STEPS[step][0]}.parquet")):
        number = first.stem.split("-")[1]
        paths = (folder / f"{step}-{number}-{name}.parquet" for name in STEPS[step])
        yield tuple(pl.read_parquet(path).rechunk() for path in paths)


def load_calls(con: duckdb.DuckDBPyConnection, folder: Path, mention_count: int) -> None:
    """Load the frames of all calls, and print what each step took."""
    lines = pl.DataFrame(schema=dict.fromkeys(("source_id", "article_id", "content_hash", "line"), pl.String))
    edge_lines = lines.with_columns(pl.lit(value=False).alias("is_head")).clear()
    places = [pl.lit(None, pl.Int32).alias(name) for name in ("paragraph_number", "line_number")]
    removed_lines = lines.drop("source_id").with_columns(pl.lit("").alias("rule"), *places).clear()

    def load_sights(observations: pl.DataFrame, provenance: pl.DataFrame, dates: pl.DataFrame) -> None:
        load_observations(con, observations, edge_lines, removed_lines, provenance, dates)

    def load_given(versions: pl.DataFrame) -> None:
        load_versions(con, versions, run_key=1, ingested_at=datetime(2026, 11, 3, tzinfo=UTC))

    def load_read(texts: pl.DataFrame, mentions: pl.DataFrame) -> None:
        load_texts(con, texts, mentions, extraction_id="benchmark", run_key=1)

    loaders: dict[str, Callable[..., None]] = {
        "observations": load_sights,
        "versions": load_given,
        "texts": load_read,
    }
    taken = {step: measure_calls(loader, read_calls(folder, step)) for step, loader in loaders.items()}
    taken["checkpoint"] = measure_calls(lambda: con.execute("checkpoint"), iter([()]))
    for step, figures in (taken | {"all of it": add_up(taken.values())}).items():
        print_taken(step, figures, mention_count)


def count_stored(frames: dict[str, pl.DataFrame]) -> int:
    """Return how many rows of fact_entity_mention come of the frames."""
    per_text = frames["mention"].group_by("text_hash").len()
    return int(frames["version"].join(per_text, on="text_hash")["len"].sum())


def cut_calls(
    frames: dict[str, pl.DataFrame], names: tuple[str, ...], *, on: str, row_count: int
) -> list[tuple[pl.DataFrame, ...]]:
    """Return the frames of each call: so many rows of the first, and what the others have of these."""
    first, *others = (frames[name] for name in names)
    parts = list(first.iter_slices(row_count))
    return [(part, *(other.join(part, on=on, how="semi").rechunk() for other in others)) for part in parts]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What some calls took.

    Attributes:
        cpu_seconds: CPU time of all threads.
        wall_seconds: Time by the clock.
        call_count: How many calls there were.
    """

    cpu_seconds: float
    wall_seconds: float
    call_count: int


def measure_calls(load: Callable[..., object], calls: Iterator[tuple[pl.DataFrame, ...]]) -> Taken:
    """Load the frames of each call, and return what that took, without the making of the frames."""
    cpu_seconds, wall_seconds, call_count = 0.0, 0.0, 0
    for frames in calls:
        wall, cpu = time.perf_counter(), time.process_time()
        load(*frames)
        cpu_seconds += time.process_time() - cpu
        wall_seconds += time.perf_counter() - wall
        call_count += 1
    return Taken(cpu_seconds=cpu_seconds, wall_seconds=wall_seconds, call_count=call_count)


def add_up(parts: Iterable[Taken]) -> Taken:
    """Return what all of them took together."""
    listed = list(parts)
    return Taken(
        cpu_seconds=sum(part.cpu_seconds for part in listed),
        wall_seconds=sum(part.wall_seconds for part in listed),
        call_count=sum(part.call_count for part in listed),
    )


def print_taken(what: str, taken: Taken, mention_count: int) -> None:
    """Print what a step took, and how many mentions a second that is."""
    rates = f"{mention_count / taken.cpu_seconds:12,.0f} {mention_count / taken.wall_seconds:12,.0f}"
    print(
        f"{what:14} {taken.call_count:3} calls {taken.cpu_seconds:7.2f} s CPU {taken.wall_seconds:7.2f} s wall, "
        f"mentions a second {rates}"
    )


def read_peak_mb() -> float:
    """Return the most memory that this process has had so far, in 2**20 bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Read the command line, load, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("star", type=Path, help="a file of make_star.py")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--documents", type=int, default=20_000, help="documents a call of load_observations")
    parser.add_argument("--texts", type=int, default=25_600, help="texts a call of load_texts")
    arguments = parser.parse_args()
    if not arguments.star.exists():
        parser.error(f"{arguments.star} is not there: make_star.py makes one")
    sizes = CallSizes(documents=arguments.documents, texts=arguments.texts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
            counts = other.submit(write_calls, arguments.star, arguments.articles, folder, sizes).result()
        print(", ".join(f"{count:,} {what}" for what, count in counts.items()))
        with closing(connect_unlogged(folder / "new.duckdb")) as con:
            apply_migrations(con)
            print(f"{read_peak_mb():,.0f} MB before the first call, pyarrow {pa.__version__} in it")
            load_calls(con, folder, counts["stored"])
        print(f"{read_peak_mb():,.0f} MB at most, the frames of one call in it")


if __name__ == "__main__":
    main()
