"""Dateline beside the plain script, alternately, in one sitting: wall time and summed memory.

    python tests/benchmarks/compare.py ARTICLES.jsonl.gz [--rounds 3] [--json FILE]

Wall times on a shared machine drift; the ratio of two commands run alternately in the same minutes holds. Memory is the
largest sum of PSS (proportional set size: shared pages divided among those who share them) over the process and all its
descendants, sampled ten times a second from /proc, so Linux only. A run starts from an empty home.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).parent
SAMPLE_SECONDS = 0.1
NLP_CPU = re.compile(r"nlp_cpu_seconds=([0-9.]+)")


@dataclass(frozen=True)
class Figures:
    """What one run cost.

    Attributes:
        wall_seconds: From start to end.
        pss_mb: Largest sum over all processes, 10**6 bytes.
        nlp_cpu_seconds: CPU time inside the model as the run reports it; None for the plain script.
    """

    wall_seconds: float
    pss_mb: float
    nlp_cpu_seconds: float | None


def list_descendants(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found = [pid]
    for process in found:
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                found += [int(child) for child in children.read_text(encoding="ascii").split()]
            except (FileNotFoundError, ProcessLookupError):
                continue
    return found


def read_pss(pid: int) -> int:
    """Return a process's proportional set size in bytes, 0 when it is gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    match = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return 0 if match is None else int(match[1]) * 1024


def watch_memory(pid: int, done: threading.Event, peak: list[int]) -> None:
    """Keep the largest sum of PSS in ``peak[0]`` until done."""
    while not done.wait(SAMPLE_SECONDS):
        peak[0] = max(peak[0], sum(read_pss(process) for process in list_descendants(pid)))


def measure(command: list[str]) -> Figures:
    """Run a command and return what it cost."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        done, peak = threading.Event(), [0]
        watcher = threading.Thread(target=watch_memory, args=(process.pid, done, peak))
        watcher.start()
        output, errors = process.communicate()
        done.set()
        watcher.join()
    wall = time.perf_counter() - started
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{output}{errors}")
    nlp = NLP_CPU.search(errors)
    return Figures(wall, peak[0] / 1e6, float(nlp[1]) if nlp else None)


def run_rounds(articles: Path, rounds: int) -> dict[str, list[Figures]]:
    """Run both alternately and return the figures of each round."""
    figures: dict[str, list[Figures]] = {"dateline": [], "plain script": []}
    dateline = str(Path(sys.executable).with_name("dateline"))
    for number in range(1, rounds + 1):
        with tempfile.TemporaryDirectory() as folder:
            commands = {
                "dateline": [dateline, "-v", "--home", f"{folder}/home", "run", "--no-prefect", str(articles)],
                "plain script": [
                    sys.executable,
                    str(HERE / "plain_script.py"),
                    str(articles),
                    f"{folder}/plain.duckdb",
                ],
            }
            for name, command in commands.items():
                figures[name].append(measure(command))
                print(f"round {number} {name}: {figures[name][-1]}", flush=True)
    return figures


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="a .jsonl or .jsonl.gz file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="where to keep the figures")
    arguments = parser.parse_args()
    figures = run_rounds(arguments.articles, arguments.rounds)
    pairs = list(zip(figures["dateline"], figures["plain script"], strict=True))
    ratios = {
        "wall_ratio": statistics.median(ours.wall_seconds / theirs.wall_seconds for ours, theirs in pairs),
        "wall_to_floor_ratio": statistics.median(
            ours.wall_seconds / (ours.nlp_cpu_seconds / 2) for ours, _ in pairs if ours.nlp_cpu_seconds
        ),
        "largest_pss_mb": max(ours.pss_mb for ours, _ in pairs),
    }
    for name, value in ratios.items():
        print(f"{name}: {value:.2f}")
    if arguments.json is not None:
        rounds = {name: [asdict(entry) for entry in entries] for name, entries in figures.items()}
        report = {"articles": arguments.articles.name, "cores": os.cpu_count(), **ratios, "rounds": rounds}
        arguments.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
