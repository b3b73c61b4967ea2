"""Evaluate: a gold set through the real pipeline, in a home of its own, and its figures into the user's warehouse."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import orjson
import polars as pl

from flows.context import RunContext
from flows.errors import UsageError
from flows.home import Home
from flows.inputs import Inputs
from flows.progress import ProgressReport
from flows.settings import Settings
from flows.steps.interval import holding_home, run_interval
from flows.workers import WorkerPool
from transforms.evaluation import FoundArticle, FoundMention, Score, score_articles
from transforms.gold import GoldArticle, GoldError, parse_gold
from transforms.keys import compute_key
from transforms.language import UNDETERMINED
from transforms.schemas import EVALUATION_SCORE
from warehouse.checks import check_load
from warehouse.evaluations import EvaluationRecord, load_evaluation, read_evaluated
from warehouse.publish import build_aside

_INPUT_NAME: Final = "gold.jsonl"


@dataclass(frozen=True, kw_only=True)
class GoldFile:
    """A gold set as it was read.

    Attributes:
        name: Of the file, without its folder.
        gold_hash: SHA-256 of its bytes, hex.
        articles: What is in it.
    """

    name: str
    gold_hash: str
    articles: Sequence[GoldArticle]


@dataclass(frozen=True, kw_only=True)
class FoundNames:
    """What the pipeline made of a gold set.

    Attributes:
        context: The run: models, code, clock.
        articles: Id in the gold set -> the article as the warehouse had it; one that was refused is not there.
    """

    context: RunContext
    articles: Mapping[str, FoundArticle]


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What an evaluation found.

    Attributes:
        record: What was measured, with what, when.
        scores: The figures.
        mention_counts: Type -> labelled mentions of it.
    """

    record: EvaluationRecord
    scores: Sequence[Score]
    mention_counts: Mapping[str, int]


def read_gold(path: Path) -> GoldFile:
    """Return a gold set.

    Raises:
        UsageError: The file cannot be read, or is wrong; the message has the line.
    """
    try:
        content = path.read_bytes()
        articles = parse_gold(content.removeprefix(b"\xef\xbb\xbf").splitlines())
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    except GoldError as error:
        raise UsageError(f"{path}: {error}") from error
    return GoldFile(name=path.name, gold_hash=hashlib.sha256(content).hexdigest(), articles=articles)


def find_names(gold: GoldFile, settings: Settings, *, report: ProgressReport) -> FoundNames:
    """Return what the pipeline finds in the articles of a gold set.

    They are run into a temporary home, without the sources file: what is found depends on them, the models and the
    code.

    Raises:
        UsageError: The model is not installed.
        DatelineError: The run failed.
        WarehouseError: The same.
    """
    with TemporaryDirectory(prefix="dateline-evaluate-") as folder:
        path = Path(folder) / _INPUT_NAME
        path.write_bytes(b"".join(orjson.dumps(article.record) + b"\n" for article in gold.articles))
        context = RunContext.start(settings.model_copy(update={"home": Path(folder) / "home", "sources": None}))
        pool = WorkerPool.from_settings(context.settings)
        run_interval(Inputs(paths=(path,)), context=context, pool=pool, report=report)
        return FoundNames(context=context, articles=_read_found(context.home))


def evaluate_gold(gold: GoldFile, settings: Settings, *, report: ProgressReport) -> Evaluation:
    """Return the figures of the pipeline on a gold set.

    Raises:
        DatelineError: As ``find_names`` does.
        WarehouseError: The same.
    """
    found = find_names(gold, settings, report=report)
    report.begin("scoring")
    return Evaluation(
        record=_describe(gold, found),
        scores=score_articles(gold.articles, found.articles),
        mention_counts=Counter(mention.type for article in gold.articles for mention in article.mentions),
    )


def store_evaluation(evaluation: Evaluation, home: Home, settings: Settings) -> bool:
    """Keep the figures in a home's warehouse; return False where there is none.

    Args:
        evaluation: The figures.
        home: Where they are kept.
        settings: How long a run that is in the home is waited for, and how much memory the database may use.

    Raises:
        HomeBusyError: A run is writing the home.
        WarehouseError: The database or the disk refused, or a check failed; the warehouse published before stays.
    """
    if not home.warehouse_path.exists():
        return False
    scores = pl.DataFrame(evaluation.scores, schema=EVALUATION_SCORE, orient="row")
    with (
        holding_home(home, wait_seconds=settings.busy_wait_seconds),
        build_aside(home.warehouse_path, memory_limit=settings.memory_limit) as con,
    ):
        load_evaluation(con, evaluation.record, scores)
        check_load(con)
    return True


def _read_found(home: Home) -> dict[str, FoundArticle]:
    """Return what was found in each article, by the id it has in the gold set."""
    articles, rows = read_evaluated(home.warehouse_path)
    mentions: dict[str, list[FoundMention]] = defaultdict(list)
    for article_id, *mention in rows.iter_rows():
        mentions[article_id].append(FoundMention(*mention))
    return {
        article_id: FoundArticle(headline, body, mentions[article_id])
        for article_id, headline, body in articles.iter_rows()
    }


def _describe(gold: GoldFile, found: FoundNames) -> EvaluationRecord:
    """Return what fact_evaluation says of an evaluation."""
    context = found.context
    languages = sorted({UNDETERMINED, *context.models.by_language})
    extraction_ids = [context.identify_extraction(code) for code in languages]
    return EvaluationRecord(
        evaluation_key=compute_key("evaluation", gold.gold_hash, context.code_version, *extraction_ids),
        evaluated_at=context.started_at,
        gold_name=gold.name,
        gold_hash=gold.gold_hash,
        model_name=context.models.name,
        model_version=context.models.version,
        model_backend=context.models.default.backend,
        code_version=context.code_version,
        article_count=len(gold.articles),
        missing_article_count=sum(article.article_id not in found.articles for article in gold.articles),
    )
