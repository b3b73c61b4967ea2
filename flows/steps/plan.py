"""Plan: what each document is to the warehouse, and which texts still have to be read by the model.

Between normalizing and the model stands what needs a view over all documents: lines that repeat across a source's
articles are taken off, documents are told apart as loaded, unchanged or duplicate, and each distinct text is given to
one chunk, once and for all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypedDict

import polars as pl

from flows.context import RunContext
from flows.progress import ProgressReport
from flows.stage import read_parquet, write_parquet
from flows.steps.bodies import hash_bodies
from flows.steps.chunks import Chunk, assign_chunks
from flows.steps.normalize import NormalizedBatch
from transforms.furniture import REPEATED_LINE, collect_edge_lines, trim_articles
from transforms.schemas import ARTICLE, DATE_CANDIDATE, OBSERVATION, PROVENANCE, REJECT, REMOVED_LINE, TEXT
from warehouse.lookup import find_repeated_lines, read_articles_with_lines, read_known_contents, read_trimmed_lines

CONTENT_KEY = ("article_id", "content_hash")

LOADED_KINDS: Final = ("observations", "edge_lines", "removed_lines", "provenance", "dates")
"""The folders of a run's files that are loaded, in the order in which the loader takes them. All have CONTENT_KEY."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What became of the documents that were understood; with the rejected ones they are all that were read.

    Attributes:
        loaded: New, or new content of a known article.
        unchanged: There before.
        duplicate: Met before in this run.
        unsupported: Of those loaded, in a language that no model reads.
        removed_line: Lines of page furniture, and datelines, taken off those loaded.
    """

    loaded: int
    unchanged: int
    duplicate: int
    unsupported: int
    removed_line: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What plan leaves behind.

    Attributes:
        run_path: This run's own folder, with one file a batch in each folder of LOADED_KINDS.
        batch_names: The names of those files, without ending, a batch of this run each.
        earlier_names: The same for articles loaded earlier that have to be trimmed again.
        chunks: All chunks that hold a text the load needs.
        counts: What became of the documents.
        source_counts: source_id, status, len: what became of those of each outlet.
        settled_count: Documents for which the model need not be asked.
        refused: ``schemas.REJECT``: the documents that were understood, and whose text cannot be read.
    """

    run_path: Path
    batch_names: Sequence[str]
    earlier_names: Sequence[str]
    chunks: Sequence[Chunk]
    counts: Counts
    source_counts: pl.DataFrame
    settled_count: int
    refused: pl.DataFrame = field(default_factory=REJECT.to_frame)

    def read_statuses(self) -> pl.DataFrame:
        """Return a row a document that was understood: source_id, article_id, content_hash, language_code, status."""
        return read_parquet(_locate_statuses(self.run_path))

    def read(self, kind: str, names: Sequence[str]) -> pl.DataFrame:
        """Return files of the run, of which there are some, as one frame: kind is the name of their folder."""
        return pl.concat([read_parquet(self.run_path / kind / f"{name}.parquet") for name in names])

    def list_source_ids(self) -> frozenset[str]:
        """Return the outlets of the articles of this run."""
        return frozenset(self.source_counts["source_id"])

    def list_article_ids(self) -> pl.DataFrame:
        """Return the articles of this run: article_id, repeated."""
        paths = [self.run_path / "observations" / f"{name}.parquet" for name in self.batch_names]
        columns = [OBSERVATION.to_frame(), *(read_parquet(path, ["article_id"]) for path in paths)]
        return pl.concat([frame.select("article_id") for frame in columns])


