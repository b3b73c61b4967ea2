"""Load frames into a warehouse that is being built aside.

Every function is one transaction on the connection ``warehouse.publish.build_aside`` gives. Frames have the columns of
``transforms.schemas`` (timestamps in UTC) and are read by name. The statements are in ``warehouse/sql/load``: a folder
a function, a file a table. Loading the same frames again changes nothing, and their order does not matter.

The order of a load: ``load_observations``, ``load_versions``, ``load_texts`` as often as there are chunks,
``load_rejects``, then what ``warehouse.load_authors``, ``warehouse.load_sources``, ``warehouse.load_stories`` and
``warehouse.load_entities`` have, ``warehouse.load_counts.refresh_counts``, ``load_run``; then
``warehouse.checks.run_checks``.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.errors import InvalidFrameError
from warehouse.frames import restore_time_zone
from warehouse.scripts import read_script, run_script, run_tables
from warehouse.watermarks import write_waiting

OBSERVATION_TABLES: Final = ("article_observation", "changed_article", "article_edge_line", "article_removed_line")


@dataclass(frozen=True, kw_only=True)
class RunRecord:
    """A load, as dim_run keeps it: its columns are the attributes. Timestamps bear a time zone.

    Attributes:
        run_key: Surrogate key of the load, the one the loaders were given.
        flow_run_id: Id of the Prefect flow run; None without Prefect.
        interval_start: Start of the data interval, inclusive; None when none was given.
        interval_end: End of the data interval, exclusive; None when none was given.
        started_at: When the run started.
        finished_at: When its rows were complete.
        code_version: Version of Dateline.
        model_name: Name of the model; None when none was used.
        model_version: Version of the model; None when none was used.
        model_backend: Matrix library the model ran on; None when none was used.
        read_count: Documents read: the sum of the next four.
        loaded_count: Documents that brought a new article or content.
        unchanged_count: Documents whose content was there before.
        duplicate_count: Documents met before in the same run.
        rejected_count: Documents refused.
        unsupported_count: Documents among those loaded whose language the model does not read.
        removed_line_count: Lines removed from bodies: page furniture and datelines.
        error: What went wrong, one line; None when nothing did.
    """

    run_key: int
    flow_run_id: str | None = None
    interval_start: datetime | None = None
    interval_end: datetime | None = None
    started_at: datetime
    finished_at: datetime
    code_version: str
    model_name: str | None = None
    model_version: str | None = None
    model_backend: str | None = None
    read_count: int
    loaded_count: int
    unchanged_count: int
    duplicate_count: int
    rejected_count: int
    unsupported_count: int = 0
    removed_line_count: int = 0
    error: str | None = None


def load_observations(
    con: duckdb.DuckDBPyConnection,
    observations: pl.DataFrame,
    edge_lines: pl.DataFrame,
    removed_lines: pl.DataFrame,
    provenance: pl.DataFrame,
    dates: pl.DataFrame,
) -> pl.DataFrame:
    """Keep every sight of every article, where it came from, its dates, and the lines that tell page furniture.

    A document refused for killing its reader is so no more. Of two sights with the same article_id, content_hash,
    published_at and modified_at (and ingested_at, where the last is null) the one ingested first is kept. All
    observations of a source's content, also those loaded before, get the text_hash given here.

    Args:
        con: A connection to the file under construction.
        observations: OBSERVATION rows, in any order, repeated or not.
        edge_lines: source_id, article_id, content_hash, line, is_head.
        removed_lines: article_id, content_hash, rule, line.
        provenance: PROVENANCE rows: the documents these are the sights of.
        dates: DATE_CANDIDATE rows: the dates in and around these documents.

    Returns:
        article_id, sorted, of what is to be built anew: articles given, and those of the same source and content.

    Raises:
        InvalidFrameError: The frame has two text hashes for one content of one source.
    """
    contents = observations.select("source_id", "content_hash", "text_hash").unique()
    _require_unique(contents, ("source_id", "content_hash"), frame="observations")
    write_waiting(con)
    with (
        registered(
            con,
            incoming_observation=observations,
            incoming_content=contents,
            incoming_edge_line=edge_lines,
            incoming_removed_line=removed_lines,
            incoming_provenance=provenance,
            incoming_date=dates,
        ),
        transaction(con),
    ):
        touched = _read_touched(con)
        run_tables(con, "expectations", "change_log")
        run_tables(con, "observations", *OBSERVATION_TABLES)
        run_tables(con, "coverage", "change_log")
        run_tables(con, "provenance", "article_provenance", "rejected_document")
        run_tables(con, "dates", "article_date")
    return touched


def _read_touched(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the articles that the incoming observations are of, or have the content of: article_id, sorted."""
    run_tables(con, "observations", "same_content")
    touched: pl.DataFrame = con.sql(read_script("sql/load/observations/touched_article.sql")).pl()
    return touched


