r"""Bytes become text: whatever encoding they are in, with the bytes that are broken counted, or refused as not text.

The order of trust: a byte order mark, then UTF-8 (text in another encoding is hardly ever valid UTF-8 by chance), then
the pattern of NUL bytes that UTF-16 and UTF-32 leave, then what the page declares, and a guess last.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from transforms.charsets import guess_legacy_encoding
from transforms.rejects import RejectedDocumentError

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_ENCODINGS: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")

_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES: Final = bytes(code for code in range(128) if _CONTROL.match(chr(code)))
_PRINTABLE_BYTES: Final = bytes(set(range(128)) - set(_CONTROL_BYTES))
_BAD_BYTE: Final = re.compile("[\udc80-\udcff]+")

MAX_CONTROL_RATIO: Final = 0.05
"""More control characters than this are not text: wire copy has up to 1 %, random bytes have 11 %."""

MAX_BAD_RATIO: Final = 0.1
"""More undecodable bytes than this are not text."""

_MIN_NUL_COUNT: Final = 2  # one may be an accident
_MIN_NUL_RATIO: Final = 0.05  # of the high bytes in UTF-16: the spaces and line ends of any script reach it
_MAX_ASCII_RATIO: Final = 0.85  # of the bytes in real UTF-16; above it the mark or the NUL bytes are an accident


@dataclass(frozen=True)
class DecodedText:
    """Text and how it was had from the bytes.

    Attributes:
        text: Without byte order mark and NUL characters.
        encoding: Name of the codec.
        replaced_count: Bytes (in UTF-16 and UTF-32: units) that were broken, and were guessed at or became U+FFFD.
    """

    text: str
    encoding: str
    replaced_count: int = 0


def decode_payload(payload: bytes, *, declared: str | None = None) -> DecodedText:
    r"""Return the text in payload.

    Broken bytes in UTF-8 are read as windows-1252 where that makes sense of them (a curly quote in a page put together
    from two sources), else they become U+FFFD.

    Args:
        payload: Any bytes.
        declared: The encoding the document claims for itself, see ``transforms.charsets``; tried where the bytes
            are not Unicode.

    Raises:
        RejectedDocumentError: not_text.

    Examples:
        >>> decode_payload(b"caf\xe9 cr\xe8me")
        DecodedText(text='café crème', encoding='cp1252', replaced_count=0)
    """
    decoded = _decode_unicode(payload) or _decode_declared(payload, declared) or _decode_legacy(payload)
    _check_controls(decoded.text)
    return DecodedText(decoded.text.replace("\0", ""), decoded.encoding, decoded.replaced_count)


def find_wide_encoding(sample: bytes) -> str | None:
    """Return the encoding when the bytes are UTF-16 or UTF-32, by their mark or by where the NUL bytes are.

    Args:
        sample: The start of a text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS[1:]:
        if sample.startswith(mark) and _is_wide(sample[len(mark) :], encoding):
            return encoding
    if b"\0" not in sample:
        return None
    return next((encoding for encoding in _WIDE_ENCODINGS if _has_wide_pattern(sample, encoding)), None)


def looks_binary(sample: bytes) -> bool:
    """Return whether the start of a file has so many control characters that no encoding makes text of it."""
    if find_wide_encoding(sample) is not None:
        return False
    return _has_too_many(len(sample) - len(sample.translate(None, _CONTROL_BYTES)), len(sample))


def _decode_unicode(payload: bytes) -> DecodedText | None:
    """Return the text when the bytes are Unicode in one of its encodings, more or less whole."""
    payload = payload.removeprefix(codecs.BOM_UTF8)
    wide = find_wide_encoding(payload)
    if wide is not None:
        return _decode_wide(payload, wide)
    if b"\x1b$" in payload:  # ISO-2022-JP is valid ASCII, hence valid UTF-8
        decoded = _decode_strictly(payload, "iso2022_jp")
        if decoded is not None:
            return decoded
    return _decode_strictly(payload, "utf-8") or _decode_cesu8(payload) or _recover_utf8(payload)


