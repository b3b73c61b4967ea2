"""From what the model marked to names as they stand in the text.

The model takes titles into names ("Spokesperson Matthew Miller"), breaks names that follow a title ("Antony J" and
"Blinken"), and takes titles for names ("State" in "Secretary of State"). Titles are a closed list, so this can be
mended without asking the model again.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from transforms.cues import TextCues
from transforms.means import ALL_MEANS, MentionMeans
from transforms.name_lists import NameLists
from transforms.names import compute_name_key, strip_name
from transforms.span_repair import join_nicknames, mend_span
from transforms.spans import Span
from transforms.titles import TitleRun, find_run_at

PERSON: Final = "PERSON"

_SENTENCE_STOP: Final = re.compile(r"(?<![\w.])(?:[A-Z]{2,}|[^\W\d_]{6,})\.$")
"""A full stop after capitals without stops, or a word longer than abbreviations are ("Calif."), is the sentence's."""

_LOST: Final = "\ufffd"
_DAMAGED: Final = re.compile(r"[\w\ufffd]+")
_LINE: Final = re.compile(r"[^\n]+")
_NO_NAMES: Final = frozenset({"", "an", "the"})
_NEVER_A_PERSON: Final = frozenset("NORP LAW LANGUAGE WORK_OF_ART EVENT".split())


class Mention(NamedTuple):
    """A name in a text, before it is known whose.

    Attributes:
        start: First character.
        end: One past the last.
        label: The model's label, or PERSON for a name that follows a title.
        surface_text: The characters.
        name_key: ``names.compute_name_key`` of them.
    """

    start: int
    end: int
    label: str
    surface_text: str
    name_key: str


def build_mention(text: str, span: Span) -> Mention | None:
    """Return the mention a span holds, narrowed to the name; None when no letter, or only an article, is left."""
    start, end = strip_name(text, span.start, span.end)
    if text[end - 1 : end] == "." and _SENTENCE_STOP.search(text, start, end) is not None:
        end -= 1
    surface = text[start:end]
    key = _read_key(surface)
    return None if key is None else Mention(start, end, span.label, surface, key)


@lru_cache(maxsize=65_536)
def _read_key(surface: str) -> str | None:
    """Return the name key of a surface form; None when it is no name: an article, a single letter, no letter at all."""
    key = compute_name_key(surface)
    return None if key in _NO_NAMES or len(key) == 1 or not any(map(str.isalpha, surface)) else key


def repair_spans(
    cues: TextCues, spans: Iterable[Span], lists: NameLists, means: MentionMeans = ALL_MEANS
) -> list[Mention]:
    """Return the mentions of a text: titles cut off and dropped, names after titles whole, edges clean, no overlaps.

    Args:
        cues: Of the body.
        spans: The model's named spans (no sentences).
        lists: The reviewed lists.
        means: Which means are used: titles, span_repair.
    """
    starts = [run.start for run in cues.runs]
    repaired: dict[int, Mention] = {}
    lines = sorted(line for span in spans for line in _split_lines(cues.text, span))
    for span in join_nicknames(cues.text, lines) if means.span_repair else lines:
        fitted = _fit_to_titles(span, cues.runs, starts) if means.titles else span
        if fitted is None:
            continue
        for part in mend_span(cues.text, fitted, lists.is_place) if means.span_repair else (fitted,):
            mention = build_mention(cues.text, part)
            if mention is not None:
                repaired[mention.start] = _longer(repaired.get(mention.start), mention)
    return drop_overlaps(repaired.values())


def _split_lines(text: str, span: Span) -> Sequence[Span]:
    """Return the parts of a span on each line: no name goes on in the next paragraph, which the model cannot know."""
    if "\n" not in text[span.start : span.end]:
        return (_finish_damaged(text, span),)
    lines = _LINE.finditer(text, span.start, span.end)
    return [Span(*line.span(), span.label) for line in lines]


def _finish_damaged(text: str, span: Span) -> Span:
    """Return a span with all of its last word, which the model ends where a character was lost in decoding."""
    if _LOST not in text[span.end - 1 : span.end + 1]:
        return span
    rest = _DAMAGED.match(text, span.end)
    return span if rest is None else span._replace(end=rest.end())


def _fit_to_titles(span: Span, runs: Sequence[TitleRun], starts: Sequence[int]) -> Span | None:
    """Return the span without its titles, grown to the whole name after one; None when it is only a title."""
    run = find_run_at(runs, starts, span.end - 1)
    if run is None or span.start >= max(run.end, run.name_end):
        return span
    if span.end <= run.end:
        return None if span.start >= run.start and not run.is_ambiguous else span
    if span.start <= run.start and span.label != PERSON:
        return span
    return _fit_to_name(span, run)


def _fit_to_name(span: Span, run: TitleRun) -> Span:
    """Return the span that reaches into the name after a title, as that name where the two can be the same."""
    if run.name_end == run.name_start:
        return Span(max(span.start, run.end), span.end, span.label)
    if span.end > run.name_end or span.label in _NEVER_A_PERSON:
        return Span(max(span.start, run.name_start), span.end, span.label) if span.label == PERSON else span
    if span.label == PERSON or (span.end == run.name_end and not run.is_ambiguous):
        return Span(run.name_start, run.name_end if span.end == run.name_end else span.end, PERSON)
    return span


def _longer(one: Mention | None, other: Mention) -> Mention:
    return other if one is None or other.end > one.end else one


def drop_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions in order, of two that overlap the longer (then the earlier)."""
    kept: list[Mention] = []
    for mention in sorted(mentions):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
        else:
            kept.append(mention)
    return kept
