"""Load the articles of a star into an empty warehouse, and tell how many mentions a second each step takes.

    PYTHONPATH=. python tests/benchmarks/load_star.py STAR.duckdb [--articles 20000] [--documents 20000] [--texts 25600]

The frames are made before the clock runs: what a run hands to its load, but read from a star (``make_star.py``). Steps:
observations, ``--documents`` a call, versions, 20,000 a call, then texts with their mentions, ``--texts`` a call. A run
hands over 128 raw batches and 512 chunks a call, which are some 20,000 and 25,600 articles of news. Names are not
resolved and nothing is counted: what follows a load does not depend on how mentions get in. A mention counts as often
as it is stored: a text that several versions have is read once. CPU is that of all threads; peak memory is of the
process, the frames in it included.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from transforms.schemas import ARTICLE_VERSION, MENTION, OBSERVATION, PROVENANCE
from warehouse.connection import connect_unlogged
from warehouse.frames import restore_time_zone
from warehouse.load import load_observations, load_texts, load_versions
from warehouse.migrate import apply_migrations

VERSIONS_PER_CALL = 20_000
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


def load_frames(
    con: duckdb.DuckDBPyConnection, frames: dict[str, pl.DataFrame], *, documents_per_call: int, texts_per_call: int
) -> None:
    """Load the frames, and print what each step took."""
    mention_count = count_stored(frames)
    lines = pl.DataFrame(schema=dict.fromkeys(("source_id", "article_id", "content_hash", "line"), pl.String))
    edge_lines = lines.with_columns(pl.lit(value=False).alias("is_head")).clear()
    places = [pl.lit(None, pl.Int32).alias(name) for name in ("paragraph_number", "line_number")]
    removed_lines = lines.drop("source_id").with_columns(pl.lit("").alias("rule"), *places).clear()
    sights = cut_calls(frames, ("observation", "provenance", "date"), on="article_id", row_count=documents_per_call)
    calls = cut_calls(frames, ("text", "mention"), on="text_hash", row_count=texts_per_call)
    with timed("all of it", mention_count):
        with timed(f"observations, {len(sights)} calls", mention_count):
            for observations, provenance, dates in sights:
                load_observations(con, observations, edge_lines, removed_lines, provenance, dates)
        with timed("versions", mention_count):
            for versions in frames["version"].iter_slices(VERSIONS_PER_CALL):
                load_versions(con, versions, run_key=1, ingested_at=datetime(2026, 11, 3, tzinfo=UTC))
        with timed(f"texts, {len(calls)} calls", mention_count):
            for texts, mentions in calls:
                load_texts(con, texts, mentions, extraction_id="benchmark", run_key=1)
        with timed("checkpoint", mention_count):
            con.execute("checkpoint")


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


@contextmanager
def timed(what: str, mention_count: int) -> Iterator[None]:
    """Print what a block took, and how many mentions a second that is."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    cpu_seconds, wall_seconds = time.process_time() - cpu, time.perf_counter() - wall
    rates = f"{mention_count / cpu_seconds:12,.0f} {mention_count / wall_seconds:12,.0f}"
    print(
        f"{what:24} {cpu_seconds:7.2f} s CPU {wall_seconds:7.2f} s wall, mentions a second {rates}; "
        f"{read_peak_mb():,.0f} MB"
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
    frames = read_frames(arguments.star, arguments.articles)
    heights = (f"{frames[name].height:,} {what}" for name, what in COUNTED.items())
    stored = f"{count_stored(frames):,} of them stored"
    print(f"{', '.join(heights)}, {stored}; {read_peak_mb():,.0f} MB to read them")
    with tempfile.TemporaryDirectory() as folder, closing(connect_unlogged(Path(folder) / "new.duckdb")) as con:
        apply_migrations(con)
        load_frames(con, frames, documents_per_call=arguments.documents, texts_per_call=arguments.texts)


if __name__ == "__main__":
    main()
