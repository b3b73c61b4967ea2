"""The labels of models: those that mean names, and those of one tradition in the words of the other.

spaCy's English pipelines have the labels of OntoNotes 5, as all of Dateline has. Most others have the four of WikiNER
(Nothman et al., Learning multilingual named entity recognition from Wikipedia, 2013): PER, ORG, LOC and MISC.
"""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

NAME_LABELS: Final = frozenset("PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE".split())
"""The labels that are names; dates, amounts and ordinals are not (OntoNotes 5 guidelines, section 2.6)."""

PER: Final = "PER"
"""Only the four labels have it: it tells the tradition of a model."""

_GEOGRAPHIC_WORDS: Final = frozenset(
    "afrique amerique antarctique arctique asie europe oceanie antilles balkans caraibes caucase maghreb sahel "
    "sahara ocean mer mediterranee manche atlantique pacifique baltique golfe baie detroit canal lac fleuve riviere "
    "seine loire rhone garonne rhin danube nil mont monts montagne montagnes massif alpes pyrenees jura vosges "
    "himalaya vallee plaine plateau desert foret cote cap ile iles archipel peninsule presqu'ile proche-orient "
    "moyen-orient".split()
)
"""French words, without accents, that make a name that of a region, water or height, and of no state or town."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def read_label(label: str, surface: str, labels: Collection[str]) -> str | None:
    """Return a model's label as one of NAME_LABELS; None for what is no name, or has no place among them.

    Of the four labels, LOC is GPE unless a word says otherwise: in news most places are states and towns. MISC, which
    has peoples, works and events alike, is dropped: none of our labels would be true of it.

    Args:
        label: What the model said of the span.
        surface: The span.
        labels: All labels that the model has.

    Examples:
        >>> four = {"PER", "ORG", "LOC", "MISC"}
        >>> [read_label("LOC", name, four) for name in ("Lyon", "mer Noire")], read_label("LOC", "Alps", {"GPE", "LOC"})
        (['GPE', 'LOC'], 'LOC')
    """
    if PER not in labels:
        return label if label in NAME_LABELS else None
    if label == "LOC":
        return "LOC" if _has_geographic_word(surface) else "GPE"
    return {PER: "PERSON", "ORG": "ORG"}.get(label)


def _has_geographic_word(surface: str) -> bool:
    folded = "".join(char for char in unicodedata.normalize("NFD", surface.lower()) if not unicodedata.combining(char))
    return any(word in _GEOGRAPHIC_WORDS for word in _WORD.findall(folded))
