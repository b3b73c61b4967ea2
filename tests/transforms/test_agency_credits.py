"""Credits in the text: what an agency wrote is told from what only uses it, and from what only mentions it."""

import pytest

from tests.known_agencies import AGENCIES
from transforms.agency_credits import Credit, read_credits


def read(opening: str = "", closing: str = "") -> Credit:
    """Return what the two ends of a text say."""
    return read_credits(AGENCIES.text_credits, [opening], [closing])


@pytest.mark.parametrize(
    "closing",
    [
        *(
            "Rain fell.\n\nReuters",
            "Rain fell.\n\n(AFP)",
            "Rain fell.\n\nSource: AFP",
            "Rain fell. (AP)",
            "Rain fell. - Reuters",
        ),
        *("Rain fell. — AFP.", "Rain fell. -- Reuters", "© 2026 Agence France-Presse", "© Reuters", "(c) 2019 AFP"),
        *("Copyright 2017 The Associated Press. All rights reserved.", "COPYRIGHT © 2017 BY THE Associated Press"),
        "Copyright 2016-2017 Associated Press",
        "Rain fell. (Reporting by Ann Lee in Oslo; Editing by Bo Kim)",
        "Rain fell. Additional reporting by Ann Lee and Cy Orr; Writing by Bo Kim",
        "___ Associated Press writers Ann Lee and Bo Kim contributed to this report.",
        "Associated Press Writer Ann Lee in Oslo contributed to this report.",
    ],
)
def test_an_agency_signs_what_it_wrote(closing: str) -> None:
    assert read(closing=closing) is Credit.WRITTEN


@pytest.mark.parametrize("opening", ["(Reuters) - Rain fell.", "(AP) Rain fell.", "(The Associated Press) — Rain"])
def test_an_agency_stands_at_the_head_of_what_it_wrote(opening: str) -> None:
    assert read(opening=opening) is Credit.WRITTEN


@pytest.mark.parametrize(
    "closing",
    [
        "Associated Press contributed to this report.",
        "The Associated Press and Ann Lee contributed to this story.",
        *("With reporting by AFP", "Additional reporting by Reuters", "(With files from The Associated Press)"),
        "Includes material from Reuters.",
    ],
)
def test_who_uses_an_agency_says_so(closing: str) -> None:
    assert read(closing=closing) is Credit.USED


@pytest.mark.parametrize(
    "text",
    [
        "He told Reuters that rain had fallen.",
        "The Associated Press reported that rain fell.",
        "Rain fell, according to the AP",
        "The company (AAPL) fell.",
        "Rain fell. (Photo: AP)",
        "AP Photo/Ann Lee",
        "ABC News' Ann Lee contributed to this report.",
        "Ann Lee contributed to this report.",
        "The ap is down. - ap",
        "Reporting by Ann Lee",
        "(CNN) Rain fell.",
        "© 2026 The Gull",
        "Agence France-Presses",
        "",
    ],
)
def test_a_mention_is_no_credit(text: str) -> None:
    assert read(text, text) is Credit.NONE
