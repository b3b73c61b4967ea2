"""What the model marks: a spaCy Doc in, plain spans out."""

import itertools
import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from transforms.labels import NAME_LABELS, read_label
from transforms.marks import use_ascii_marks

if TYPE_CHECKING:
    from spacy.tokens import Doc

SENTENCE: Final = "SENTENCE"
"""The label of a span that is a sentence."""

MAX_PIECE_CHAR_COUNT: Final = 16_000
"""The model's memory grows with what it reads at once, some 3 MB for 1,000 characters; it looks a few words far."""

_PARAGRAPH_END: Final = re.compile(r"\n+")


class Span(NamedTuple):
    """A marked stretch of a body: ``body[start:end]``, with spaCy's label or SENTENCE."""

    start: int
    end: int
    label: str


def split_pieces(body: str, max_char_count: int = MAX_PIECE_CHAR_COUNT) -> list[tuple[int, str]]:
    r"""Return a body as pieces the model can read: (offset, piece), whole when it is short enough.

    Long bodies are divided between paragraphs, else between words, else anywhere. Pieces have the marks of ASCII, which
    the model was trained on (``marks.py``).

    Examples:
        >>> split_pieces("one’s\n\ntwo three", 9)
        [(0, "one's\n\n"), (7, 'two three')]
    """
    text = use_ascii_marks(body)
    pieces = []
    start = 0
    while len(text) - start > max_char_count:
        limit = start + max_char_count
        cut = next((at for at in _find_cuts(text, start, limit) if at > start), limit)
        pieces.append((start, text[start:cut]))
        start = cut
    return [*pieces, (start, text[start:])]


def _find_cuts(body: str, start: int, limit: int) -> Iterator[int]:
    """Yield where a piece may end, the best first; a value at or before start is no place."""
    for divider in ("\n\n", "\n", ". ", " "):
        at = body.rfind(divider, start, limit)
        yield at + len(divider) if at >= 0 else -1


def collect_spans(doc: "Doc", *, offset: int, labels: Collection[str] = NAME_LABELS) -> list[Span]:
    """Return the named spans and the sentences of a doc, in the body's characters.

    Args:
        doc: Of one piece of a body, with entities and sentence starts set. Every paragraph begins a sentence, whatever
            the model says of it.
        offset: Where the piece begins in the body.
        labels: All labels that the model has (``labels.read_label``).
    """
    names = [
        Span(offset + ent.start_char, offset + ent.end_char, label)
        for ent in doc.ents
        if (label := read_label(ent.label_, ent.text, labels)) is not None
    ]
    starts = {sent.start_char for sent in doc.sents}
    text = doc.text
    starts.update(match.end() for match in _PARAGRAPH_END.finditer(text) if match.end() < len(text))
    bounds = [*sorted(start for start in starts if not text[start].isspace()), len(text)]
    sentences = [
        Span(offset + start, offset + end, SENTENCE) for start, end in itertools.pairwise(bounds) if end > start
    ]
    return names + sentences
