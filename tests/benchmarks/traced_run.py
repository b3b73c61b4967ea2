"""``dateline run --no-prefect`` as a process that says, on a pipe, at which step of its load it is.

For the scripts that kill, starve or watch a run: they have to know where it was. Each step is a line, its name and the
time on the monotonic clock, written when the step begins. Only names are wrapped here; the run is the run of users.
"""

import importlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
PIPE_VARIABLE: Final = "DATELINE_TRACE_PIPE"

LOAD_START: Final = "copy"
PUBLISH_START: Final = "checkpoint"
LOAD_END: Final = "published"

STEPS: Final = {
    "copy": ("warehouse.publish", "prepare_copy"),
    "migrate": ("warehouse.publish", "apply_migrations"),
    "articles": ("flows.steps.load", "_load_articles"),
    "texts": ("flows.steps.load", "_load_chunks"),
    "authors": ("flows.steps.load", "_load_authors"),
    "outlets": ("flows.steps.load", "_load_sources"),
    "stories": ("flows.steps.load", "settle_stories"),
    "entities and counts": ("flows.steps.load", "settle_entities"),
    "record": ("flows.steps.load", "load_ledger"),
    "checks": ("flows.steps.load", "check_load"),
    "pack": ("warehouse.publish", "pack_file"),
    "read through": ("warehouse.publish", "read_through"),
    "sync and rename": ("warehouse.publish", "_replace"),
}
"""Step -> the function with which it begins. A step lasts until the next; the checkpoint follows the checks, and what
follows the rename is "published"."""

FOLLOWED_BY: Final = {"checks": PUBLISH_START, "sync and rename": LOAD_END}


class TracedRun:
    """A run that was started: a process group of its own, and what it says.

    Attributes:
        process: The process; its group has its id.
    """

    def __init__(self, home: Path, *arguments: str) -> None:
        """Start a run.

        Args:
            home: The home.
            arguments: What follows ``dateline run --no-prefect``.
        """
        reading, writing = os.pipe()
        command = [sys.executable, "-m", "tests.benchmarks.traced_run", "--home", str(home)]
        self.process = subprocess.Popen(
            [*command, "run", "--no-prefect", *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT), PIPE_VARIABLE: str(writing)},
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        os.close(writing)
        self._pipe = os.fdopen(reading, encoding="utf-8")

    def list_steps(self) -> Iterator[tuple[str, float]]:
        """Yield each step when it begins: its name, and when that was on the monotonic clock; ends with the run."""
        for line in self._pipe:
            name, _, at = line.rstrip("\n").rpartition(" ")
            yield name, float(at)

    def finish(self) -> str:
        """Wait for the end and return what the run wrote to standard error."""
        _, errors = self.process.communicate()
        self._pipe.close()
        return errors


def run_traced(home: Path, *arguments: str) -> dict[str, float]:
    """Run to a good end and return when each step began, seconds on the monotonic clock.

    Raises:
        RuntimeError: The run failed.
    """
    run = TracedRun(home, *arguments)
    steps = dict(run.list_steps())
    errors = run.finish()
    if run.process.returncode != 0:
        raise RuntimeError(f"a run that nothing disturbed failed: {home}: {errors}")
    return steps


def trace_steps(tell: Callable[[str], None]) -> None:
    """Have this process say, from now on, when a step of a load begins.

    Args:
        tell: Called with the name of the step.
    """

    def telling(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def told(*args: object, **options: object) -> object:
            tell(name)
            result = function(*args, **options)
            if name in FOLLOWED_BY:
                tell(FOLLOWED_BY[name])
            return result

        return told

    for name, (module_name, function_name) in STEPS.items():
        module = importlib.import_module(module_name)
        setattr(module, function_name, telling(name, getattr(module, function_name)))


def _main() -> None:
    from flows.cli import main  # noqa: PLC0415  the parent has no use for it

    pipe = int(os.environ.pop(PIPE_VARIABLE))

    def tell(name: str) -> None:
        os.write(pipe, f"{name} {time.monotonic()}\n".encode())

    trace_steps(tell)
    main()


if __name__ == "__main__":
    _main()
