"""Damaged files of every format through all readers: none may crash, hang, take memory without bound or go uncounted.

    python tests/benchmarks/fuzz_readers.py --count 50000 --seed 1 [--corpus FOLDER ...] [--only NUMBER]

What is done to the files is told by the seed and a number alone, tests/fuzz/mutations.py; what must hold of each is in
tests/fuzz/checks.py. A worker has a bound on time and one on memory for each file. A finding is kept as the file and
what was raised; "--only" with its number does it again, in this process. Linux only.
"""

import argparse
import multiprocessing
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from pebble import ProcessExpired, ProcessPool

from tests.fuzz.checks import check_case
from tests.fuzz.mutations import Case, make_case
from tests.fuzz.seeds import make_seeds, read_corpus

KEPT_COUNT = 5
"""Of findings that are alike so many are kept."""

WALL_FACTOR = 20
"""A file may take so many times the limit on the clock: others use the machine too."""

SCHEDULED_COUNT = 1000
PAGE_BYTE_COUNT = resource.getpagesize()
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one file.

    Attributes:
        seed: The name of the file it was made from.
        packing: How it was packed.
        outcomes: "article", "link", reasons of refusals.
        seconds: Of processor time it took.
        peak_mb: Resident memory of the worker at its largest so far, 10**6 bytes.
        finding: What was raised, the first line names it; None for nothing.
    """

    seed: str
    packing: str
    outcomes: list[str] = field(default_factory=list)
    seconds: float = 0.0
    peak_mb: float = 0.0
    finding: str | None = None


SEEDS: dict[str, bytes] = {}
"""Of this process; filled by ``prepare``."""


def prepare(corpora: list[Path], memory_bytes: int | None) -> None:
    """Make the seeds, and bound how much memory this process may take from here on."""
    SEEDS.update(make_seeds())
    for corpus in corpora:
        SEEDS.update(read_corpus(corpus))
    if memory_bytes is not None:
        with tempfile.TemporaryDirectory() as folder:  # once, for what the libraries take for good
            check_case(make_numbered_case(0, 0), Path(folder))
        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * PAGE_BYTE_COUNT
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory_bytes, taken + memory_bytes))


def make_numbered_case(seed: int, number: int) -> Case:
    """Return the file of a number."""
    return make_case(SEEDS, Random(f"{seed}/{number}"))


def try_case(seed: int, folder: Path, seconds_limit: float, number: int) -> Outcome:
    """Read the file of a number; the worker is ended by a signal when that takes more processor time than it may."""
    case = make_numbered_case(seed, number)
    started = time.process_time()
    outcomes, finding = [], None
    signal.setitimer(signal.ITIMER_PROF, seconds_limit)
    try:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            outcomes = check_case(case, Path(place))
    except Exception as error:  # noqa: BLE001  whatever is raised is what is looked for
        finding = f"{name_error(error)} {case.seed.partition('/')[0]}\n{traceback.format_exc()}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Outcome(
        seed=case.seed,
        packing=case.packing,
        outcomes=outcomes,
        seconds=time.process_time() - started,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
        finding=finding,
    )


def name_error(error: Exception) -> str:
    """Return what findings have in common that are alike: the kind of error and the last of our lines before it."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    ours = [frame for frame in frames if frame.filename.startswith(str(ROOT))]
    text = str(error)[:60] if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} {Path(ours[-1].filename).relative_to(ROOT)}:{ours[-1].lineno} {text}".strip()


def run_cases(arguments: argparse.Namespace, folder: Path) -> Iterator[tuple[int, Outcome]]:
    """Yield each number with what came of its file."""
    with ProcessPool(
        max_workers=arguments.workers,
        context=multiprocessing.get_context("spawn"),  # a fork would inherit the locks of the libraries' threads
        initializer=prepare,
        initargs=[arguments.corpus, arguments.memory_mb * 10**6],
    ) as pool:
        for start in range(0, arguments.count, SCHEDULED_COUNT):
            numbers = range(start, min(start + SCHEDULED_COUNT, arguments.count))
            task = partial(try_case, arguments.seed, folder, arguments.seconds_limit)
            timeout = WALL_FACTOR * arguments.seconds_limit
            futures = [pool.schedule(task, args=(number,), timeout=timeout) for number in numbers]
            for number, future in zip(numbers, futures, strict=True):
                try:
                    yield number, future.result()
                except TimeoutError:
                    yield number, name_lost(arguments.seed, number, f"over {timeout:g} s, most of them waiting")
                except ProcessExpired as error:
                    is_over = error.exitcode == -signal.SIGPROF
                    what = f"over {arguments.seconds_limit:g} s" if is_over else f"died, exit code {error.exitcode}"
                    yield number, name_lost(arguments.seed, number, what)


