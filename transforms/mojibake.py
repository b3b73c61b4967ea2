"""Text that was decoded in the wrong encoding, once or several times, is put right: "cafÃ©" becomes "café".

By ftfy (https://ftfy.readthedocs.io), which changes text only where it is far more likely to be damaged than meant. Of
what it can do only this is asked for: quotes stay curly, ligatures and wide letters stay, entities stay, for an article
may be about them.
"""

import re
from typing import Final

from ftfy import TextFixerConfig, fix_encoding
from ftfy.badness import is_bad

_CONFIG: Final = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


_HIGH: Final = re.compile("[^\x00-\x7f]+")
_LONE: Final = frozenset("ÂÃÎÐŒœ") | {chr(code) for code in range(0x80, 0xA0)}
"""Mojibake is at least two characters above ASCII in a row, or one of these."""

_HARMLESS: Final = "\ufffd\xa0"
_CONTEXT_CHAR_COUNT: Final = 3
_RARE: Final = re.compile("[\u0700-\u08ff]")
"""Scripts from Syriac to Mandaic. What looks like them is German: "ß" and "ª" are the two bytes of an N'Ko letter."""

_LINE_END: Final = re.compile(
    "\n|(?<![^\x00-\x7f])\x85(?![\x80-\x9f])"
)  # NEL behind ASCII; elsewhere it is a part of mojibake


def repair_text(text: str) -> str:
    """Return text without mojibake; line by line, since it is often only a line that came by another way.

    Examples:
        >>> repair_text("The cafÃ© said: “Itâ€™s open.”")
        'The café said: “It’s open.”'
    """
    if text.isascii() or not _is_suspect(text):
        return text
    return "\n".join(_repair_line(line) for line in _LINE_END.split(text))


def _is_suspect(text: str) -> bool:
    """Return whether ftfy would look closer; it is asked about the few places only where there can be damage."""
    places = {
        text[max(found.start() - _CONTEXT_CHAR_COUNT, 0) : found.end() + _CONTEXT_CHAR_COUNT]
        for found in _HIGH.finditer(text)
        if (len(found[0]) > 1 and found[0].strip(_HARMLESS)) or found[0] in _LONE
    }
    return any(map(is_bad, places))


def _repair_line(line: str) -> str:
    if line.isascii() or not _is_suspect(line):
        return line
    repaired = fix_encoding(line, _CONFIG)
    is_worse = len(_RARE.findall(repaired)) > len(_RARE.findall(line))
    return line if is_worse else repaired