def _decode_strictly(payload: bytes, encoding: str) -> DecodedText | None:
    """Return the text when every byte is valid."""
    try:
        return DecodedText(payload.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _decode_cesu8(payload: bytes) -> DecodedText | None:
    """Return the text when it is UTF-8 but for emoji written as two halves of three bytes each (CESU-8, UTR #26)."""
    try:
        halves = payload.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    text = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return DecodedText(text, "utf-8", text.count("\ufffd") - halves.count("\ufffd"))


def _decode_wide(payload: bytes, encoding: str) -> DecodedText:
    """Return text in UTF-16 or UTF-32, broken units replaced."""
    strict = _decode_strictly(payload, encoding)
    text = payload.decode(encoding, "replace") if strict is None else strict.text
    return DecodedText(text.removeprefix("\ufeff"), encoding, 0 if strict is not None else text.count("\ufffd"))


def _recover_utf8(payload: bytes) -> DecodedText | None:
    """Return the text when the bytes are UTF-8 but for some.

    They are when there are at least as many whole characters above ASCII as bad bytes: a whole one is hardly ever
    there by chance.
    """
    escaped = payload.decode("utf-8", "surrogateescape")
    bad_count = sum(len(run) for run in _BAD_BYTE.findall(escaped))
    whole_count = len(escaped) - len(escaped.encode("ascii", "ignore")) - bad_count
    if bad_count > whole_count:
        return None
    end = len(escaped)
    text = _BAD_BYTE.sub(lambda match: _mend(match[0], at_end=match.end() == end), escaped)
    return DecodedText(text, "utf-8", bad_count)


def _mend(run: str, *, at_end: bool) -> str:
    """Return what a run of bad bytes in UTF-8 most likely is.

    A byte alone comes from windows-1252. Several are a character that lost a byte, and so is one at the very end.
    """
    if len(run) == 1 and not at_end:
        return bytes([ord(run) - 0xDC00]).decode("cp1252", "replace")
    return "\ufffd"


def _decode_declared(payload: bytes, declared: str | None) -> DecodedText | None:
    """Return the text when it is in the encoding it declares, but for a few bytes."""
    return None if declared is None else _decode_leniently(payload, declared)


def _decode_leniently(payload: bytes, encoding: str) -> DecodedText | None:
    """Return the text when few bytes are invalid."""
    strict = _decode_strictly(payload, encoding)
    if strict is not None:
        return strict
    text = payload.decode(encoding, "replace")
    bad_count = text.count("\ufffd")
    return DecodedText(text, encoding, bad_count) if bad_count <= MAX_BAD_RATIO * len(text) else None


def _decode_legacy(payload: bytes) -> DecodedText:
    """Return the text in the encoding that makes most sense of it.

    Raises:
        RejectedDocumentError: not_text.
    """
    encoding = guess_legacy_encoding(payload)
    decoded = None if encoding is None else _decode_leniently(payload, encoding)
    if decoded is not None:
        return decoded
    text = payload.decode("utf-8", "replace")
    bad_count = text.count("\ufffd")
    if bad_count > max(1, MAX_BAD_RATIO * len(text)):
        raise RejectedDocumentError("not_text", f"{bad_count} of {len(payload)} bytes are text in no known encoding")
    return DecodedText(text, "utf-8", bad_count)


def _is_wide(sample: bytes, encoding: str) -> bool:
    """Return whether bytes that have the mark or the NUL bytes of an encoding are in it, those being no accident."""
    if encoding.startswith("utf-32"):
        return _decode_strictly(sample[: len(sample) // 4 * 4], encoding) is not None
    printable_count = len(sample) - len(sample.translate(None, _PRINTABLE_BYTES))
    return not sample or printable_count <= _MAX_ASCII_RATIO * len(sample)


def _has_wide_pattern(sample: bytes, encoding: str) -> bool:
    """Return whether the NUL bytes are where this encoding has them, and nothing speaks against it.

    A last character cut in two is left out of account.
    """
    width = 4 if encoding.startswith("utf-32") else 2
    sample = sample[: len(sample) // width * width]
    high, low = (width - 1, 0) if encoding.endswith("le") else (0, width - 1)
    high_nul_count, low_nul_count = sample[high::width].count(0), sample[low::width].count(0)
    if (
        high_nul_count < max(_MIN_NUL_COUNT, _MIN_NUL_RATIO * len(sample) / width)
        or low_nul_count > high_nul_count / 10
    ):
        return False
    if not _is_wide(sample, encoding):
        return False
    decoded = _decode_strictly(sample, encoding)
    if decoded is None and width == 2:  # noqa: PLR2004  UTF-16
        decoded = _decode_strictly(sample[:-2], encoding)  # the cut may have gone through a surrogate pair
    return decoded is not None and _CONTROL.search(decoded.text) is None


def _check_controls(text: str) -> None:
    """Refuse text that is full of control characters."""
    control_count = sum(1 for _ in _CONTROL.finditer(text))
    if _has_too_many(control_count, len(text)):
        detail = f"{control_count} of {len(text)} characters are control characters"
        raise RejectedDocumentError("not_text", detail)


def _has_too_many(control_count: int, length: int) -> bool:
    """Return whether so many control characters make it binary; one is an accident in a text of any length."""
    return control_count > 1 and control_count > MAX_CONTROL_RATIO * length
