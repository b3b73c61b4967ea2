"""Lines of a page that are not the article's: known ones by a reviewed list, others because they recur at the edges.

Rather too few rules than wrong ones: a sentence of prose taken away is worse than a share button left. Whatever is
removed is kept beside the article, with the rule that did it.
"""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import polars as pl

from transforms.keys import compute_hash
from transforms.text import PARAGRAPH_DIVIDER, count_words, fold_line

MAX_LINE_CHAR_COUNT: Final = 200
"""Longer paragraphs are prose, whatever they begin with."""

HEAD_LINE_COUNT, TAIL_LINE_COUNT = 2, 6
"""How many paragraphs at the start and at the end of a body are looked at for lines that recur."""

REPEATED_LINE: Final = "repeated_line"
"""The rule that takes off a line at an edge which many articles of the source have there."""

MIN_SENTENCE_WORDS: Final = 3
"""So many words that end as a sentence does are prose, however often they recur: "Terms were not disclosed."."""

_SENTENCE_LINE: Final = r"[.?!][\"”’')]*$"
_TRIMMED: Final = ".!:…»>→| "  # around a line of the list these do not count


class RemovedLine(NamedTuple):
    """A line that was taken out of a body, and the rule that did it.

    Attributes:
        rule: The rule.
        line: As it stood.
        paragraph_number: How many paragraphs of the content stand before it. A line that recurs is itself one of them.
        line_number: Its place among the lines that were taken out there, from 1; None for a line that recurs.
    """

    rule: str
    line: str
    paragraph_number: int | None
    line_number: int | None


class LineMatcher(NamedTuple):
    """Lines that are furniture in one position.

    Attributes:
        rules: Folded line -> rule.
        patterns: (pattern, rule): the pattern matches a folded line whole.
    """

    rules: Mapping[str, str]
    patterns: Sequence[tuple[re.Pattern[str], str]]

    def find_rule(self, paragraph: str) -> str | None:
        """Return the rule by which a paragraph is furniture, None when it is not."""
        if len(paragraph) > MAX_LINE_CHAR_COUNT:
            return None
        folded = _fold(paragraph)
        rule = self.rules.get(folded.strip(_TRIMMED))
        if rule is not None:
            return rule
        return next((name for pattern, name in self.patterns if pattern.fullmatch(folded) is not None), None)


@dataclass(frozen=True)
class FurnitureRules:
    """The reviewed list, ready for use.

    Attributes:
        anywhere: Lines that are furniture wherever they stand.
        edge: Lines that are furniture at the start or the end of a body, next to other furniture there.
    """

    anywhere: LineMatcher
    edge: LineMatcher

    def mark(self, paragraphs: Sequence[str]) -> list[str | None]:
        """Return for each paragraph the rule by which it is furniture; None where it is the article's."""
        rules = [self.anywhere.find_rule(paragraph) for paragraph in paragraphs]
        for places in (range(len(paragraphs)), reversed(range(len(paragraphs)))):
            self._strip_edge(paragraphs, rules, places)
        return rules

    def _strip_edge(self, paragraphs: Sequence[str], rules: list[str | None], places: Iterable[int]) -> None:
        """Fill in the rules of furniture from one end, up to the first paragraph that is the article's."""
        for place in places:
            if rules[place] is None:
                rules[place] = self.edge.find_rule(paragraphs[place])
            if rules[place] is None:
                return


def take_marked(paragraphs: Sequence[str], rules: Sequence[str | None]) -> tuple[list[str], list[RemovedLine]]:
    """Return the paragraphs that have no rule, and the others with theirs, both in order.

    Examples:
        >>> take_marked(["Share", "Rain fell.", "Tags"], ["share", None, "tags"])[1][1]
        RemovedLine(rule='tags', line='Tags', paragraph_number=1, line_number=1)
    """
    kept: list[str] = []
    removed: list[RemovedLine] = []
    for paragraph, rule in zip(paragraphs, rules, strict=True):
        if rule is None:
            kept.append(paragraph)
        else:
            is_next = bool(removed) and removed[-1].paragraph_number == len(kept)
            line_number = (removed[-1].line_number or 0) + 1 if is_next else 1
            removed.append(RemovedLine(rule, paragraph, len(kept), line_number))
    return kept, removed


def build_furniture_rules(table: pl.DataFrame) -> FurnitureRules:
    """Return the rules of a table.

    Args:
        table: Columns rule, kind (line, prefix or pattern), position (anywhere or edge), text; a row a line. A line and
            a prefix are compared without case, a pattern is a regular expression for the whole folded line.
    """
    return FurnitureRules(
        anywhere=_build_matcher(table.filter(pl.col("position") == "anywhere")),
        edge=_build_matcher(table.filter(pl.col("position") == "edge")),
    )


def _build_matcher(table: pl.DataFrame) -> LineMatcher:
    rules: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    for rule, kind, text in table.select("rule", "kind", "text").iter_rows():
        if kind == "line":
            rules[_fold(text).strip(_TRIMMED)] = rule
        else:
            expression = rf"(?:{text})[.!:…]*" if kind == "pattern" else rf"{re.escape(_fold(text))}.*"
            patterns.append((re.compile(expression), rule))
    return LineMatcher(rules, patterns)


