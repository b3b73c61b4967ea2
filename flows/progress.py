"""What a person sees while a run works: one bar over everything, and nothing where nobody looks."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol, runtime_checkable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

FETCHING: Final = "fetching"
"""The step whose progress is counted in pages asked for."""


@runtime_checkable  # flows take one as a parameter, which Prefect looks at
class ProgressReport(Protocol):
    """Told by the steps how far they are; counts are articles, or pages while fetching."""

    def begin(self, step: str) -> None:
        """Say which step begins."""
        ...

    def expect(self, article_count: int) -> None:
        """Say how many articles there are in all."""
        ...

    def advance(self, article_count: int) -> None:
        """Say that so many more articles are done."""
        ...


class QuietReport:
    """Reports to nobody."""

    def begin(self, step: str) -> None:
        """Do nothing."""

    def expect(self, article_count: int) -> None:
        """Do nothing."""

    def advance(self, article_count: int) -> None:
        """Do nothing."""


class _RateColumn(ProgressColumn):
    """Articles a second, smoothed by the bar."""

    def render(self, task: Task) -> Text:
        """Return the rate, or a dash while there is none."""
        speed = task.finished_speed or task.speed
        return Text("- articles/s" if speed is None else f"{speed:,.0f} articles/s", style="progress.data.speed")


class BarReport:
    """Draws the bar on standard error."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("starting", total=None)
        self._step = "starting"

    def begin(self, step: str) -> None:
        """Show the step beside the bar."""
        self._progress.update(self._task, description=step)
        if FETCHING in {step, self._step}:  # pages asked for are counted apart from articles
            self._progress.reset(self._task, total=None)
        self._step = step

    def expect(self, article_count: int) -> None:
        """Fix the bar's length."""
        self._progress.update(self._task, total=article_count)

    def advance(self, article_count: int) -> None:
        """Move the bar."""
        self._progress.advance(self._task, article_count)


@contextmanager
def report_progress() -> Iterator[ProgressReport]:
    """Give a report that draws a bar when standard error is a terminal, and a quiet one otherwise."""
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield QuietReport()
        return
    columns = (
        TextColumn("{task.description:<14}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield BarReport(progress)


@contextmanager
def report_steps() -> Iterator[Callable[[str], None]]:
    """Give a function that shows what is worked on when standard error is a terminal, and nothing otherwise."""
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("starting") as status:
        yield lambda step: status.update(Text(step))
