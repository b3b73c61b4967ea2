"""Names as text: the words of a body, the key two spellings of one name share, and the parts of a person's name.

Nothing here decides who is meant; that is ``transforms.resolution``.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, repeat
from typing import Final, NamedTuple

from transforms.marks import use_ascii_marks

PARTICLES: Final = frozenset(
    "abu al bin bint ben da dal das de del dela della den der des di do dos du e el ibn la le lo op st ten ter van vom "
    "von y zu".split(),
)
"""Lower-case words that stand inside a family name (nobiliary and patronymic particles)."""

SURNAME_STARTS: Final = frozenset("da das de del dela della den der des di dos du la le lo ter ten vom zu".split())
"""Particles that are no given names: "De Niro" and "Le Pen" are surnames, "Al Gore" and "Van Morrison" are not."""

PATRONYMICS: Final = frozenset({"bin", "bint", "ibn"})
"""Particles before the name of a father, which alone is the father's: "Salman" is not Mohammed bin Salman."""

SUFFIXES: Final = frozenset("jr sr ii iii iv esq phd md mp mep kc qc obe mbe cbe".split())
"""Words after a personal name that are not part of it; letters only, lower case."""

GENERATIONS: Final = frozenset("jr sr ii iii iv".split())
"""The suffixes that tell two bearers of one name apart."""

FAMILY_NAMES_FIRST: Final = frozenset(
    "kim park choi jung kang yoon jang lim kwon hwang ahn shin seo bae xi wang zhang liu chen yang huang zhao zhou xu "
    "zhu guo deng nguyen tran pham hoang phan".split(),
)
"""The most frequent family names of Korea, China and Vietnam that are no given names elsewhere. What follows is the
given name, and no part of it can be left out: "Kim Jong Chol" is not "Kim Chol"."""

NO_NICKNAMES: Final[Mapping[str, frozenset[str]]] = {}

CORPORATE_SUFFIXES: Final = frozenset(
    "inc incorporated corp corporation co company ltd limited plc llc llp lp ag sa nv bv se spa gmbh ab oy as kk "
    "pty".split(),
)
"""Legal forms at the end of a company's name, as ISO 20275 lists them for the countries most in the news."""

_WORD: Final = re.compile(r"([^\W_]++(?:['’.&_]++[^\W_]++)*+\.?)")
"""In a group, so that ``split`` returns the words with what stands between them."""

_DOTS_APOSTROPHES: Final = re.compile(r"['.]")
_POSSESSIVE: Final = re.compile(r"(?:'s|(?<=s)')$", re.IGNORECASE)
_LEADING_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s+(?=\S)", re.IGNORECASE)


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        text: The characters.
        start: First character in the text.
        end: One past the last.
        folded: ``fold_word`` of it.
    """

    text: str
    start: int
    end: int
    folded: str


def split_words(text: str) -> list[Word]:
    """Return the words of a text in order. A word keeps inner apostrophes and full stops, and one final stop.

    Hyphens divide words: "US" is found in "US-led", and "Secretary-General" is the same words as "Secretary General".

    Examples:
        >>> [word.text for word in split_words("Gen. O’Brien (retd) left the U.S. Senate.")]
        ['Gen.', 'O’Brien', 'retd', 'left', 'the', 'U.S.', 'Senate.']
    """
    pieces = _WORD.split(text)  # gap, word, gap, word, ..., gap
    found = pieces[1::2]
    ends = list(accumulate(map(len, pieces)))
    columns = zip(found, ends[:-1:2], ends[1::2], map(fold_word, found), strict=True)
    return list(map(tuple.__new__, repeat(Word), columns))  # no Python per word, since this reads all of every article


@lru_cache(maxsize=65_536)
def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a name, folded; kept, since names recur.

    Examples:
        >>> fold_words("U.S. Steel’s")
        ('us', 'steel')
    """
    return tuple(word.folded for word in split_words(text))


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Return a word without case, accents, apostrophes, full stops and possessive: what two spellings of it share.

    Examples:
        >>> fold_word("Erdoğan’s"), fold_word("U.S."), fold_word("O‘Brien")
        ('erdogan', 'us', 'obrien')
    """
    bare = _DOTS_APOSTROPHES.sub("", _POSSESSIVE.sub("", use_ascii_marks(word)))
    decomposed = unicodedata.normalize("NFKD", bare.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold_name(name: str) -> str:
    """Return what all spellings of an author's name share: case, accents and punctuation taken away.

    Examples:
        >>> fold_name("Zoë O’Brien-Low"), fold_name("J.K. Poe")
        ('zoe obrien low', 'jk poe')
    """
    return " ".join(fold_word(word) for word in re.split(r"[\s\-\u2010-\u2015_,]+", name) if fold_word(word))


@lru_cache(maxsize=65_536)
def compute_name_key(name: str) -> str:
    """Return what all spellings of one name share: case, accents, punctuation, article and possessive taken away.

    A legal form at the end of a company's name goes too, unless nothing would be left.

    Examples:
        >>> compute_name_key("the United States’"), compute_name_key("U.S."), compute_name_key("Acme Corp.")
        ('united states', 'us', 'acme')
    """
    bare = _LEADING_ARTICLE.sub("", name.strip())
    folded = [fold_word(word) for word in bare.replace("-", " ").split()]
    words = [word for word in (" ".join(folded)).translate(_PUNCTUATION).split() if word != ""]
    while len(words) > 1 and words[-1] in CORPORATE_SUFFIXES:
        words.pop()
    return " ".join(words)


_PUNCTUATION: Final = {ord(char): " " for char in '"“”„«»`,;:!?()[]{}<>/\\|*+=~^#@_—–…'}


class PersonName(NamedTuple):
    """The parts of a personal name, folded.

    Attributes:
        given: The first name or initial; "" when there is only a surname.
        middle: What stands between, initials included.
        surname: The last word, with its particles ("van der bellen").
        generation: What tells father from son ("jr", "sr", "iii"); "" without it.
    """

    given: str
    middle: tuple[str, ...]
    surname: str
    generation: str = ""


@lru_cache(maxsize=65_536)
def parse_person(name_key: str) -> PersonName:
    """Return the parts of a personal name given by its key.

    Examples:
        >>> parse_person("antony j blinken")
        PersonName(given='antony', middle=('j',), surname='blinken', generation='')
        >>> parse_person("ursula von der leyen").surname
        'von der leyen'
        >>> parse_person("le pen")
        PersonName(given='', middle=(), surname='le pen', generation='')
    """
    words = name_key.split()
    generation = ""
    while len(words) > 1 and words[-1] in SUFFIXES:
        suffix = words.pop()
        generation = suffix if suffix in GENERATIONS else generation
    if len(words) <= 1 or _is_surname(words):
        return PersonName("", (), " ".join(words), generation)
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in PARTICLES:
        cut -= 1
    return PersonName(words[0], tuple(words[1:cut]), " ".join(words[cut:]), generation)


def _is_surname(words: Sequence[str]) -> bool:
    """Tell whether several words are a surname with its particles: "le pen", "van der bellen"."""
    before = words[:-1]
    return all(word in PARTICLES for word in before) and (before[0] in SURNAME_STARTS or len(before) > 1)


def are_compatible(one: PersonName, other: PersonName, nicknames: Mapping[str, frozenset[str]] = NO_NICKNAMES) -> bool:
    """Tell whether two names with a given name can be forms of one name, initials and left-out middle names allowed.

    Args:
        one: A name.
        other: Another.
        nicknames: Given name -> the names it can be short for.

    Examples:
        >>> are_compatible(parse_person("charles q brown"), parse_person("charles brown"))
        True
        >>> are_compatible(parse_person("c q brown"), parse_person("charles brown"))
        True
        >>> are_compatible(parse_person("charles q brown"), parse_person("charles r brown"))
        False
        >>> are_compatible(parse_person("charles brown jr"), parse_person("charles brown sr"))
        False
    """
    if one.surname != other.surname or not is_form_of_given(one.given, other.given, nicknames):
        return False
    if one.generation and other.generation and one.generation != other.generation:
        return False
    if not one.middle or not other.middle:
        return True
    return all(is_form_of_given(a, b, NO_NICKNAMES) for a, b in zip(one.middle, other.middle, strict=False))


def is_form_of_given(one: str, other: str, nicknames: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether two given names are equal, one is the other's initial, or one is short for the other."""
    if one == other or (1 in {len(one), len(other)} and one[:1] == other[:1]):
        return True
    return one in nicknames.get(other, ()) or other in nicknames.get(one, ())


