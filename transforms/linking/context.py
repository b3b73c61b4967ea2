"""A name that several could be meant by, in one article: the one whose company in these months the article has."""

from collections import defaultdict
from typing import Final

import polars as pl

from transforms.linking.frames import ARTICLE_CONTEXT, NAME_LINK
from transforms.linking.rules import RULES, Link

MIN_WEIGHT: Final = 12.0
"""What the companions must weigh that speak for a candidate: twelve that only this candidate has, or more that are
shared. By one or two, half of a sample were wrong, most of the few read with three or four, some up to nine, and three
of nine between ten and twelve."""

MARGIN: Final = 3.5
"""How many times more they must weigh than those that speak for the next."""


def choose_by_context(contexts: pl.DataFrame) -> pl.DataFrame:
    """Return what ambiguous names stand for in single articles (``frames.NAME_LINK``).

    Args:
        contexts: ``frames.ARTICLE_CONTEXT``: for a name and an article all candidates that share companions with it.
    """
    groups: dict[tuple[int, int], list[tuple[float, int, int]]] = defaultdict(list)
    rows = contexts.select(ARTICLE_CONTEXT.names()).iter_rows()
    for observed_key, article_key, candidate_key, count, weight in rows:
        groups[observed_key, article_key].append((weight, count, candidate_key))
    links = [
        link
        for (observed_key, article_key), group in sorted(groups.items())
        if (link := _choose(observed_key, article_key, sorted(group, reverse=True))) is not None
    ]
    return pl.DataFrame(links, schema=NAME_LINK, orient="row")


def _choose(observed_key: int, article_key: int, group: list[tuple[float, int, int]]) -> Link | None:
    """Return the link to the best candidate, if it is clearly the best."""
    weight, count, candidate_key = group[0]
    next_weight = group[1][0] if len(group) > 1 else 0.0
    if weight < MIN_WEIGHT or weight < MARGIN * next_weight:
        return None
    evidence = f"{count} companions of these months, weight {weight:.1f}; the next has {next_weight:.1f}"
    return Link(observed_key, article_key, candidate_key, "context", RULES["context"], evidence)