def name_lost(seed: int, number: int, finding: str) -> Outcome:
    """Return the outcome of a file whose worker did not come back."""
    case = make_numbered_case(seed, number)
    return Outcome(seed=case.seed, packing=case.packing, finding=f"{finding}: {case.seed}{case.packing}\n")


def keep_finding(folder: Path, seed: int, number: int, finding: str) -> None:
    """Write a file that is a finding, and what was raised."""
    case = make_numbered_case(seed, number)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{seed}-{number}-{Path(case.seed).name[-60:]}{case.packing}"
    (folder / name).write_bytes(case.content)
    said = f"{case.name!r}, limit {case.limit}, batch_bytes {case.batch_bytes}, source {case.source}\n"
    (folder / f"{name}.txt").write_text(said + finding, encoding="utf-8", errors="backslashreplace")


def print_report(outcomes: list[Outcome], wall_seconds: float, findings: Counter[str]) -> None:
    """Print the figures."""
    # Of a folder its name, of our own seeds each.
    formats = Counter(outcome.seed.partition("/")[0] for outcome in outcomes)
    packings = Counter(outcome.packing or "not packed" for outcome in outcomes)
    became = Counter(word for outcome in outcomes for word in outcome.outcomes)
    for title, counts in (("made from", formats), ("packed", packings), ("they became", became)):
        print(f"{title}:", ", ".join(f"{name} {count:,}" for name, count in counts.most_common()))
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    print(f"slowest: {slowest.seconds:.2f} s ({slowest.seed}{slowest.packing})")
    print(f"largest resident memory: {max(outcome.peak_mb for outcome in outcomes):,.0f} MB")
    print(f"{len(outcomes):,} files in {wall_seconds:,.0f} s, {len(outcomes) / wall_seconds:,.0f} a second")
    print(f"findings: {findings.total():,}")
    for name, count in findings.most_common():
        print(f"  {count:,} x {name}")


def parse_arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50_000, help="how many files (50000)")
    parser.add_argument("--seed", type=int, default=1, help="another number, other files (1)")
    parser.add_argument("--seconds-limit", type=float, default=5.0, help="of processor time; more is a finding (5)")
    parser.add_argument("--memory-mb", type=int, default=2000, help="more address space is a finding (2000)")
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="a folder of more files to damage")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--findings", type=Path, default=Path(tempfile.gettempdir(), "fuzz-findings"), help="a folder")
    parser.add_argument("--only", type=int, help="do the file of this number alone, and show what is raised")
    return parser.parse_args()


def main() -> None:
    """Run, keep the findings, report; fail when there are any."""
    arguments = parse_arguments()
    findings: Counter[str] = Counter()
    outcomes = []
    with tempfile.TemporaryDirectory() as name:
        prepare(arguments.corpus, None)
        if arguments.only is not None:
            print(check_case(make_numbered_case(arguments.seed, arguments.only), Path(name)))
            return
        started = time.perf_counter()
        with suppress(KeyboardInterrupt):  # the figures so far are worth as much
            for number, outcome in run_cases(arguments, Path(name)):
                outcomes.append(outcome)
                if outcome.finding is not None:
                    kind = outcome.finding.partition("\n")[0]
                    findings[kind] += 1
                    if findings[kind] <= KEPT_COUNT:
                        keep_finding(arguments.findings, arguments.seed, number, outcome.finding)
                        print(f"finding {number}: {kind}", flush=True)
        print_report(outcomes, time.perf_counter() - started, findings)
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
