"""Spans as names are written: edges trimmed, names that the model ran together divided.

The model was trained on tidy newswire. In other text its spans take in a following verb ("Lee in"), a score ("Elbonia
3-1"), two names at once ("Ann and Lee", "Rovers beat United") or half a bracket. How a name is written decides where
it ends; nothing here knows a name.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from transforms.names import PARTICLES, SUFFIXES, compute_name_key, fold_word
from transforms.spans import Span

_NAME_KINDS: Final = frozenset("PERSON NORP ORG GPE LOC FAC PRODUCT".split())
"""Labels of names without verbs. Works can be sentences, though none ends with a small word; laws and events may."""

_NO_FIGURES: Final = frozenset("PERSON NORP GPE".split())

_NO_CONJUNCTION: Final = frozenset("PERSON NORP GPE".split())
_COMMA_DIVIDES: Final = frozenset("PERSON NORP GPE LOC".split())

_CONNECTORS: Final = PARTICLES | frozenset("a an and as at by for from in its of on or the to with".split())
"""Lower-case words inside names of organisations: "Society for the Protection of Birds"."""

KIND_WORDS: Final = frozenset(
    "agency army bank board church city commission committee council county court department district foundation "
    "government group institute league ministry parliament party police province region school state team town "
    "university village".split(),
)
"""Words that some outlets write small at the end of a name: "the Republican party", "Hama province"."""

_TIDY: Final = re.compile(r"[A-Z][\w'-]*(?: [A-Z][\w'-]*)*")
"""Capitalised words only: most spans, and nothing is to be mended in them."""

_ARTICLES: Final = frozenset({"The", "A", "An"})
_EPITHETS: Final = PARTICLES | {"the", "of"}
"""Lower-case words inside names of people: "Peter the Great", "Anne of Cleves"."""

_WORD: Final = re.compile(r"\S+")
_DASH: Final = re.compile(r"\s*(?:--+|\s[–—]\s|\s-\s+-\s|\.\.\.+|…)\s*")
_ENDS_SMALL: Final = re.compile(r" [a-z]+$")
_LOOSE_POSSESSIVE: Final = re.compile(r"\s+'(?:\s?s)?\s+")
_SENTENCE_END: Final = re.compile(r"(?<=[a-z]{4})\.\s+(?=[A-Z])")
_LOST_SPACE: Final = re.compile(r"[\"”]\?(?=[A-Z])")  # a closing quote and a character lost in decoding
_POSITION: Final = re.compile(r"\s+[A-Z]{2,4}\s+(?=[A-Z][a-z]+ [A-Z][a-z])")
_SLASH: Final = re.compile(r"(?<=[a-z]{2})/(?=[A-Z])|(?<=[A-Z]{2})/(?=[A-Z][a-z])")  # not "HIV/AIDS"
_CONJUNCTION: Final = re.compile(r"\s+(?:and|or)\s+")
_COMMA: Final = re.compile(r"\s*,\s+")
_BRACKET: Final = re.compile(r"\s*[\[\](){}]\s*")
_VERSUS: Final = re.compile(r"\s+vs?\.?\s+")
_HYPHEN: Final = re.compile(r"\s+-\s+(?=[A-Z][\w.]* [A-Z])")  # "ARLE - Ann Lee"; in other names a score or a subtitle
_CREDIT: Final = re.compile(r"[A-Z][a-z]+:\s?[-–]?\s?(?=[A-Z])")  # "Source:-Elbonia Post"
_NO_NAME: Final = re.compile(r"@|[a-z][\"“”][a-z]{1,2}\b")  # handles, addresses, "don\"t"
_QUOTED: Final = re.compile(
    r"(?:'\s?[A-Z][a-z]+\s?'|[\"“]\s?(?:The )?[A-Z][a-z]+\s?[\"”]|\([A-Z][a-z]+\))"
    r" ?([A-Z][A-Za-z]+)\b(?!'?\w* [A-Z])"
)
_BEFORE_QUOTED: Final = re.compile(r"\b[A-Z][a-z]+(?: [A-Z]\.?)? ?$")
_MAX_BEFORE_QUOTED: Final = 40
_INNER_BRACKET: Final = re.compile(r"\S\s*\([^()\s]+\)\s*\w")  # "Ann (Nan) Lee", "North (Arctic) University"
_OPENED: Final = re.compile(r"[(\[]\s*$")
_INSERTION: Final = re.compile(r"\w\](?: [A-Z]|-\w)")  # "[Ann] Lee", as editors complete quotations
_LEGAL_FORM: Final = re.compile(
    r"\S.*?\s(?:Inc|Corp|Co|Ltd|PLC|Plc|LLC|GmbH)\b\.?(?=,?\s+[A-Z])(?!,?\s+(?:Inc|Corp|Co|Ltd|PLC|Plc|LLC|LP|KG)\b)"
)
_SCORE: Final = re.compile(r"\s+\d+\s*[-–]\s*\d+$")
_NUMBER: Final = re.compile(r"(?:\s+[\d.,–-]+)+$")


def mend_span(text: str, span: Span, is_place: Callable[[str], bool]) -> Sequence[Span]:
    """Return the names of a span, with its label: one as a rule, several run together, none without a capital.

    Args:
        text: The body.
        span: A named span of it, on one line.
        is_place: Tells whether a name key is a country or province, which "and" and commas do not divide.
    """
    if _TIDY.fullmatch(text, span.start, span.end) is None:
        return list(_mend_untidy(text, span, is_place))
    if span.label == "PERSON" and _POSITION.search(text, span.start, span.end) is not None:
        return list(_divide(text, span, _POSITION))
    return (_cut_after_legal_form(text, span),)


def _mend_untidy(text: str, span: Span, is_place: Callable[[str], bool]) -> Iterator[Span]:
    """Yield the names of a span that holds more than capitalised words."""
    if _NO_NAME.search(text, span.start, span.end):
        return
    credit = _CREDIT.match(text, span.start, span.end) if span.label in _NAME_KINDS else None
    if credit is not None:
        span = span._replace(start=credit.end())
    parts = [span]
    for divider in _choose_dividers(text, span, is_place):
        parts = [piece for part in parts for piece in _divide(text, part, divider)]
    for part in map(partial(_cut_after_legal_form, text), parts):
        if part != span and _is_remnant(text, span, part):
            continue
        if part.label in _NAME_KINDS or (
            part.label == "WORK_OF_ART" and _ENDS_SMALL.search(text[part.start : part.end])
        ):
            yield from _divide_at_verbs(text, _trim_numbers(text, part))
        else:
            yield part


def _choose_dividers(text: str, span: Span, is_place: Callable[[str], bool]) -> list[re.Pattern[str]]:
    """Return what divides the names that a span ran together, by its kind and writing."""
    dividers = [_DASH, _LOOSE_POSSESSIVE, _SLASH] if span.label in _NAME_KINDS else [_DASH, _LOOSE_POSSESSIVE]
    if span.label == "PERSON":
        dividers += [_SENTENCE_END, _VERSUS, _LOST_SPACE, _HYPHEN]
    surface = text[span.start : span.end]
    if not _INNER_BRACKET.search(surface) and not _INSERTION.search(surface):
        dividers.append(_BRACKET)
    if not is_place(compute_name_key(surface)):
        if span.label in _NO_CONJUNCTION:
            dividers.append(_CONJUNCTION)
        if span.label in _COMMA_DIVIDES:
            dividers.append(_COMMA)
    return dividers


def _is_remnant(text: str, span: Span, part: Span) -> bool:
    """Tell whether a part of a span is no name: "W" of "[W]e", "ed" of "[ed]", words after a bracket never closed."""
    surface = text[part.start : part.end]
    return (
        len(surface) == 1
        or surface.islower()
        or (" " in surface and _OPENED.search(text[span.start : part.start]) is not None)
    )


def _divide(text: str, span: Span, divider: re.Pattern[str]) -> Iterator[Span]:
    """Yield the parts of a span between dividers; "Jr", a degree or a lower-case rest is no part of its own."""
    start = span.start
    for match in divider.finditer(text, span.start, span.end):
        rest = text[match.end() : span.end]
        if divider is _COMMA and fold_word(rest.split(",")[0].strip()) in SUFFIXES:
            continue
        if match.start() > start:
            yield Span(start, match.start(), span.label)
        start = match.end()
    if start < span.end:
        yield Span(start, span.end, span.label)


def _cut_after_legal_form(text: str, span: Span) -> Span:
    """Return a company's span up to its legal form, without a ticker or another word behind it ("Acme Inc ACM")."""
    match = _LEGAL_FORM.match(text, span.start, span.end) if span.label == "ORG" else None
    return span if match is None else span._replace(end=match.end())