def read_observations(con: duckdb.DuckDBPyConnection, article_ids: pl.DataFrame) -> pl.DataFrame:
    """Return all observations of the articles given.

    Args:
        con: A connection to the file under construction.
        article_ids: article_id.

    Returns:
        OBSERVATION rows, sorted by article_id, content_hash, the dates, ingested_at and ingested_uri.
    """
    with registered(con, wanted_article=article_ids):
        frame = con.sql(read_script("sql/load/observations/read_observations.sql")).pl()
    return restore_time_zone(frame)


def load_versions(
    con: duckdb.DuckDBPyConnection,
    versions: pl.DataFrame,
    *,
    run_key: int,
    ingested_at: datetime,
) -> None:
    """Replace the versions of the articles given.

    A version no longer there goes with its body and mentions; one with another text loses them. A version that needs a
    text which the warehouse has already takes over body, mentions and extraction_id from the version that has it: the
    same words from another outlet, or met again at another date, cost no second extraction.

    Args:
        con: A connection to the file under construction.
        versions: ARTICLE_VERSION rows: all versions of each article given.
        run_key: The load, for the rows that change.
        ingested_at: When the load takes place; new versions get its day as ingested_date_key.

    Raises:
        InvalidFrameError: An article_key, or a version of an article, is there twice.
    """
    _require_unique(versions, ("article_key",), frame="versions")
    _require_unique(versions, ("article_id", "version"), frame="versions")
    parameters = {
        "run_key": run_key,
        "ingested_at": ingested_at,
        "ingested_date_key": int(ingested_at.astimezone(UTC).strftime("%Y%m%d")),
    }
    tables = ("article_body", "fact_entity_mention", "fact_article", "bridge_article_author", "dim_article")
    write_waiting(con)
    with registered(con, incoming_version=versions), transaction(con):
        run_tables(con, "expectations", "change_log")
        run_tables(con, "entities", "change_log")
        run_tables(con, "versions", "version_change", "year_in_use", "touched_article", "changed_article", **parameters)
        run_tables(con, "calendar", "dim_date")
        run_tables(con, "versions", *tables, **parameters)
        run_tables(con, "dates", "fact_date_candidate")


def load_texts(
    con: duckdb.DuckDBPyConnection,
    texts: pl.DataFrame,
    mentions: pl.DataFrame,
    *,
    extraction_id: str,
    run_key: int,
) -> None:
    """Give the versions with these texts their body and what was read from it.

    Versions that have what this extraction read from their text are left alone.

    Args:
        con: A connection to the file under construction, the versions loaded.
        texts: TEXT rows.
        mentions: MENTION rows of these texts; a text without any has no mentions.
        extraction_id: What produced the mentions.
        run_key: The load, for the rows that change.

    Raises:
        InvalidFrameError: A text, or a span of a text, is there twice.
    """
    _require_unique(texts, ("text_hash",), frame="texts")
    _require_unique(mentions, ("text_hash", "field", "start_char", "end_char"), frame="mentions")
    parameters = {"extraction_id": extraction_id, "run_key": run_key}
    tables = ("article_body", "observed_entity", "fact_entity_mention", "fact_article")
    write_waiting(con)
    numbered = texts.with_row_index("text_number")
    tied = _number_mentions(mentions, numbered)
    with registered(con, incoming_text=numbered, incoming_mention=tied), transaction(con):
        run_tables(con, "entities", "change_log")
        run_tables(con, "texts", "text_target", **parameters)
        if con.execute("select 1 from text_target limit 1").fetchall():
            run_tables(con, "texts", *tables, **parameters)


def load_rejects(
    con: duckdb.DuckDBPyConnection,
    rejects: pl.DataFrame,
    *,
    run_key: int,
    rejected_at: datetime,
) -> None:
    """Keep the inputs that were refused for the first time.

    Args:
        con: A connection to the file under construction.
        rejects: REJECT rows, repeated or not.
        run_key: The load.
        rejected_at: When the load takes place.
    """
    with registered(con, incoming_reject=rejects), transaction(con):
        run_tables(con, "runs", "rejected_document", run_key=run_key, rejected_at=rejected_at)


def load_run(con: duckdb.DuckDBPyConnection, run: RunRecord) -> None:
    """Keep the record of a load.

    Args:
        con: A connection to the file under construction.
        run: The load.
    """
    with transaction(con):
        run_script(con, "sql/load/runs/dim_run.sql", **asdict(run))


def _number_mentions(mentions: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Return the mentions, numbered, with the text_number of their text, or null, in place of its hash.

    The number is looked up by itself, so that no other column is copied.
    """
    numbers = mentions.select("text_hash").join(
        texts.select("text_hash", "text_number"), on="text_hash", how="left", maintain_order="left"
    )
    return mentions.drop("text_hash").with_columns(numbers["text_number"]).with_row_index("mention_number")


def _require_unique(frame_given: pl.DataFrame, grain: Sequence[str], *, frame: str) -> None:
    keys = frame_given.select(grain)
    if keys.hash_rows().n_unique() == keys.height:  # a tenth of the time, and enough: equal rows have equal hashes
        return
    twice = keys.filter(keys.is_duplicated())
    if not twice.is_empty():
        raise InvalidFrameError(f"{frame}: more than one row for {twice.row(0, named=True)}")
