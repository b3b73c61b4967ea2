"""How well names are found and resolved, measured on articles labelled by hand.

Three questions, each with figures of the field:

- Are the names marked as they were labelled? Precision, recall and F1 of spans with their type, which is the measure of
  CoNLL-2003 (Tjong Kim Sang and De Meulder, Introduction to the CoNLL-2003 Shared Task, section 2.4), after what
  ``alignment.trim_place`` says is taken off both sides.
- Is a name found at all? Recall of any type, of the same span or of one with the same end ("Asim Munir" for "General
  Asim Munir").
- Do two mentions mean the same? Pairwise and B-cubed figures (``clusters.py``) over the labelled mentions, within each
  article and across all. A mention that was not found is an entity of its own.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from transforms.alignment import Place, align_texts, trim_place
from transforms.clusters import Agreement, compare_b_cubed, compare_pairs
from transforms.gold import COARSE_TYPES, OTHER, GoldArticle, uses_coarse_types

ALL_TYPES: Final = "ALL"
"""All types together: each mention counts once (micro average)."""


class FoundMention(NamedTuple):
    """A row of fact_entity_mention, with the type of its entity.

    Attributes:
        field: headline or body.
        start: First character in it.
        end: One past the last.
        entity_type: A label of spaCy.
        entity_key: Its entity.
    """

    field: str
    start: int
    end: int
    entity_type: str
    entity_key: int


class FoundArticle(NamedTuple):
    """An article as the warehouse has it."""

    headline: str
    body: str
    mentions: Sequence[FoundMention]


class Score(NamedTuple):
    """A figure: ``metric`` for mentions of ``entity_type``.

    Attributes:
        entity_type: A type of the gold set, or ALL_TYPES.
        metric: ``mention_precision`` and the like; ``METRICS`` has all.
        value_ratio: 0 to 1.
        true_positive_count: Mentions, or pairs of mentions; None for B-cubed, which is a mean.
        false_positive_count: The same; None where only a recall is measured, too.
        false_negative_count: The same.
    """

    entity_type: str
    metric: str
    value_ratio: float
    true_positive_count: int | None
    false_positive_count: int | None
    false_negative_count: int | None


class _Judged(NamedTuple):
    """A labelled mention, and what became of it."""

    type: str
    gold_entity: str | None
    own_entity: Hashable
    article_id: str
    is_exact: bool
    is_found: bool


_CLUSTER_MEASURES: Final = {"pairwise": compare_pairs, "b_cubed": compare_b_cubed}
_RATIOS: Final = ("precision", "recall", "f1")

METRICS: Final = (
    *(f"mention_{ratio}" for ratio in _RATIOS),
    "any_type_recall",
    *(
        f"{scope}_{measure}_{ratio}"
        for scope in ("in_article", "cross_article")
        for measure in _CLUSTER_MEASURES
        for ratio in _RATIOS
    ),
)
"""All metrics, in the order they are told in."""


def score_articles(gold: Sequence[GoldArticle], found: Mapping[str, FoundArticle]) -> list[Score]:
    """Return the figures for a gold set: each type in it, then ALL_TYPES.

    Names of a type that the set has no label of are not counted as wrong: the set does not mark them. OTHER, which says
    only that something is a name, has no precision, and ALL_TYPES leaves it out of the precision, recall and F1 of
    mentions. Where a set does not mark every name, precision is a lower bound.

    Args:
        gold: The articles as labelled.
        found: article_id -> the article as the warehouse has it; one that is not there has no names found.
    """
    is_coarse = uses_coarse_types(gold)
    own_counts: Counter[str] = Counter()
    judged: list[_Judged] = []
    for article in gold:
        marked = _locate_marks(article, found.get(article.article_id), is_coarse=is_coarse)
        own_counts.update(kind for kind, _ in marked.values())
        judged += _judge_mentions(article, marked)
    types = sorted({mention.type for mention in judged})
    typed = [kind for kind in types if kind != OTHER]
    scores = [score for kind in types for score in _score_type(kind, [kind], judged, own_counts)]
    return [*scores, *_score_type(ALL_TYPES, typed, judged, own_counts)]


def _locate_marks(article: GoldArticle, found: FoundArticle | None, *, is_coarse: bool) -> dict[Place, tuple[str, int]]:
    """Return the type and entity of each place in the gold text that was marked.

    A headline has a place in the gold text only where the text begins with the title.
    """
    if found is None:
        return {}
    head = article.title if article.text.startswith(article.title) else ""
    locators = {"headline": align_texts(found.headline, head), "body": align_texts(found.body, article.text)}
    marked: dict[Place, tuple[str, int]] = {}
    for mention in found.mentions:
        place = locators[mention.field]((mention.start, mention.end))
        if place is not None:
            kind = COARSE_TYPES.get(mention.entity_type, OTHER) if is_coarse else mention.entity_type
            marked[trim_place(article.text, place)] = (kind, mention.entity_key)
    return marked


def _judge_mentions(article: GoldArticle, marked: Mapping[Place, tuple[str, int]]) -> Iterator[_Judged]:
    """Yield what became of each labelled mention of an article."""
    starts_by_end: dict[int, int] = {}
    for start, end in marked:
        starts_by_end[end] = min(start, starts_by_end.get(end, start))
    for number, mention in enumerate(article.mentions):
        place = trim_place(article.text, (mention.start, mention.end))
        hit = marked.get(place)
        if hit is None and place[1] in starts_by_end:
            hit = marked[starts_by_end[place[1]], place[1]]
        yield _Judged(
            type=mention.type,
            gold_entity=mention.entity,
            own_entity=(article.article_id, number) if hit is None else hit[1],
            article_id=article.article_id,
            is_exact=place in marked and marked[place][0] == mention.type,
            is_found=hit is not None,
        )


def _score_type(
    name: str, types: Sequence[str], judged: Sequence[_Judged], own_counts: Mapping[str, int]
) -> Iterator[Score]:
    """Yield the figures of one type, or of ALL_TYPES."""
    labelled = [mention for mention in judged if name in {ALL_TYPES, mention.type}]
    if types and OTHER not in types:
        exact_count = sum(mention.is_exact for mention in labelled if mention.type in types)
        gold_count = sum(mention.type in types for mention in labelled)
        own_count = sum(own_counts[kind] for kind in types)
        agreement = _count_agreement(exact_count, own_count=own_count, gold_count=gold_count)
        yield from _list_scores(name, "mention", agreement)
    found_count = sum(mention.is_found for mention in labelled)
    missed_count = len(labelled) - found_count
    if labelled:
        yield Score(name, "any_type_recall", found_count / len(labelled), found_count, None, missed_count)
    linked = [mention for mention in labelled if mention.gold_entity is not None]
    if not linked:
        return
    within = [((one.article_id, one.gold_entity), (one.article_id, one.own_entity)) for one in linked]
    across = [(one.gold_entity, one.own_entity) for one in linked]
    for scope, items in (("in_article", within), ("cross_article", across)):
        for measure, compare in _CLUSTER_MEASURES.items():
            yield from _list_scores(name, f"{scope}_{measure}", compare(items))


def _count_agreement(right_count: int, *, own_count: int, gold_count: int) -> Agreement:
    """Return precision and recall of things that are right or wrong; 0 where there is nothing to be right."""
    return Agreement(
        right_count / max(own_count, 1),
        right_count / max(gold_count, 1),
        right_count,
        own_count - right_count,
        gold_count - right_count,
    )


def _list_scores(name: str, measure: str, agreement: Agreement) -> Iterator[Score]:
    """Yield precision, recall and F1, each with the counts behind them."""
    for ratio in _RATIOS:
        value: float = getattr(agreement, ratio)
        yield Score(name, f"{measure}_{ratio}", value, *agreement[2:])
