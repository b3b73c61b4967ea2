"""Evaluations: what is asked of the warehouse that a gold set was run into, and where the figures are kept.

Two warehouses: the articles are read from one made for the evaluation, the figures go into the user's own.
"""

from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from warehouse.connection import connect, registered, transaction, translated_errors
from warehouse.scripts import read_script, run_tables


@dataclass(frozen=True, kw_only=True)
class EvaluationRecord:
    """An evaluation, as fact_evaluation keeps it: its columns are the attributes.

    Attributes:
        evaluation_key: Of the gold file's content, the models and the code.
        evaluated_at: When it began; bears a time zone.
        gold_name: Name of the gold file.
        gold_hash: SHA-256 of it, hex.
        model_name: Name of the model.
        model_version: Version of the model.
        model_backend: Matrix library the model ran on.
        code_version: Version of Dateline.
        article_count: Articles in the gold file.
        missing_article_count: Those that did not get into the warehouse.
    """

    evaluation_key: int
    evaluated_at: datetime
    gold_name: str
    gold_hash: str
    model_name: str
    model_version: str
    model_backend: str
    code_version: str
    article_count: int
    missing_article_count: int


def read_evaluated(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the articles of a warehouse, and the names found in them, as the public tables have them.

    Args:
        path: The published warehouse.

    Returns:
        Articles: external_id, headline, body. Mentions: external_id, field, start_char, end_char, entity_type,
        entity_key. Both of current versions, and sorted.

    Raises:
        WarehouseError: The file cannot be read.
    """
    with translated_errors(path, (duckdb.Error,)), closing(connect(path, read_only=True)) as con:
        articles: pl.DataFrame = con.sql(read_script("sql/lookup/evaluated_articles.sql")).pl()
        mentions: pl.DataFrame = con.sql(read_script("sql/lookup/evaluated_mentions.sql")).pl()
    return articles, mentions


def load_evaluation(con: duckdb.DuckDBPyConnection, record: EvaluationRecord, scores: pl.DataFrame) -> None:
    """Keep the figures of an evaluation, in place of those it had.

    Args:
        con: A connection to the file under construction.
        record: The evaluation.
        scores: EVALUATION_SCORE rows.
    """
    with registered(con, incoming_score=scores), transaction(con):
        run_tables(con, "evaluations", "year_in_use", evaluated_at=record.evaluated_at)
        run_tables(con, "calendar", "dim_date")
        run_tables(con, "evaluations", "fact_evaluation", **asdict(record))
