"""Load a few articles at a time, many times: how large is the file beside one that has them all from one load?

    python tests/benchmarks/load_often.py --count 200 --seed 1 [--folder FOLDER]

Prints the size of the published file on the way, and in the end the ratio to a fresh rebuild's. The contents of both
must be identical. Exit status 1 when they are not, or the ratio is above 1.5.
"""

import argparse
import sys
from pathlib import Path
from typing import Final

from flows.workers import WorkerPool
from tests.benchmarks.calm_runs import (
    find_warehouse,
    load_calmly,
    make_home,
    making_folder,
    require_equal,
    require_whole,
)
from tests.benchmarks.made_news import write_parts

MAX_RATIO: Final = 1.5
SHOWN_EVERY: Final = 20
MEGABYTE: Final = 1e6


def main() -> int:
    """Load, rebuild, compare; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="an empty folder to work in, kept; else a temporary one")
    options = parser.parse_args()
    with making_folder(options.folder) as folder:
        parts = write_parts(folder / "parts", part_count=options.count, seed=options.seed)
        often, once = (make_home(folder / name, folder / "stage") for name in ("often", "once"))
        with WorkerPool(worker_count=1, timeout_seconds=600, retry_count=0) as pool:
            for number, part in enumerate(parts, start=1):
                load_calmly(often, pool, part)
                if number % SHOWN_EVERY == 0:
                    print(f"{number:4} loads: {measure(often):6.1f} MB", flush=True)
            load_calmly(once, pool, *parts)
        require_whole(often)
        require_equal(find_warehouse(often), find_warehouse(once))
        ratio = measure(often) / measure(once)
        print(f"one load: {measure(once):.1f} MB; ratio {ratio:.2f}, at most {MAX_RATIO}")
    return 0 if ratio <= MAX_RATIO else 1


def measure(home: Path) -> float:
    """Return the size of the published file of a home in megabytes."""
    return find_warehouse(home).stat().st_size / MEGABYTE


if __name__ == "__main__":
    sys.exit(main())
