r"""Text as it is stored: one Unicode form, plain white space, paragraphs divided by a blank line.

Words and punctuation stay as they were written, curly quotes too. Everything here takes time linear in the text.
"""

import itertools
import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

import polars as pl

PARAGRAPH_DIVIDER: Final = "\n\n"

MIN_WRAP_WIDTH, MAX_WRAP_WIDTH = 30, 100
"""Hard-wrapped text has lines of 60 to 80 characters as a rule; shorter ones are lists and verse, longer ones prose."""

MIN_RUN_ON_RATIO: Final = 0.5
"""Text is hard-wrapped when at least so many of its line breaks fall within a sentence. In 13,477 wire items of 1987
nearly all do; where every line is a paragraph, none does."""

MIN_VERSE_LINE_COUNT: Final = 3
"""So many lines that go on with a sentence, each opening with a capital, are verse."""

MAX_MARK_COUNT: Final = 30
"""Combining marks on one character; more are dropped, since the time to order them grows with their square (the
Stream-Safe Text Format of UAX #15, section 13, has the same limit)."""

_LINE_ENDS: Final = "\r\v\f\x85\u2028\u2029"
_INVISIBLE: Final = "\u00ad\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_DIRECTIONS: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROLS: Final = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in f"\t\n{_LINE_ENDS}"]
_CLEANED: Final = str.maketrans(
    {**dict.fromkeys(_LINE_ENDS, "\n"), **dict.fromkeys([*_INVISIBLE, *_DIRECTIONS, *_CONTROLS])}
)
_JOINERS: Final = re.compile("[\u200c\u200d]+")
_MARK_RUN: Final = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARK_COUNT + 1},}}")
_SENTENCE_END: Final = (".", "!", "?", ":", ";", '"', "”", "’", "'", ")", "…")


def normalize_text(text: str) -> str:
    r"""Return text in its stored form.

    Examples:
        >>> normalize_text("Rain\u00a0fell\r\nall day.\r\n\r\n\r\nThen it\tstopped. ")
        'Rain fell\n\nall day.\n\nThen it stopped.'
    """
    return PARAGRAPH_DIVIDER.join(split_paragraphs(text))


def normalize_line(text: str) -> str:
    r"""Return text as one line: a headline, a byline, a line of furniture.

    Examples:
        >>> normalize_line("Storm\n  hits coast ")
        'Storm hits coast'
    """
    return " ".join(clean_characters(text).split())


def fold_line(line: str) -> str:
    """Return what two lines share that differ in case and white space only."""
    return " ".join(line.casefold().split())


