"""Credits to news agencies in the text of an article: a sign-off, a copyright line, the agency at its head or end.

After the habits of the agencies and of those who print them: "(Reuters) - ", "... he said. (AFP)", "© 2026 Agence
France-Presse", "(Reporting by Ann Lee; Editing by Bo Kim)". An outlet that only used an agency says so in other words:
"The Associated Press contributed to this report", "With reporting by AFP".
"""

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import Final

_YEAR: Final = r"(?:\s*(?:19|20)\d\d(?:\s*[-–—]\s*(?:19|20)?\d\d)?)?"
_SIGN_OFF: Final = re.compile(
    r"\breporting by [^;()]{3,200};\s*(?:additional|writing|editing|compiled|graphics)\b[^;()]{0,40} by ",
    re.IGNORECASE,
)
"""How Reuters ends its reports (Reuters Handbook of Journalism, "Sign-offs"); nobody else names all of them so."""


class Credit(IntEnum):
    """How much of an article is an agency's, by what the article says; the smaller the more."""

    WRITTEN = 0
    USED = 1
    NONE = 2


def compile_credits(names: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return patterns for credits at the head of a text, for others that say that it is an agency's, and for its use.

    Args:
        names: A pattern for the names of agencies.
    """
    name = rf"(?i:the\s+)?(?:{names})(?!\w)"
    copyright_mark = rf"(?:©|\(c\)|\bcopyright\b(?:\s*(?:©|\(c\)))?){_YEAR}[\s,]*(?:by\s+)?"
    head = rf"\A\W{{0,3}}\((?i:the\s+)?(?:{names})\)"
    written = (
        rf"(?:\A|\n)\W{{0,3}}(?:(?i:source|via)\W{{1,3}})?{name}\W{{0,3}}(?:\n|\Z)",  # alone on a line
        rf"(?:\(|\s[-–—]\s?|\s[-–—]{{2}}\s?){name}\)?\W{{0,2}}\Z",  # behind the last sentence
        rf"(?i:{copyright_mark}){name}",
        rf"(?<!\w){name} (?:\w+ )?(?i:writers?|reporters?|correspondents?)\b[^.]{{0,200}} contributed to th",
    )
    used = (
        rf"(?<!\w){name}[^.]{{0,80}} contributed to th(?:is|e) (?:report|story|article)",
        rf"(?i:\b(?:reporting|material|files|information|copy)\s+(?:by|from)\s+){name}",
    )
    return re.compile(head), re.compile("|".join(written)), re.compile("|".join(used))


def read_credits(
    patterns: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], openings: Iterable[str], closings: Iterable[str]
) -> Credit:
    """Return what the ends of an article say of an agency.

    Args:
        patterns: From ``compile_credits``.
        openings: How its versions begin, some lines each. What stands in the middle of a text is said of others.
        closings: How they end, and lines that were taken out of them.
    """
    head, written, used = patterns
    ends = list(closings)
    if any(head.search(text) for text in openings) or any(
        written.search(text) or _SIGN_OFF.search(text) for text in ends
    ):
        return Credit.WRITTEN
    return Credit.USED if any(used.search(text) for text in ends) else Credit.NONE