def plan_run(batches: Sequence[NormalizedBatch], *, context: RunContext, report: ProgressReport) -> Plan:
    """Return the plan of a run over normalized batches."""
    report.begin("planning")
    run_path = context.run_path
    edge_lines = [
        _write_edge_lines(_read_articles(batch, context), run_path, _name(index)) for index, batch in enumerate(batches)
    ]
    repeated = find_repeated_lines(
        context.home.warehouse_path,
        pl.concat(edge_lines) if edge_lines else collect_edge_lines(ARTICLE.to_frame()),
        min_article_count=context.settings.repeated_line_article_count,
    )
    statuses = _classify(batches, context)
    names = [_name(index) for index in range(len(batches))]
    for index, (name, batch) in enumerate(zip(names, batches, strict=True)):
        articles = _read_articles(batch, context)
        write_parquet(articles.select(PROVENANCE.names()), run_path / "provenance" / f"{name}.parquet")
        write_parquet(_list_dates(articles), run_path / "dates" / f"{name}.parquet")
        trimmed = trim_articles(articles, repeated)
        _write_batch(trimmed, statuses.filter(pl.col("batch") == index), run_path, name, context)
    earlier_names = _trim_earlier(repeated, run_path, context, first=len(batches))
    write_parquet(statuses.select("source_id", *CONTENT_KEY, "language_code", "status"), _locate_statuses(run_path))
    text_paths = [run_path / "texts" / f"{name}.parquet" for name in (*names, *earlier_names)]
    chunks = assign_chunks(text_paths, context=context)
    return Plan(
        run_path=run_path,
        batch_names=names,
        earlier_names=earlier_names,
        chunks=chunks,
        settled_count=statuses.height - _count_open_texts(chunks, context),
        **count_documents(statuses, run_path, names, context),
    )


def _locate_statuses(run_path: Path) -> Path:
    return run_path / "statuses.parquet"


def _name(index: int) -> str:
    return f"{index:06}"


def _list_dates(articles: pl.DataFrame) -> pl.DataFrame:
    """Return the date candidates of articles as DATE_CANDIDATE."""
    listed = articles.select(*CONTENT_KEY, "dates", "ingested_at").explode("dates", empty_as_null=True)
    return listed.drop_nulls("dates").unnest("dates").select(DATE_CANDIDATE.names())


def _read_articles(batch: NormalizedBatch, context: RunContext) -> pl.DataFrame:
    """Return the articles of a batch, each under the outlet to which the sources file counts its domain."""
    return context.own_sources(read_parquet(batch.articles_path))


def _write_edge_lines(articles: pl.DataFrame, run_path: Path, name: str) -> pl.DataFrame:
    """Keep a batch's short first and last lines for the load, and return them."""
    lines = collect_edge_lines(articles)
    write_parquet(lines, run_path / "edge_lines" / f"{name}.parquet")
    return lines


def _classify(batches: Sequence[NormalizedBatch], context: RunContext) -> pl.DataFrame:
    """Return a row a document, in the order of reading.

    Columns: batch (UInt32), source_id, article_id, content_hash, language_code, status (loaded, unchanged or
    duplicate), and known_text_hash and known_extraction_id as the warehouse has them, null where it does not.
    """
    columns = ["source_id", *CONTENT_KEY, "language_code"]
    frames = [
        context.own_sources(read_parquet(batch.articles_path, columns)).with_columns(
            batch=pl.lit(index, dtype=pl.UInt32)
        )
        for index, batch in enumerate(batches)
    ]
    documents = (
        pl.concat(frames) if frames else ARTICLE.to_frame().select(columns).with_columns(batch=pl.lit(0, pl.UInt32))
    )
    known = read_known_contents(context.home.warehouse_path, documents.select(CONTENT_KEY).unique())
    known = known.rename({"text_hash": "known_text_hash", "extraction_id": "known_extraction_id"})
    status = (
        pl.when(~pl.struct(CONTENT_KEY).is_first_distinct())
        .then(pl.lit("duplicate"))
        .when(pl.col("known_text_hash").is_not_null())
        .then(pl.lit("unchanged"))
        .otherwise(pl.lit("loaded"))
    )
    joined: pl.DataFrame = documents.join(known, on=CONTENT_KEY, how="left", maintain_order="left")
    return joined.with_columns(status=status)


def _write_batch(trimmed: pl.DataFrame, statuses: pl.DataFrame, run_path: Path, name: str, context: RunContext) -> None:
    """Write what one batch of trimmed articles gives the load, and the texts the load needs mentions of."""
    known = statuses.select(*CONTENT_KEY, "known_text_hash", "known_extraction_id").unique()
    wanted = {code: context.identify_extraction(code) for code in trimmed["language_code"].unique()}
    is_done = (pl.col("known_text_hash") == pl.col("text_hash")) & (
        pl.col("known_extraction_id") == pl.col("language_code").replace_strict(wanted, return_dtype=pl.String)
    )
    needed = trimmed.join(known, on=CONTENT_KEY, how="left").filter(~is_done.fill_null(value=False))
    removed = (
        trimmed.select(*CONTENT_KEY, "removed_lines")
        .explode("removed_lines", empty_as_null=True)
        .drop_nulls("removed_lines")
        .unnest("removed_lines")
    )
    write_parquet(trimmed.select(OBSERVATION.names()), run_path / "observations" / f"{name}.parquet")
    write_parquet(removed, run_path / "removed_lines" / f"{name}.parquet")
    texts = needed.select(TEXT.names()).unique("text_hash", maintain_order=True)
    write_parquet(hash_bodies(texts), run_path / "texts" / f"{name}.parquet")


