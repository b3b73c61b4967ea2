"""What one run is, fixed at its start and handed down: the clock is read here and nowhere else."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from flows.fingerprints import compute_seed_hash, compute_source_hash, compute_span_code_hash, describe_code
from flows.home import Home
from flows.nlp import ModelInfo, read_model_info
from flows.settings import Settings
from transforms.keys import compute_hash, compute_key


@dataclass(frozen=True)
class Interval:
    """A data interval, half open, UTC: start <= t < end."""

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
        model: The pipeline that will read the texts.
        interval: The data interval the run is for.
        started_at: UTC.
        run_key: Key of the row in dim_run.
        flow_run_id: The orchestrator's id of the run; None without one.
        code_version: As dim_run records it.
        normalize_id: What made an article stage file; part of its name.
        span_id: What made a span stage file.
        extraction_id: What made a mention stage file.
    """

    home: Home
    settings: Settings
    model: ModelInfo
    interval: Interval
    started_at: datetime
    run_key: int
    flow_run_id: str | None
    code_version: str
    normalize_id: str
    span_id: str
    extraction_id: str
    sources: Any = None

    @classmethod
    def start(cls, settings: Settings, *, interval: Interval | None = None, flow_run_id: str | None = None) -> Self:
        """Return the context of a run that begins now; its interval is today unless another is given.

        Raises:
            UsageError: The model is not installed.
        """
        started_at = datetime.now(UTC)
        model = read_model_info(settings.model)
        source_hash, seed_hash = compute_source_hash(), compute_seed_hash()
        return cls(
            home=Home(settings.home.absolute()),
            settings=settings,
            model=model,
            interval=interval if interval is not None else _find_day(started_at),
            started_at=started_at,
            run_key=compute_key("run", uuid.uuid4().hex),
            flow_run_id=flow_run_id,
            code_version=describe_code(),
            normalize_id=compute_hash("normalize", source_hash, seed_hash)[:16],
            span_id=compute_hash("spans", model.fingerprint, compute_span_code_hash())[:16],
            extraction_id=compute_hash("extraction", model.fingerprint, source_hash, seed_hash)[:16],
        )

    def with_flow_run(self, flow_run_id: str | None) -> Self:
        """Return the same run under an orchestrator's id."""
        return replace(self, flow_run_id=flow_run_id)


def _find_day(moment: datetime) -> Interval:
    """Return the UTC day a moment is in."""
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return Interval(start, start + timedelta(days=1))
