"""Are the entities of articles the same in whatever order, and in however many batches, they are loaded?

    python tests/benchmarks/order.py ARTICLES.jsonl [--homes FOLDER]

The lines are loaded into a home of its own for each arrangement: as they are, in three random orders, and in one of
these in three and in ten batches, a run each. What is compared is all of dim_entity, entity_alias and
fact_entity_mention but the run that wrote a row. The homes share their stage files, so that the model reads a text
once. For developers; nothing runs it by itself. Exit status 1 when two arrangements differ.
"""

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from warehouse.connection import connect

SEEDS: Final = (1, 2, 3)
BATCH_COUNTS: Final = (3, 10)
TABLES: Final = {
    "dim_entity": "select * from dim_entity order by all",
    "entity_alias": "select * from entity_alias order by all",
    "fact_entity_mention": "select * exclude (run_key) from fact_entity_mention order by all",
}


def arrange(lines: Sequence[str]) -> dict[str, list[list[str]]]:
    """Return the arrangements by name, each a list of batches of lines."""
    arrangements = {"as it is": [list(lines)]}
    for seed in SEEDS:
        shuffled = list(lines)
        random.Random(seed).shuffle(shuffled)
        arrangements[f"order {seed}"] = [shuffled]
    for count in BATCH_COUNTS:
        arrangements[f"order {SEEDS[-1]}, {count} batches"] = [shuffled[at::count] for at in range(count)]
    return arrangements


def load_batches(home: Path, stage: Path, batches: Sequence[Sequence[str]]) -> None:
    """Load batches of lines into a home, a run each; the home takes its stage files from a shared folder."""
    home.mkdir()
    stage.mkdir(exist_ok=True)
    (home / "stage").symlink_to(stage)
    for number, batch in enumerate(batches):
        path = home / f"{number}.jsonl"
        path.write_text("".join(f"{line}\n" for line in batch), encoding="utf-8")
        options = ["--home", str(home), "run", "--no-prefect", "--source", "gold", str(path)]
        command = [sys.executable, "-c", "from flows.cli import main; main()", *options]
        subprocess.run(command, check=True, capture_output=True)


def describe_entities(warehouse: Path) -> dict[str, tuple[int, str]]:
    """Return the rows of each table, and a hash of them."""
    with closing(connect(warehouse, read_only=True)) as con:
        found = {table: con.execute(query).fetchall() for table, query in TABLES.items()}
    return {table: (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()[:16]) for table, rows in found.items()}


def main() -> None:
    """Load every arrangement, print what it has, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--homes", type=Path, help="an empty folder for the homes; else a temporary one")
    options = parser.parse_args()
    lines = [line for line in options.articles.read_text(encoding="utf-8").split("\n") if line.strip()]
    with tempfile.TemporaryDirectory() as temporary:
        homes = options.homes or Path(temporary)
        homes.mkdir(exist_ok=True)
        outcomes = []
        for number, (name, batches) in enumerate(arrange(lines).items()):
            load_batches(homes / str(number), homes / "stage", batches)
            outcomes.append(describe_entities(homes / str(number) / "warehouse.duckdb"))
            print(f"{name:22}", *(f"{table} {count} {digest}" for table, (count, digest) in outcomes[-1].items()))
    is_same = all(outcome == outcomes[0] for outcome in outcomes)
    print("identical" if is_same else "not identical")
    sys.exit(0 if is_same else 1)


if __name__ == "__main__":
    main()