def _fold(line: str) -> str:
    """Return what a line is compared by: case and the form of apostrophes do not count."""
    return fold_line(line).replace("’", "'")


def collect_edge_lines(articles: pl.DataFrame) -> pl.DataFrame:
    """Return the short first and last paragraphs of bodies: source_id, article_id, content_hash, line, is_head.

    Grain: a line of a content at one of its ends. A body of one paragraph has none, and sentences are left out.

    Args:
        articles: Needs source_id, article_id, content_hash, body.
    """
    paragraphs = articles.select(
        "source_id", "article_id", "content_hash", line=pl.col("body").str.split(PARAGRAPH_DIVIDER)
    ).filter(pl.col("line").list.len() > 1)
    ends = (
        paragraphs.with_columns(pl.col("line").list.head(HEAD_LINE_COUNT), is_head=pl.lit(value=True)),
        paragraphs.with_columns(pl.col("line").list.tail(TAIL_LINE_COUNT), is_head=pl.lit(value=False)),
    )
    line = pl.col("line")
    is_prose = line.str.contains(_SENTENCE_LINE) & (count_words(line) >= MIN_SENTENCE_WORDS)
    is_short = line.str.len_chars() <= MAX_LINE_CHAR_COUNT
    return pl.concat(ends).explode("line", empty_as_null=True).filter(is_short & ~is_prose).unique(maintain_order=True)


def trim_articles(articles: pl.DataFrame, repeated: pl.DataFrame) -> pl.DataFrame:
    """Return the articles without the lines that recur at the edges of their source, and the hash of each text.

    Lines are taken off from the ends as long as the outermost one is known; the last paragraph left stays. Changes
    body, word_count (words of headline and body) and removed_lines, adds text_hash; other columns pass through.
    Where a body was trimmed before, removed_lines has to say so, or the places of the lines taken off now are wrong.

    Args:
        articles: Needs source_id, headline, body, word_count, removed_lines.
        repeated: source_id, line, is_head: the lines that recur.
    """
    rows = _find_affected(articles, repeated)
    bodies, removed = articles["body"].to_list(), articles["removed_lines"].to_list()
    lines = _group_lines(repeated)
    for row in rows:
        paragraphs = bodies[row].split(PARAGRAPH_DIVIDER)
        first, beyond = _find_ends(paragraphs, lines[articles["source_id"][row]])
        bodies[row] = PARAGRAPH_DIVIDER.join(paragraphs[first:beyond])
        before = _count_trimmed(removed[row])
        removed[row] = [
            *removed[row],
            *(
                RemovedLine(REPEATED_LINE, line, None if before is None else before + place, None)._asdict()
                for place, line in enumerate(paragraphs)
                if not first <= place < beyond
            ),
        ]
    hashes = [compute_hash("text", *pair) for pair in zip(articles["headline"], bodies, strict=True)]
    return articles.with_columns(
        pl.Series("body", bodies, dtype=pl.String),
        pl.Series("removed_lines", removed, dtype=articles.schema["removed_lines"]),
        pl.Series("text_hash", hashes, dtype=pl.String),
    ).with_columns(word_count=count_words(pl.col("headline")) + count_words(pl.col("body")))


def _find_affected(articles: pl.DataFrame, repeated: pl.DataFrame) -> list[int]:
    """Return the numbers of the rows whose body begins or ends with a line that recurs."""
    paragraphs = pl.col("body").str.split(PARAGRAPH_DIVIDER)
    ends = articles.select("source_id", first=paragraphs.list.first(), last=paragraphs.list.last()).with_row_index()
    found = [
        ends.join(
            repeated.filter(pl.col("is_head") == is_head),
            left_on=["source_id", place],
            right_on=["source_id", "line"],
            how="semi",
        )["index"]
        for place, is_head in (("first", True), ("last", False))
    ]
    return pl.concat(found).unique().sort().to_list()


def _group_lines(repeated: pl.DataFrame) -> dict[str, tuple[set[str], set[str]]]:
    """Return source_id -> lines at the start, lines at the end."""
    lines: dict[str, tuple[set[str], set[str]]] = {}
    for source_id, line, is_head in repeated.select("source_id", "line", "is_head").iter_rows():
        heads, tails = lines.setdefault(source_id, (set(), set()))
        (heads if is_head else tails).add(line)
    return lines


def _count_trimmed(removed: Iterable[Mapping[str, Any]]) -> int | None:
    """Return how many paragraphs were trimmed off the start before; None when that is not known."""
    places = {line["paragraph_number"] for line in removed if line["rule"] == REPEATED_LINE}
    return None if None in places else next(place for place in itertools.count() if place not in places)


def _find_ends(paragraphs: Sequence[str], lines: tuple[set[str], set[str]]) -> tuple[int, int]:
    """Return the place of the first paragraph that stays, and that behind the last."""
    heads, tails = lines
    first, beyond = 0, len(paragraphs)
    while beyond - first > 1 and paragraphs[first] in heads:
        first += 1
    while beyond - first > 1 and paragraphs[beyond - 1] in tails:
        beyond -= 1
    return first, beyond
