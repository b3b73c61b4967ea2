"""Encodings from before Unicode: which one a page declares, and which one a text without a word on it is in."""

import re
from typing import Final

import charset_normalizer

_ASCII_BYTES: Final = bytes(range(128))
_SAMPLE_BYTE_COUNT: Final = 1 << 16
_FEW_HIGH_BYTES: Final = 20  # too few for statistics
_WESTERN_HIGH_RATIO: Final = 0.25  # text in Latin letters has fewer bytes above 127 than this, other scripts more
_HIRAGANA_RATIO: Final = 0.2  # of the characters above ASCII; Japanese prose has 0.4 to 0.6

# The encodings of the web before UTF-8: https://w3techs.com/technologies/overview/character_encoding
_WESTERN_ENCODINGS: Final = "cp1252 cp1250 iso8859_2 cp1254 cp1251 koi8_r cp1253 cp1255 cp1256".split()
_ALL_ENCODINGS: Final = [*_WESTERN_ENCODINGS, *"cp932 euc_jp gb18030 big5 cp949".split()]

# Two of ÿ and þ: never in prose, but what 0xFF and 0xFE look like. A symbol inside a word: another encoding's letter.
_BROKEN: Final = re.compile(rb"[\xfe\xff]{2}")
_SYMBOL_IN_WORD: Final = re.compile(
    rb"[A-Za-z\xc0-\xff][\x86-\x88\x98\xa4\xa6\xac\xb1-\xb3\xb6\xb8\xb9\xbc-\xbe\xd7\xf7][A-Za-z]"
)

# Three bytes above 127 in a row: a word in another script, or a character of three bytes.
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]{3}")

_DECLARATION: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_.:-]+)"""
    rb"""|^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-z0-9_.:-]+)""",
    re.IGNORECASE,
)
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


def guess_legacy_encoding(payload: bytes) -> str | None:
    """Return the codec that makes most sense of text that is not Unicode, None when none does.

    Statistics need letters: up to 20 accents are taken for windows-1252, or the "é" of a short "café" would turn into
    a letter of another script.

    Args:
        payload: Bytes with some above 127.
    """
    sample = _cut_sample(payload)
    if _BROKEN.search(sample) is not None:
        return None
    high_count = len(sample.translate(None, _ASCII_BYTES))
    is_western = high_count < _WESTERN_HIGH_RATIO * len(sample) or _HIGH_RUN.search(sample) is None
    if is_western and high_count < _FEW_HIGH_BYTES and _SYMBOL_IN_WORD.search(sample) is None:
        return "cp1252"
    for encoding in ("cp932", "euc_jp"):
        if not is_western and _has_hiragana(sample, encoding):
            return encoding
    return _guess_by_statistics(sample, _WESTERN_ENCODINGS if is_western else _ALL_ENCODINGS)


def _guess_by_statistics(sample: bytes, encodings: list[str]) -> str | None:
    """Return the codec whose text looks most like a language, windows-1252 where it gives the same text."""
    best = charset_normalizer.from_bytes(sample, cp_isolation=encodings).best()
    if best is None:
        return None
    return "cp1252" if sample.decode("cp1252", "replace") == str(best) else best.encoding


def _cut_sample(payload: bytes) -> bytes:
    """Return the start of payload, cut after a line or a word so that no character is cut in two."""
    if len(payload) <= _SAMPLE_BYTE_COUNT:
        return payload
    sample = payload[:_SAMPLE_BYTE_COUNT]
    cut = max(sample.rfind(b"\n"), sample.rfind(b" "))
    return sample if cut <= 0 else sample[:cut]


def _has_hiragana(sample: bytes, encoding: str) -> bool:
    """Return whether the text is Japanese prose when read in this encoding."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    hiragana_count = sum("\u3041" <= character <= "\u3096" for character in text)
    return hiragana_count > 0 and hiragana_count >= _HIRAGANA_RATIO * sum(not letter.isascii() for letter in text)
