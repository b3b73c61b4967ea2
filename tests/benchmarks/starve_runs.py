"""Take the disk away from runs: is what is said one line, what is published whole, and the next run right?

    sudo python tests/benchmarks/starve_runs.py --count 20 --seed 1

Root on Linux only, since it mounts small disks (tmpfs) and makes files immutable. A home on a disk of its own is loaded
part by part. Before each part a file takes all room of the disk but a drawn rest, from nothing to more than a load
needs, half of the times without the file from before the last, so that a plain copy has to find room. Then parts are
loaded while the published file, or all of the disk, is read-only. A run must end well, or with status 1 and one line;
what is published must be as it was, byte for byte, or have the part; and once there is room again, the same part must
end with the contents of a home that nothing disturbed. Exit status 1 when some run said more than a line.
"""

import argparse
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from flows.workers import WorkerPool
from tests.benchmarks.calm_runs import (
    find_warehouse,
    load_calmly,
    make_home,
    making_folder,
    require_equal,
    require_tidy,
    require_whole,
)
from tests.benchmarks.made_news import write_parts
from tests.benchmarks.traced_run import TracedRun
from warehouse.recycle import name_previous

DISK_BYTES: Final = 100_000_000
SETTLING_COUNT: Final = 3
LEAST_ROOM, MOST_ROOM = 4_096, 24_000_000
"""Bytes left: the log of what is drawn is even, as a run asks for little at first."""

OTHER_LINES: Final = " (and other lines before it)"
CHUNK: Final = b"x" * 65_536


def main() -> int:
    """Starve so many runs, print what they said, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    said: Counter[str] = Counter()
    with making_folder(None) as folder, mounting_disk(folder / "disk"):
        for message in starve_runs(folder, count=options.count, seed=options.seed):
            said[message] += 1
    for message, count in said.most_common():
        print(f"{count:3} {message}")
    return 1 if any(OTHER_LINES in message for message in said) else 0


def starve_runs(folder: Path, *, count: int, seed: int) -> Iterator[str]:
    """Load parts with too little room, then three on what is read-only; yield what each run said."""
    names = ("immutable file", "file mounted read-only", "disk mounted read-only")
    parts = write_parts(folder / "parts", part_count=SETTLING_COUNT + count + len(names), seed=seed)
    drawn = random.Random(seed)
    calm, home = make_home(folder / "calm", folder / "stage"), folder / "disk" / "home"
    home.mkdir()
    with WorkerPool(worker_count=1, timeout_seconds=600, retry_count=0) as pool:
        for number, part in enumerate(parts):
            load_calmly(calm, pool, part)
            if number < SETTLING_COUNT:
                load_calmly(home, pool, part)
                continue
            place = number - SETTLING_COUNT - count
            if place < 0:
                room = int(LEAST_ROOM * (MOST_ROOM / LEAST_ROOM) ** drawn.random())
                if number % 2:
                    name_previous(find_warehouse(home)).unlink(missing_ok=True)
                with filling(folder / "disk", room):
                    said = try_run(home, part)
                print(f"{room / 1e6:6.2f} MB of room: {said}", flush=True)
            else:
                with READ_ONLY[names[place]](home):
                    said = try_run(home, part)
                print(f"{names[place]}: {said}", flush=True)
            yield said
            load_calmly(home, pool, part)
            require_whole(home)
            require_tidy(home)
            require_equal(find_warehouse(home), find_warehouse(calm))


def try_run(home: Path, part: Path) -> str:
    """Run, and return what was said, without paths and figures.

    Raises:
        RuntimeError: It was nothing, or the published file is another though the run failed.
    """
    before = find_warehouse(home).read_bytes()
    run = TracedRun(home, str(part))
    errors = run.finish()
    if run.process.returncode == 0:
        return "done"
    *others, message = errors.strip().splitlines() or [""]
    if run.process.returncode != 1 or not message.startswith("dateline run: "):
        raise RuntimeError(f"status {run.process.returncode}, and no message: {errors}")
    if find_warehouse(home).read_bytes() != before:
        raise RuntimeError(f"a run that failed changed what is published: {errors}")
    require_whole(home)
    return re.sub(r"/[\w./-]+", "PATH", re.sub(r"\d+", "N", message)) + (OTHER_LINES if others else "")


@contextmanager
def mounting_disk(path: Path) -> Iterator[None]:
    """Have a small disk at a path while the block runs."""
    path.mkdir()
    _call("mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(path))
    try:
        yield
    finally:
        _call("umount", "--lazy", str(path))


@contextmanager
def filling(disk: Path, room: int) -> Iterator[None]:
    """Leave so many bytes free on a disk while the block runs."""
    ballast = disk / "ballast"
    try:
        with ballast.open("wb", buffering=0) as sink:
            try:
                while True:
                    sink.write(CHUNK)
            except OSError:
                sink.truncate(max(sink.tell() - room, 0))
        yield
    finally:
        ballast.unlink()


@contextmanager
def holding_immutable(home: Path) -> Iterator[None]:
    """Make the published file one that even root cannot write, rename or remove."""
    _call("chattr", "+i", str(find_warehouse(home)))
    try:
        yield
    finally:
        _call("chattr", "-i", str(find_warehouse(home)))


@contextmanager
def mounting_file_read_only(home: Path) -> Iterator[None]:
    """Mount the published file on itself, read-only."""
    path = str(find_warehouse(home))
    _call("mount", "--bind", path, path)
    try:
        _call("mount", "-o", "remount,ro,bind", path)
        yield
    finally:
        _call("umount", path)


@contextmanager
def mounting_disk_read_only(home: Path) -> Iterator[None]:
    """Mount the disk of the home read-only."""
    _call("mount", "-o", "remount,ro", str(home.parent))
    try:
        yield
    finally:
        _call("mount", "-o", "remount,rw", str(home.parent))


READ_ONLY: Final = {
    "immutable file": holding_immutable,
    "file mounted read-only": mounting_file_read_only,
    "disk mounted read-only": mounting_disk_read_only,
}


def _call(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main())