def split_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, each one line without outer white space.

    Blank lines divide paragraphs. In hard-wrapped text so do indented lines and lines that end early with a sentence;
    its other line breaks become spaces. In all other text each line is a paragraph of its own.
    """
    lines = [_Line.measure(line) for line in clean_characters(text).split("\n")]
    breaks = [(line, after) for line, after in itertools.pairwise(lines) if line.text and after.text]
    if not breaks:
        return [line.text for line in lines if line.text]
    width = _find_wrap_width(breaks)
    return [line.text for line in lines if line.text] if width is None else _unwrap(lines, width)


def clean_characters(text: str) -> str:
    """Return text in NFC with line ends as newlines, without control, invisible and direction characters.

    Zero-width joiners stay within words that need them (Persian, Hindi, emoji), and go beside ASCII.
    """
    if text.isascii():
        return text.replace("\r\n", "\n").translate(_CLEANED)
    bounded = _MARK_RUN.sub(_drop_marks, text.replace("\r\n", "\n").translate(_CLEANED))
    # Bounded again: in NFC some signs become two or three marks.
    normal = _MARK_RUN.sub(_drop_marks, unicodedata.normalize("NFC", bounded))
    if _JOINERS.search(normal) is None:
        return normal
    return unicodedata.normalize("NFC", _JOINERS.sub(_keep_joiners, normal))


def count_words(text: pl.Expr) -> pl.Expr:
    """Return the number of words of normalized text, words being what white space divides."""
    return text.str.count_matches(r"\S+").cast(pl.Int32)


class _Line(NamedTuple):
    """A line: its text with single spaces, and the white space before it in characters."""

    text: str
    indent: int

    @classmethod
    def measure(cls, line: str) -> "_Line":
        return cls(" ".join(line.split()), len(line) - len(line.lstrip())) if line and not line.isspace() else _BLANK


_BLANK: Final = _Line("", 0)


def _find_wrap_width(breaks: Sequence[tuple[_Line, _Line]]) -> int | None:
    """Return the width at which the lines were wrapped, or None when they were not.

    Args:
        breaks: Each two lines with nothing between them.
    """
    lengths = sorted(len(line.text) for line, _ in breaks)
    width = lengths[-(len(lengths) // 20) - 1]  # one line in twenty may stick out
    if not MIN_WRAP_WIDTH <= width <= MAX_WRAP_WIDTH:
        return None
    base = min(min(line.indent, after.indent) for line, after in breaks)
    within = [(line, after) for line, after in breaks if after.indent == base]
    run_ons = [
        after.text
        for line, after in within
        if not line.text.endswith(_SENTENCE_END) and (_is_forced(line, after, width) or after.text[0].islower())
    ]
    is_wrapped = within and len(run_ons) >= MIN_RUN_ON_RATIO * len(within) and not _is_verse(run_ons)
    return width if is_wrapped else None


def _is_verse(run_ons: Sequence[str]) -> bool:
    """Return whether lines that go on with a sentence all open with a capital, as prose does not in three lines."""
    return len(run_ons) >= MIN_VERSE_LINE_COUNT and all(line[0].isupper() and not line.isupper() for line in run_ons)


def _is_forced(line: _Line, after: _Line, width: int) -> bool:
    """Return whether the first word of the next line would have been too long for this one."""
    return len(line.text) + 1 + len(after.text.split(" ", 1)[0]) > width


def _unwrap(lines: Sequence[_Line], width: int) -> list[str]:
    """Return the paragraphs of hard-wrapped lines."""
    base = min(line.indent for line in lines if line.text)
    has_indents = any(line.indent > base for line in lines)
    paragraphs: list[list[str]] = []
    last: _Line | None = None
    is_after_blank = False
    for line in lines:
        if not line.text:
            is_after_blank = True
            continue
        if last is None or line.indent > base or _ends_paragraph(last, line, width, (is_after_blank, has_indents)):
            paragraphs.append([])
        paragraphs[-1].append(line.text)
        last, is_after_blank = line, False
    return [" ".join(paragraph) for paragraph in paragraphs]


def _ends_paragraph(line: _Line, after: _Line, width: int, layout: tuple[bool, bool]) -> bool:
    """Return whether a paragraph ends between two lines that are not indented.

    Args:
        line: The last line with text.
        after: The line in question.
        width: At which the lines were wrapped.
        layout: Whether there are blank lines between them, and whether the text marks its paragraphs by indenting.
    """
    is_after_blank, has_indents = layout
    ends_sentence = line.text.endswith(_SENTENCE_END)
    if after.text[0].islower() and not ends_sentence:
        return False  # even after a blank line: wire copy has them where a page ended
    return is_after_blank or (ends_sentence and not has_indents and not _is_forced(line, after, width))


def _drop_marks(run: re.Match[str]) -> str:
    """Return a run of signs with at most MAX_MARK_COUNT combining marks after each other."""
    kept = []
    mark_count = 0
    for char in run[0]:
        mark_count = mark_count + 1 if unicodedata.combining(char) else 0
        if mark_count <= MAX_MARK_COUNT:
            kept.append(char)
    return "".join(kept)


def _keep_joiners(run: re.Match[str]) -> str:
    """Return zero-width joiners between two characters above ASCII that are not space, else nothing."""
    before, after = run.string[max(run.start() - 1, 0) : run.start()], run.string[run.end() : run.end() + 1]
    is_inside = bool(before and after) and not before.isascii() and not after.isascii()
    return run[0] if is_inside and not before.isspace() and not after.isspace() else ""
