"""Encodings from before Unicode: which one a page declares, and which one a text without a word on it is in."""

import re
from typing import Final

from transforms.language import detect_language

_ASCII_BYTES: Final = bytes(range(128))
_SAMPLE_BYTE_COUNT: Final = 1 << 16
_WESTERN_HIGH_RATIO: Final = 0.25  # text in Latin letters has fewer bytes above 127 than this, other scripts more
_MAX_BAD_RATIO: Final = 0.02  # of the characters: a few bytes may be broken
_BAD_WEIGHT: Final = 10  # a language with an alphabet of its own is "detected" in whatever is read in its encoding

MIN_GUESS_SCORE: Final = 0.5
"""Real sentences in the right encoding have 0.55 to 1. Noise can have as much; its control characters give it away."""

_CENTRAL_EUROPEAN: Final = frozenset("bs cs hr hu pl ro sh sk sl sr".split())
# The encodings of the web before UTF-8, https://w3techs.com/technologies/overview/character_encoding, and the languages
# written in them, as transforms.language calls them; windows-1252 is for all others. Where two give the same text, the
# first is taken.
_LANGUAGES: Final = {
    "cp1250": _CENTRAL_EUROPEAN,
    "iso8859_2": _CENTRAL_EUROPEAN,
    "cp1251": frozenset("be bg mk ru sr uk".split()),
    "koi8_r": frozenset(["ru"]),
    "cp1253": frozenset(["el"]),
    "cp1254": frozenset(["tr"]),
    "cp1255": frozenset(["he", "yi"]),
    "cp1256": frozenset("ar arz fa ur".split()),
    "cp1257": frozenset(["lt", "lv"]),
    "cp932": frozenset(["ja"]),
    "euc_jp": frozenset(["ja"]),
    "gb18030": frozenset(["zh"]),
    "big5": frozenset(["zh"]),
    "cp949": frozenset(["ko"]),
}
_NOT_WESTERN: Final = frozenset().union(*_LANGUAGES.values())

# Two of ÿ and þ: never in prose, but what 0xFF and 0xFE look like.
_BROKEN: Final = re.compile(rb"[\xfe\xff]{2}")

# Another encoding's letters: what could not be decoded, control characters that no text has, and Latin letters beside
# Greek, Cyrillic, Hebrew or Arabic ones.
_BAD_CHARACTER: Final = re.compile("[\ufffd\x80-\x84\x86-\x9f]|[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]")

# Three bytes above 127 in a row: a word in another script, or a character of three bytes.
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]{3}")

_TAG: Final = re.compile(rb"<[^<>]*>")

_DECLARATION: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_.:-]+)"""
    rb"""|^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-z0-9_.:-]+)""",
    re.IGNORECASE,
)
_CHARSET_PARAMETER: Final = re.compile(r"""charset\s*=\s*["']?([a-z0-9_.:-]+)""", re.IGNORECASE)
_DECLARATION_BYTE_COUNT: Final = 4096  # the HTML standard looks at 1024; pages with long comments need more

# Label in a page, lower case -> codec, as browsers read it: https://encoding.spec.whatwg.org/#names-and-labels
_LABELS: Final = {
    **dict.fromkeys("ascii us-ascii latin1 latin-1 iso-8859-1 iso8859-1 cp1252".split(), "cp1252"),
    **dict.fromkeys("gb2312 gbk x-gbk gb18030".split(), "gb18030"),
    **dict.fromkeys("shift_jis shift-jis sjis x-sjis windows-31j".split(), "cp932"),
    **dict.fromkeys("euc-kr ks_c_5601-1987 ksc5601".split(), "cp949"),
    **dict.fromkeys("iso-8859-9 latin5".split(), "cp1254"),
    **dict.fromkeys("big5 big5-hkscs".split(), "big5hkscs"),
    **dict.fromkeys("euc-jp x-euc-jp".split(), "euc_jp"),
    **{f"windows-{number}": f"cp{number}" for number in (874, *range(1250, 1259))},
    **{f"iso-8859-{number}": f"iso8859_{number}" for number in (*range(2, 9), 10, 13, 14, 15, 16)},
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "tis-620": "cp874",
    "macintosh": "mac_roman",
    "ibm866": "cp866",
    "iso-2022-jp": "iso2022_jp",
}


