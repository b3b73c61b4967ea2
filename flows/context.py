"""What one run is, fixed at its start and handed down: the clock is read here and nowhere else."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

import polars as pl

from flows.decisions_file import read_decisions
from flows.external_ids import read_external_names
from flows.fingerprints import (
    compute_resolver_code_hash,
    compute_seed_hash,
    compute_sketch_code_hash,
    compute_source_hash,
    compute_span_code_hash,
    describe_code,
)
from flows.home import Home
from flows.models import Models, read_models
from flows.settings import Settings
from transforms.decisions import HUMAN_DECISION
from transforms.external_names import EXTERNAL_NAME
from transforms.keys import compute_hash, compute_key

if TYPE_CHECKING:
    from flows.sources import SourceFile


@dataclass(frozen=True, order=True)
class Interval:
    """A data interval, half open, UTC: start <= t < end. The earlier to begin is the smaller."""

    start: datetime
    end: datetime

    def __str__(self) -> str:
        """Say the interval as short as it can be said."""
        if self.end - self.start == timedelta(days=1) and self.start.time() == datetime.min.time():
            return f"{self.start:%Y-%m-%d}"
        return f"{self.start:%Y-%m-%dT%H:%M}/{self.end:%Y-%m-%dT%H:%M}"


@dataclass(frozen=True, kw_only=True)
class RunContext:
    """One run.

    Attributes:
        home: Where everything lies.
        settings: What was set.
        models: The pipelines that will read the texts.
        interval: The data interval the run is for.
        source_ids: The outlets it is for; empty for all.
        is_bounded: Whether the interval was asked for: the ledger has a row of it, and of what is read from files and
            the raw store the documents of the interval alone are taken.
        started_at: UTC.
        run_key: Key of the row in dim_run.
        flow_run_id: The orchestrator's id of the run; None without one.
        code_version: As dim_run records it.
        normalize_id: What made an article stage file; part of its name.
        sketch_id: What made a sketch stage file.
        span_code_hash: What decides how spans are read off a model.
        resolution_hash: What decides how they are resolved: code and lists.
        resolver_version: What decides who is meant across articles.
        sources: The sources file; None where there is none.
        decisions: ``transforms.decisions.HUMAN_DECISION``: what people decided; empty where there is no such file.
        external_names: ``transforms.external_names.EXTERNAL_NAME``; empty where no such table is named.
    """

    home: Home
    settings: Settings
    models: Models
    interval: Interval
    started_at: datetime
    run_key: int
    flow_run_id: str | None
    code_version: str
    normalize_id: str
    sketch_id: str
    span_code_hash: str
    resolution_hash: str
    resolver_version: str
    source_ids: frozenset[str] = frozenset()
    is_bounded: bool = False
    sources: "SourceFile | None" = None
    decisions: pl.DataFrame = field(default_factory=HUMAN_DECISION.to_frame)
    external_names: pl.DataFrame = field(default_factory=EXTERNAL_NAME.to_frame)

    @classmethod
    def start(
        cls,
        settings: Settings,
        *,
        interval: Interval | None = None,
        source_ids: Iterable[str] = (),
        flow_run_id: str | None = None,
    ) -> Self:
        """Return the context of a run that begins now; its interval is today unless another is given.

        Raises:
            UsageError: A model is not installed; the sources file, the decisions file or the table of external ids is
                wrong.
        """
        started_at = datetime.now(UTC)
        home = Home(settings.home.absolute())
        models = read_models(settings)
        source_hash, seed_hash = compute_source_hash(), compute_seed_hash()
        return cls(
            home=home,
            sources=_find_sources(settings, home),
            decisions=read_decisions(settings, home),
            external_names=read_external_names(settings.external_ids),
            settings=settings,
            models=models,
            interval=interval if interval is not None else _find_day(started_at),
            source_ids=frozenset(source_ids),
            is_bounded=interval is not None,
            started_at=started_at,
            run_key=_make_run_key(),
            flow_run_id=flow_run_id,
            code_version=describe_code(),
            normalize_id=compute_hash("normalize", source_hash, seed_hash)[:16],
            sketch_id=compute_hash("sketches", compute_sketch_code_hash())[:16],
            span_code_hash=compute_span_code_hash(),
            resolution_hash=compute_hash("resolution", source_hash, seed_hash)[:16],
            resolver_version=compute_resolver_code_hash(),
        )

    @property
    def run_path(self) -> Path:
        """The run's own folder of stage files; removed when the run ends."""
        return self.home.stage_path / "runs" / f"{self.run_key}"

    def identify_spans(self, language_code: str) -> str:
        """Return what makes the span stage files of texts in a language; part of their name."""
        return compute_hash("spans", self.models.find_fingerprint(language_code), self.span_code_hash)[:16]

    def identify_extraction(self, language_code: str) -> str:
        """Return what makes the mention stage files of texts in a language; part of their name."""
        return compute_hash("extraction", self.models.find_fingerprint(language_code), self.resolution_hash)[:16]

    def own_sources(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return a frame with the outlets to which the sources file counts the domains that are its source_id."""
        if self.sources is None:
            return frame
        known = {source_id: self.sources.find_source_id(source_id) for source_id in frame["source_id"].unique()}
        named = {source_id: owner for source_id, owner in known.items() if owner is not None}
        return frame.with_columns(pl.col("source_id").replace(named))

    def for_interval(self, interval: Interval, source_ids: Iterable[str], *, started_at: datetime) -> Self:
        """Return another run of the same code, models and settings, for an interval and outlets.

        Args:
            interval: The data interval.
            source_ids: The outlets; none for all.
            started_at: When it begins, UTC.
        """
        return replace(
            self,
            interval=interval,
            source_ids=frozenset(source_ids),
            is_bounded=True,
            started_at=started_at,
            run_key=_make_run_key(),
        )

    def with_flow_run(self, flow_run_id: str | None) -> Self:
        """Return the same run under an orchestrator's id."""
        return replace(self, flow_run_id=flow_run_id)


def _find_sources(settings: Settings, home: Home) -> "SourceFile | None":
    """Return the sources file that is named, else the home's own; None without one.

    Raises:
        SourcesError: It cannot be read.
    """
    if settings.sources is None and not home.sources_path.exists():
        return None

    from flows.sources import read_sources  # noqa: PLC0415  megabytes that most runs do without

    return read_sources(settings.sources or home.sources_path)


def _make_run_key() -> int:
    """Return the key of a run that begins."""
    return compute_key("run", uuid.uuid4().hex)


def _find_day(moment: datetime) -> Interval:
    """Return the UTC day a moment is in."""
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return Interval(start, start + timedelta(days=1))
