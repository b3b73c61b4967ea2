"""Apostrophes as print has them, written as a keyboard does.

Half of all news sites print ’ where others have '. It is the same letter of the same name, but the models were trained
on text with ' above all, and take "Côte d’Ivoire" for a body called "Côte". So names are looked for in a text with the
apostrophes of ASCII. Each character becomes one: a place in that text is the same place in the stored one, which keeps
those that were printed. Double quotes and dashes stay, since the model knows both.
"""

import re
from typing import Final

APOSTROPHES: Final = "‘’\u201b\u02bc\u02bb\u02be\u02bf\u2032´"
"""Single quotes, apostrophes of transcriptions, the prime, and the accent that is typed for want of an apostrophe.
``warehouse/sql/functions/ascii_marks.sql`` has the same."""

_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")


def use_ascii_marks(text: str) -> str:
    """Return a text of the same length with the apostrophes of ASCII.

    Examples:
        >>> use_ascii_marks("“Côte d’Ivoire”, O‘Dea’s")
        "“Côte d'Ivoire”, O'Dea's"
    """
    return text if text.isascii() else _APOSTROPHE.sub("'", text)  # a tenth of what str.translate takes