def find_declared_encoding(payload: bytes) -> str | None:
    """Return the codec an HTML or XML document declares near its start, None when it declares none that is known.

    UTF-8 and UTF-16 are no answer either: ``transforms.decode`` sees from the bytes whether they are that.

    Examples:
        >>> find_declared_encoding(b'<html><head><meta charset="ISO-8859-1">')
        'cp1252'
    """
    match = _DECLARATION.search(payload, 0, _DECLARATION_BYTE_COUNT)
    if match is None:
        return None
    label: bytes = match[1] or match[2]
    return _LABELS.get(label.decode("ascii").lower())


def find_charset(content_type: str) -> str | None:
    """Return the codec that an HTTP Content-Type names, None when it names none that is known, or UTF-8 or UTF-16.

    Examples:
        >>> find_charset('text/html; charset="ISO-8859-1"')
        'cp1252'
    """
    match = _CHARSET_PARAMETER.search(content_type)
    return None if match is None else _LABELS.get(match[1].lower())


def guess_legacy_encoding(payload: bytes) -> str | None:
    """Return the codec that makes most sense of text that is not Unicode, None when none does.

    It is the one in which the text is most clearly in a language that is written in that encoding. Where no language
    can be told, as in a short "café", text in Latin letters is taken for windows-1252.

    Args:
        payload: Bytes with some above 127.
    """
    sample = _take_sample(payload)
    if _BROKEN.search(sample) is not None:
        return None
    western_score = _score_language(sample, "cp1252")
    scores = {encoding: _score_language(sample, encoding) for encoding in _LANGUAGES}
    best = max(scores, key=scores.__getitem__)
    if scores[best] > max(western_score, MIN_GUESS_SCORE):
        return best
    return "cp1252" if western_score > MIN_GUESS_SCORE or _is_western(sample) else None


def _score_language(sample: bytes, encoding: str) -> float:
    """Return how clearly a text is in a language of an encoding, from 0 to 1, when it is read in it."""
    text = sample.decode(encoding, "replace")
    bad_count = sum(1 for _ in _BAD_CHARACTER.finditer(text))
    if bad_count > _MAX_BAD_RATIO * len(text):
        return 0.0
    language, score = detect_language(text)
    is_expected = language in _LANGUAGES[encoding] if encoding in _LANGUAGES else language not in _NOT_WESTERN
    return score - _BAD_WEIGHT * bad_count / len(text) if is_expected and score > 0 else 0.0


def _is_western(sample: bytes) -> bool:
    """Return whether a text looks as if in Latin letters: mostly ASCII, or never three bytes above it in a row."""
    high_count = len(sample.translate(None, _ASCII_BYTES))
    return high_count < _WESTERN_HIGH_RATIO * len(sample) or _HIGH_RUN.search(sample) is None


def _take_sample(payload: bytes) -> bytes:
    """Return the lines near the start that tell encodings apart: those with bytes above 127, without tags."""
    lines = _cut_sample(payload).split(b"\n")
    return b"\n".join(_TAG.sub(b" ", line) for line in lines if not line.isascii())


def _cut_sample(payload: bytes) -> bytes:
    """Return the start of payload that has bytes above 127, cut after a line or a word.

    So no character is cut in two.
    """
    if len(payload) <= _SAMPLE_BYTE_COUNT:
        return payload
    sample = payload[:_SAMPLE_BYTE_COUNT]
    cut = max(sample.rfind(b"\n"), sample.rfind(b" "))
    return sample if cut <= 0 else sample[:cut]
