"""What finding and resolving names costs, in per cent of the CPU time that the model takes for the same articles.

    python tests/benchmarks/names_cost.py HOME [--count N]

HOME holds a warehouse of some thousand articles. Within articles: the model and ``resolve_texts`` read N of them, drawn
at random, in turn, in batches of 50 of which the first is left out. Across articles: all names of a copy of the
warehouse are blocked and decided anew, as when one load brings them all; the model's time for all articles is that for
the N, by characters. For developers, on a machine that does nothing else; nothing runs it by itself.
"""

import argparse
import random
import shutil
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Final

import polars as pl

from flows.nlp import extract_spans, load_nlp
from flows.reference import read_name_lists
from flows.settings import Settings
from flows.steps.resolve import resolve_entities
from transforms.means import ALL_MEANS
from transforms.resolution import resolve_texts
from transforms.schemas import TEXT
from warehouse.connection import connect
from warehouse.errors import WarehouseError

BATCH_COUNT: Final = 50
SEED: Final = 1


def measure_settling(warehouse: Path) -> float:
    """Return the CPU seconds of deciding all names of a copy of a warehouse anew."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / warehouse.name
        shutil.copy(warehouse, copy)
        with closing(connect(copy)) as con:
            run_key = con.sql("select max(run_key) from dim_run").fetchall()[0][0]
            started = time.process_time()
            resolve_entities(con, resolver_version="measured", run_key=run_key)
            return time.process_time() - started


def measure_articles(bodies: list[str]) -> tuple[float, float, int]:
    """Return the CPU seconds of the model and of the names within articles, and the characters they read."""
    nlp, lists = load_nlp(Settings().model), read_name_lists("en")
    model_seconds = name_seconds = 0.0
    char_count = 0
    for start in range(0, len(bodies), BATCH_COUNT):
        rows = [(str(number), "", body, "en") for number, body in enumerate(bodies[start : start + BATCH_COUNT])]
        texts = pl.DataFrame(rows, schema=TEXT, orient="row")
        started = time.process_time()
        spans = extract_spans(nlp, [row[0] for row in rows], [row[2] for row in rows])
        marked = time.process_time()
        resolve_texts(texts, spans, lists, ALL_MEANS)
        if start > 0:  # the first batch warms the model and the lists
            model_seconds += marked - started
            name_seconds += time.process_time() - marked
            char_count += sum(len(row[2]) for row in rows)
    return model_seconds, name_seconds, char_count


def main() -> None:
    """Print the three figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--count", type=int, default=350, help="articles the model reads, more than 50")
    options = parser.parse_args()
    warehouse = options.home / "warehouse.duckdb"
    try:
        with closing(connect(warehouse, read_only=True)) as con:
            bodies = [body for (body,) in con.sql("select body from article_body order by article_key").fetchall()]
    except WarehouseError as error:
        parser.error(f"{error}; give a home whose warehouse holds articles")
    if min(options.count, len(bodies)) <= BATCH_COUNT:
        parser.error(f"{warehouse}: {len(bodies)} articles, {options.count} asked for; more than {BATCH_COUNT} needed")
    sample = random.Random(SEED).sample(bodies, min(options.count, len(bodies)))
    model_seconds, name_seconds, char_count = measure_articles(sample)
    within = 100 * name_seconds / model_seconds
    all_model_seconds = model_seconds * sum(map(len, bodies)) / char_count
    across = 100 * measure_settling(warehouse) / all_model_seconds
    print(f"{len(bodies)} articles; within {within:.1f} %, across {across:.1f} %, both {within + across:.1f} %")


if __name__ == "__main__":
    main()
