"""A text as it came, put together again from the body that is stored and the lines that were taken out of it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from transforms.furniture import REPEATED_LINE
from transforms.text import PARAGRAPH_DIVIDER


class TextPart(NamedTuple):
    """A paragraph of a text as it came.

    Attributes:
        text: The paragraph, or the line that was taken out.
        rule: The rule that took it out; None for what is the article's.
    """

    text: str
    rule: str | None


def restore_text(body: str, removed: Iterable[Mapping[str, Any]]) -> list[TextPart]:
    r"""Return the paragraphs of a body with the lines that were taken out in their places.

    Lines whose place was not kept come last. Where two documents of one content had other lines in one place, all of
    them stand there.

    Args:
        body: As it is stored.
        removed: Mappings with rule, line, paragraph_number and line_number, as ``schemas.REMOVED_LINE`` has them.

    Examples:
        >>> share = {"rule": "share", "line": "Tweet", "paragraph_number": 1, "line_number": 1}
        >>> [part.rule for part in restore_text("Rain.\n\nSun.", [share])]
        [None, 'share', None]
    """
    lines = list(removed)
    placed = {line["paragraph_number"] for line in lines} - {None}
    kept = iter(body.split(PARAGRAPH_DIVIDER) if body else ())
    parts: list[TextPart] = []
    number = 0
    while placed:
        here = [line for line in lines if line["paragraph_number"] == number]
        placed.discard(number)
        parts.extend(TextPart(line["line"], line["rule"]) for line in sorted(here, key=_get_place))
        if all(line["rule"] != REPEATED_LINE for line in here):
            parts.extend(TextPart(paragraph, None) for paragraph in [next(kept, None)] if paragraph is not None)
        number += 1
    parts.extend(TextPart(paragraph, None) for paragraph in kept)
    parts.extend(TextPart(line["line"], line["rule"]) for line in lines if line["paragraph_number"] is None)
    return parts


def _get_place(line: Mapping[str, Any]) -> tuple[bool, int, str]:
    """Return the order of the lines of one place; a line that recurs is the paragraph itself, and stands last."""
    return line["rule"] == REPEATED_LINE, line["line_number"] or 0, line["line"]
