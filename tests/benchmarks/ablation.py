"""What each means of ``transforms.means`` is worth: off alone, on a file of gold names.

    python tests/benchmarks/ablation.py GOLD.jsonl [--spans SPANS.parquet]

A gold line is {"id", "text", "mentions": [{"start", "end", "entity"}]}, offsets in characters of the text, entity null
where only the name is marked. The model reads the texts once; its spans are kept in SPANS.parquet, if given, and
taken from there the next time. For developers; nothing runs it by itself.

Columns of the table it prints: recall (gold names found, the same span or one with the same end), pairwise F of the
clusters within and across texts, mentions found, and CPU time in per cent of the model's; for each means the difference
that turning it off makes, so that a loss is negative.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl

from flows.nlp import extract_spans, load_nlp
from flows.reference import read_name_lists
from flows.settings import Settings
from transforms.means import ALL_MEANS, MentionMeans
from transforms.names import strip_name
from transforms.resolution import resolve_texts
from transforms.schemas import TEXT

REPEAT_COUNT: Final = 3
"""A setting is timed this often, in turn with all means; the least times count, as other processes only add to them."""


class Score(NamedTuple):
    """One setting on one file; recall and F in per cent."""

    recall: float
    in_text: float
    across_texts: float
    mention_count: int


def score_pairs(clusters: Sequence[tuple[object, object]]) -> float:
    """Return the pairwise F of clusters in per cent.

    Args:
        clusters: (gold cluster, own cluster) of each mention.

    Examples:
        >>> score_pairs([("a", 1), ("a", 1), ("b", 1)])
        50.0
    """

    def count_pairs(sizes: Iterable[int]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes)

    both = count_pairs(Counter(clusters).values())
    own = count_pairs(Counter(cluster for _, cluster in clusters).values())
    gold = count_pairs(Counter(cluster for cluster, _ in clusters).values())
    return 100.0 if own + gold == 0 else 200 * both / (own + gold)


def score_mentions(gold: Sequence[Mapping[str, Any]], mentions: pl.DataFrame) -> tuple[float, float, float]:
    """Return recall, and pairwise F within and across texts; a gold name not found is a cluster of its own."""
    found: dict[str, dict[int, tuple[int, int]]] = {}
    columns = mentions.select("text_hash", "start_char", "end_char", "entity_key")
    for text_hash, start, end, key in columns.iter_rows():
        found.setdefault(text_hash, {})[end] = (start, key)
    hit_count, within, across = 0, [], []
    for text in gold:
        for number, name in enumerate(text["mentions"]):
            _, end = strip_name(text["text"], name["start"], name["end"])
            hit = found.get(text["id"], {}).get(end)
            hit_count += hit is not None
            if name["entity"] is not None:
                own: object = ("missed", text["id"], number) if hit is None else hit[1]
                within.append(((text["id"], name["entity"]), (text["id"], own)))
                across.append((name["entity"], own))
    total = sum(len(text["mentions"]) for text in gold)
    return 100 * hit_count / max(total, 1), score_pairs(within), score_pairs(across)


def measure(
    gold: Sequence[Mapping[str, Any]], spans: pl.DataFrame, settings: Sequence[MentionMeans]
) -> tuple[list[Score], list[float]]:
    """Return the score of each setting and its CPU seconds, timed alternately."""
    texts = pl.DataFrame([(text["id"], "", text["text"], "en") for text in gold], schema=TEXT, orient="row")
    seconds: list[list[float]] = [[] for _ in settings]
    scores: list[Score] = []
    for repetition in range(REPEAT_COUNT):
        for means, times in zip(settings, seconds, strict=True):
            started = time.process_time()
            mentions = resolve_texts(texts, spans, read_name_lists("en"), means)
            times.append(time.process_time() - started)
            if repetition == 0:
                scores.append(Score(*score_mentions(gold, mentions), mentions.height))
    return scores, [min(times) for times in seconds]


def read_spans(gold: Sequence[Mapping[str, Any]], path: Path | None) -> tuple[pl.DataFrame, float]:
    """Return the model's spans and the CPU seconds it took, from a file where there is one."""
    if path is not None and path.exists():
        spans = pl.read_parquet(path)
        return spans.drop("model_seconds"), float(spans["model_seconds"][0])
    nlp = load_nlp(Settings().model)
    started = time.process_time()
    spans = extract_spans(nlp, [text["id"] for text in gold], [text["text"] for text in gold])
    seconds = time.process_time() - started
    if path is not None:
        spans.with_columns(model_seconds=pl.lit(seconds)).write_parquet(path)
    return spans, seconds


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--spans", type=Path)
    arguments = parser.parse_args()
    try:
        gold = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        parser.error(f"{arguments.gold}: {error}; give a file of gold names, an object a line")
    if not gold:
        parser.error(f"{arguments.gold}: no gold names in it")
    spans, model_seconds = read_spans(gold, arguments.spans)
    nothing = MentionMeans(**{field.name: False for field in fields(MentionMeans)})
    (full, bare), costs = measure(gold, spans, [ALL_MEANS, nothing])
    print("| means | recall | in text | across | mentions | CPU % |\n|---|---|---|---|---|---|")
    for name, score, cost in (("all", full, costs[0]), ("none", bare, costs[1])):
        print("| {} | {:.1f} | {:.1f} | {:.1f} | {} | {:.1f} |".format(name, *score, 100 * cost / model_seconds))
    for name in (field.name for field in fields(MentionMeans)):
        (_, score), (with_it, without) = measure(gold, spans, [ALL_MEANS, replace(ALL_MEANS, **{name: False})])
        change = [one - other for one, other in zip(score, full, strict=True)]
        saved = 100 * (without - with_it) / model_seconds
        print("| without {} | {:+.1f} | {:+.1f} | {:+.1f} | {:+} | {:+.1f} |".format(name, *change, saved), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
