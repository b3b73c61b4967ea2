"""Stories: an article and its copies, and which of them is the original.

A story is an article, the first, and all that are copies of it. Copies of copies that share too little with the first
begin a story of their own, so that reports of one form, each a little unlike the last, do not chain into one. Which
articles make a story follows from the articles alone, not from the order in which they came.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

import polars as pl

from transforms.agencies import Agencies
from transforms.keys import compute_key
from transforms.story_schemas import STORY_MEMBER

MAX_AGE: Final = timedelta(days=7)
"""A near copy is published so long after the first article at most, or before it. In 15,893 articles none of the copies
came after more than three days; what came after more than a week was the next issue of a bulletin in one form."""

_UNDATED: Final = datetime.max.replace(tzinfo=UTC)
_Order = tuple[datetime, str]


class _Article(NamedTuple):
    """An article: its place among others (when it was published, its id), its wordings, its nearness to an agency."""

    order: _Order
    wording_keys: tuple[int, ...]
    agency_rank: int

    @property
    def article_id(self) -> str:
        return self.order[1]


def cluster_articles(articles: pl.DataFrame, copies: pl.DataFrame, agencies: Agencies) -> pl.DataFrame:
    """Return the story of each article (``story_schemas.STORY_MEMBER``), sorted by article_id.

    Articles with a wording in common are one block, whenever published. In the order of their first publication
    (undated last, then by article_id) blocks join the first story whose first block they are a copy of, no more than
    ``MAX_AGE`` from it (undated: at any time), or else begin one. The story is named by its first article, so that it
    keeps its key when later ones join. When an earlier article is found later, the story is named by that; when two
    stories begin with copies of it, their first articles are in one from then on, and what was a copy of theirs but
    is none of the earlier one begins a story of its own.

    The original is the agency's own article, else one that an agency wrote by its byline, dateline or text, else one
    that says it used an agency's, else any; of several the first.

    Args:
        articles: ``story_schemas.STORY_ARTICLE``: each article once, and with an article all that it is linked with,
            directly or through others.
        copies: wording_key_a, wording_key_b: the pairs of wordings that are copies, each once.
        agencies: The agencies that are known.
    """
    read = [_read(row, agencies) for row in articles.iter_rows(named=True)]
    neighbours = defaultdict(set)
    for a, b in copies.select("wording_key_a", "wording_key_b").iter_rows():
        neighbours[a].add(b)
        neighbours[b].add(a)
    rows = [row for story in _gather(_group_blocks(read), neighbours) for row in _describe(story)]
    return pl.DataFrame(rows, schema=STORY_MEMBER, orient="row").sort("article_id")


def _read(row: Mapping[str, Any], agencies: Agencies) -> _Article:
    published_at, article_id = row["first_published_at"], row["article_id"]
    order = (_UNDATED if published_at is None else published_at, article_id)
    return _Article(order, tuple(row["wording_keys"]), agencies.rank(row))


def _group_blocks(articles: list[_Article]) -> list[list[_Article]]:
    """Return the articles that share a wording together, the blocks and the articles in each in order."""
    parents: dict[int, int] = {}

    def find(key: int) -> int:
        """Return the wording that stands for all that are joined with one, and shorten the way to it."""
        while (parent := parents.setdefault(key, key)) != key:
            parents[key] = key = parents[parent]
        return key

    for article in articles:
        for key in article.wording_keys[1:]:
            parents[find(key)] = find(article.wording_keys[0])
    blocks: dict[int | str, list[_Article]] = defaultdict(list)
    for article in sorted(articles):
        blocks[find(article.wording_keys[0]) if article.wording_keys else article.article_id].append(article)
    return list(blocks.values())


def _gather(blocks: list[list[_Article]], neighbours: Mapping[int, set[int]]) -> Iterator[list[_Article]]:
    """Yield the articles of each story, the first article first."""
    stories: list[list[_Article]] = []
    led_by: dict[int, int] = {}  # wording of a first block -> number of its story
    for block in blocks:
        wordings = {key for article in block for key in article.wording_keys}
        near = {led_by[other] for key in wordings for other in neighbours.get(key, ()) if other in led_by}
        in_time = [number for number in near if _is_near(stories[number][0], block[0])]
        if in_time:
            stories[min(in_time)].extend(block)
            continue
        led_by.update(dict.fromkeys(wordings, len(stories)))
        stories.append(list(block))
    yield from stories


def _is_near(first: _Article, other: _Article) -> bool:
    """Tell whether two articles, in order, were published within ``MAX_AGE``, as far as they say."""
    return _UNDATED in (first.order[0], other.order[0]) or other.order[0] - first.order[0] <= MAX_AGE


def _describe(story: list[_Article]) -> Iterator[tuple[str, int, str, bool]]:
    story_id = story[0].article_id
    story_key = compute_key("story", story_id)
    original = min(story, key=lambda article: (article.agency_rank, article.order))
    for article in story:
        yield article.article_id, story_key, story_id, article is original