def _trim_earlier(repeated: pl.DataFrame, run_path: Path, context: RunContext, *, first: int) -> list[str]:
    """Write batches for articles loaded earlier that still carry a line now known as furniture; return their names."""
    names: list[str] = []
    for frame in _read_earlier(repeated, context):
        name = _name(first + len(names))
        known = frame.select(
            *CONTENT_KEY,
            known_text_hash=pl.lit(None, pl.String),
            known_extraction_id=pl.lit(None, pl.String),
        )
        trimmed = trim_articles(_add_removed_lines(frame, context), repeated)
        _write_batch(trimmed, known, run_path, name, context)
        write_parquet(collect_edge_lines(ARTICLE.to_frame()), run_path / "edge_lines" / f"{name}.parquet")
        write_parquet(PROVENANCE.to_frame(), run_path / "provenance" / f"{name}.parquet")
        write_parquet(DATE_CANDIDATE.to_frame(), run_path / "dates" / f"{name}.parquet")
        names.append(name)
    return names


def _add_removed_lines(articles: pl.DataFrame, context: RunContext) -> pl.DataFrame:
    """Return articles loaded earlier with the lines that were trimmed off them then as removed_lines."""
    contents = articles.select(CONTENT_KEY).unique()
    known = read_trimmed_lines(context.home.warehouse_path, contents, rule=REPEATED_LINE)
    lines = pl.concat([REMOVED_LINE.to_frame(), known], how="diagonal")
    listed = lines.group_by(CONTENT_KEY).agg(removed_lines=pl.struct(pl.exclude(CONTENT_KEY)))
    joined = articles.join(listed, on=CONTENT_KEY, how="left", maintain_order="left")
    return joined.with_columns(pl.col("removed_lines").fill_null(pl.lit([], dtype=ARTICLE["removed_lines"])))


def _read_earlier(repeated: pl.DataFrame, context: RunContext) -> Iterator[pl.DataFrame]:
    """Yield the articles; what a file of an older schema does not say of them is null."""
    if repeated.is_empty():
        return
    for frame in read_articles_with_lines(context.home.warehouse_path, repeated, batch_rows=1_000):
        yield pl.concat([OBSERVATION.to_frame(), frame], how="diagonal")


def _count_open_texts(chunks: Sequence[Chunk], context: RunContext) -> int:
    """Return how many texts are in chunks that have to be worked on."""
    return sum(chunk.text_count for chunk in chunks if not chunk.is_done(context))


class DocumentCounts(TypedDict):
    """The counts of a plan."""

    counts: Counts
    source_counts: pl.DataFrame


def count_documents(
    statuses: pl.DataFrame, run_path: Path, names: Sequence[str], context: RunContext
) -> DocumentCounts:
    """Return what became of documents, in all and by outlet.

    Args:
        statuses: source_id, article_id, content_hash, language_code, status: the documents.
        run_path: The folder of the run.
        names: Its batches.
        context: The run.
    """
    by_status = dict(statuses.group_by("status").len().iter_rows())
    loaded = statuses.filter(pl.col("status") == "loaded")
    unsupported = [code for code in loaded["language_code"] if context.models.find(code) is None]
    contents = loaded.select(CONTENT_KEY)
    removed = sum(
        read_parquet(run_path / "removed_lines" / f"{name}.parquet").join(contents, on=CONTENT_KEY, how="semi").height
        for name in names
    )
    counts = Counts(
        loaded=by_status.get("loaded", 0),
        unchanged=by_status.get("unchanged", 0),
        duplicate=by_status.get("duplicate", 0),
        unsupported=len(unsupported),
        removed_line=removed,
    )
    return {"counts": counts, "source_counts": statuses.group_by("source_id", "status").len()}
