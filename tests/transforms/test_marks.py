"""Apostrophes of print become that of a keyboard, each character one."""

import pytest

from transforms.marks import APOSTROPHES, use_ascii_marks


@pytest.mark.parametrize("mark", APOSTROPHES, ids=lambda mark: f"U+{ord(mark):04X}")
def test_a_mark_is_an_apostrophe_and_nothing_moves(mark: str) -> None:
    assert use_ascii_marks(f"Zoë O{mark}Dea{mark}s") == "Zoë O'Dea's"


def test_what_is_no_apostrophe_stays() -> None:
    text = "“Zoë – 5″” «Lee», 3 × 4…"
    assert use_ascii_marks(text) == text