def split_nickname(name: str) -> tuple[str, str]:
    """Return a name without a nickname in quotes or brackets between its words, and the nickname; "" without one.

    Examples:
        >>> split_nickname('Dwayne "The Rock" Johnson'), split_nickname("Kimani (Kiki) Gray")
        (('Dwayne Johnson', 'The Rock'), ('Kimani Gray', 'Kiki'))
        >>> split_nickname('"Weird Al" Yankovic')
        ('"Weird Al" Yankovic', '')
    """
    found = _NICKNAME.search(name)
    return (name, "") if found is None else (f"{name[: found.start()]} {name[found.end() :]}", found[1])


def strip_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span narrowed to the name: no quotes, punctuation, possessive, lower-case article, "non-" or "-led".

    A capitalised article stays inside a sentence ("The Hague"), and goes at its beginning.

    Examples:
        >>> text = "the United States' non-NATO ally"
        >>> [text[slice(*strip_name(text, *span))] for span in ((0, 18), (19, 27))]
        ['United States', 'NATO']
    """
    span = text[start:end]
    if (
        span[:1].isupper()
        and span[-1] != " "
        and span[:2] not in {"Th", "TH", "A ", "An"}
        and span.replace(" ", "").isalpha()
    ):
        return start, end
    lead = _EDGE_LEFT.match(span)
    if lead is not None:
        start += lead.end()
    article = _ARTICLE.match(text, start, end)
    if article is not None and _SENTENCE_START.search(text, max(0, start - 3), start) is not None:
        start = article.end()
    tail = _EDGE_RIGHT.search(text[start:end])
    if tail is not None:
        end = start + tail.start()
    return start, end


_NICKNAME: Final = re.compile(r"(?<=[\w.])\s+[\"“'‘«(]\s*([^\"”'’»()]{1,30}?)\s*[\"”'’»)]\s+(?=\w)")


def drop_stop(text: str, start: int, end: int) -> int:
    """Return the end of a name without a sentence's full stop, which words keep for the sake of initials.

    Examples:
        >>> drop_stop("He met Lee.", 7, 11), drop_stop("Lee J.", 4, 6)
        (10, 6)
    """
    return end - 1 if text[end - 1] == "." and "." not in text[start : end - 1] and end - start > len("J.") else end


_EDGE_LEFT: Final = re.compile(
    r"(?:[\s\"“”„«»'`(\[{<,;:.*•–—-]+|(?:the|a|an)\s+|(?:non|anti|pro|ex|pre|post|[DRI])-(?=[A-Z]))+"
)
_EDGE_RIGHT: Final = re.compile(
    r"(?:'\s?[sS]?\b|'|-(?:led|backed|based|era|held|style)\b|[\s\"“”„«»`)\]}>,;:!?*•&–—-])+$"
)
_ARTICLE: Final = re.compile(r"(?:The|THE|A|An) (?=\S)")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?\n]\s?|[\"“])$")
