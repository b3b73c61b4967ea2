"""Kill runs at random moments of loading and publishing: is the published warehouse whole, and the next run right?

    python tests/benchmarks/kill_runs.py --count 50 --seed 1 [--folder FOLDER]

One home is loaded part by part, so that loads work on the file published before the last. Each part is first given to
a run that gets SIGKILL, with all its processes: half of them at a moment of the load, from the copy on, half at one of
publishing, from the checkpoint on, each drawn from as long as that took without being disturbed. Then the published
file is opened, read and checked as a whole; its contents must be those from before the part or those from after it.
Then the part is loaded again, and the contents must be those of a home that nothing disturbed. The script ends with an
error when they are not.
"""

import argparse
import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flows.workers import WorkerPool
from tests.benchmarks.calm_runs import (
    find_warehouse,
    is_equal,
    load_calmly,
    make_home,
    making_folder,
    require_equal,
    require_tidy,
    require_whole,
)
from tests.benchmarks.made_news import write_parts
from tests.benchmarks.traced_run import LOAD_END, LOAD_START, PUBLISH_START, STEPS, TracedRun, run_traced
from warehouse.recycle import name_previous

SETTLING_COUNT: Final = 3
"""Runs before the first kill: the second leaves a file to recycle; what they take is what moments are drawn from."""


@dataclass(frozen=True, kw_only=True)
class Killed:
    """A run that was killed.

    Attributes:
        step: Where it was.
        is_recycling: Whether it had a file from before the last to work on.
        is_loaded: Whether its part was published.
    """

    step: str
    is_recycling: bool
    is_loaded: bool


def main() -> None:
    """Kill so many runs, and print where they were."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="an empty folder to work in, kept; else a temporary one")
    options = parser.parse_args()
    with making_folder(options.folder) as folder:
        killed = kill_runs(folder, count=options.count, seed=options.seed)
    print_kills(killed)


def kill_runs(folder: Path, *, count: int, seed: int) -> list[Killed]:
    """Kill so many runs, each followed by one that ends well.

    Raises:
        RuntimeError: The contents are not what they should be.
        WarehouseError: A published warehouse cannot be read, or fails its checks.
    """
    parts = write_parts(folder / "parts", part_count=SETTLING_COUNT + count, seed=seed)
    stage, drawn = folder / "stage", random.Random(seed)
    calm, home = make_home(folder / "calm", stage), make_home(folder / "killed", stage)
    killed = []
    with WorkerPool(worker_count=1, timeout_seconds=600, retry_count=0) as pool:
        load_calmly(calm, pool, parts[0])
        run_traced(home, str(parts[0]))
        lengths = {LOAD_START: 0.0, PUBLISH_START: 0.0}
        for part in parts[1:SETTLING_COUNT]:
            load_calmly(calm, pool, part)
            begun = run_traced(home, str(part))
            lengths = {start: max(length, begun[LOAD_END] - begun[start]) for start, length in lengths.items()}
        for number, part in enumerate(parts[SETTLING_COUNT:]):
            before = shutil.copyfile(find_warehouse(calm), folder / "before.duckdb")
            load_calmly(calm, pool, part)
            start = PUBLISH_START if number % 2 else LOAD_START
            killed.append(kill_run(home, part, start, drawn.uniform(0, lengths[start]), (before, find_warehouse(calm))))
            print(f"{number + 1:3} {killed[-1]}", flush=True)
            load_calmly(home, pool, part)
            require_whole(home)
            require_tidy(home)
            require_equal(find_warehouse(home), find_warehouse(calm))
    return killed


def kill_run(home: Path, part: Path, start: str, wait_seconds: float, expected: tuple[Path, Path]) -> Killed:
    """Start a run and kill it, so long after a step begins; check what is published then.

    Args:
        home: The home, loaded before.
        part: What the run is to load.
        start: The step.
        wait_seconds: So long after it the run is killed.
        expected: Warehouses with the contents from before the part, and from after it.

    Raises:
        RuntimeError: The contents are neither.
        WarehouseError: What is published cannot be read, or fails its checks.
    """
    is_recycling = name_previous(find_warehouse(home)).exists()
    run = TracedRun(home, str(part))
    steps = run.list_steps()
    step = next((name for name, _ in steps if name == start), "")
    time.sleep(wait_seconds)
    os.killpg(run.process.pid, signal.SIGKILL)
    for name, _ in steps:
        step = name
    errors = run.finish()
    if run.process.returncode not in {0, -signal.SIGKILL}:
        raise RuntimeError(f"the run of {part} failed before it was killed: {errors}")
    require_whole(home)
    before, after = expected
    is_loaded = not is_equal(find_warehouse(home), before)
    if is_loaded and not is_equal(find_warehouse(home), after):
        raise RuntimeError(f"killed at {step}, {home} has neither what it had nor what it was to have")
    return Killed(step=step, is_recycling=is_recycling, is_loaded=is_loaded)


def print_kills(killed: Sequence[Killed]) -> None:
    """Print where the runs were, in the order of the steps."""
    counts = Counter(run.step for run in killed)
    known = [*STEPS, PUBLISH_START, LOAD_END]
    for step in [*known, *sorted(counts.keys() - set(known))]:
        if counts[step]:
            loaded = sum(run.is_loaded for run in killed if run.step == step)
            print(f"{step:20} {counts[step]:3} killed, {loaded} of them after the part was published")
    print(f"{len(killed)} runs killed, {sum(run.is_recycling for run in killed)} with a file to recycle: all whole")


if __name__ == "__main__":
    main()