def _trim_numbers(text: str, span: Span) -> Span:
    """Return the span without a score, or any figure after a person, people or place."""
    pattern = _NUMBER if span.label in _NO_FIGURES else _SCORE
    match = pattern.search(text[span.start : span.end])
    return span if match is None else span._replace(end=span.start + match.start())


def _divide_at_verbs(text: str, span: Span) -> Iterator[Span]:
    """Yield the runs of capitalised words in a span, small words of names inside them."""
    inner = _EPITHETS if span.label == "PERSON" else _CONNECTORS
    runs: list[list[re.Match[str]]] = [[]]
    for word in _WORD.finditer(text, span.start, span.end):
        if word[0].isalpha() and word[0].islower() and word[0] not in inner and word[0] not in KIND_WORDS:
            runs.append([])
        else:
            runs[-1].append(word)
    for run in filter(None, map(_trim_small_words, runs)):
        yield Span(run[0].start(), run[-1].end(), span.label)


def _trim_small_words(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return a run of words from the first with a capital (or a particle before it) to the last."""
    names = [index for index, word in enumerate(run) if any(char.isupper() or char.isdigit() for char in word[0])]
    if not any(char.isupper() for index in names if run[index][0] not in _ARTICLES for char in run[index][0]):
        return []
    first, last = names[0], names[-1]
    if last + 1 < len(run) and run[last + 1][0] in KIND_WORDS:
        last += 1
    while first > 0 and run[first - 1][0] in PARTICLES:
        first -= 1
    return run[first : last + 1]


def join_nicknames(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the spans, a name around a nickname ("Ann 'Nan' Lee", "Ann (Nan) Lee") as one person's.

    Args:
        text: The body.
        spans: In order; those that a joined name covers are left out when one of them is a person's.
    """
    joined = []
    for quoted in _QUOTED.finditer(text):
        before = _BEFORE_QUOTED.search(text[max(0, quoted.start() - _MAX_BEFORE_QUOTED) : quoted.start()])
        if before is not None:
            joined.append(Span(quoted.start() - len(before[0]), quoted.end(), "PERSON"))
    result = list(spans)
    for whole in joined:
        inside = [span for span in result if span.start < whole.end and span.end > whole.start]
        people = [span for span in inside if span.label == whole.label and span.end <= whole.end]
        if people:
            whole_name = whole._replace(start=min(whole.start, people[0].start))
            result = [*(span for span in result if span not in inside), whole_name]
    return sorted(result)
