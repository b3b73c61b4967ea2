"""Wording, sketches and what two texts have in common: the same numbers on every machine."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.copies import measure_pairs
from transforms.schemas import TEXT
from transforms.sketches import BAND_COUNT, MIN_WORD_COUNT, sketch_texts
from transforms.story_schemas import SKETCH, WORDING_PAIR
from transforms.wording import find_figures, hash_shingles, split_wording

LONG = " ".join(f"word{number}" for number in range(100))


def sketch(*texts: tuple[str, str]) -> pl.DataFrame:
    """Return the sketches of (headline, body) pairs."""
    rows = [(f"t{number}", headline, body, "en") for number, (headline, body) in enumerate(texts)]
    return sketch_texts(pl.DataFrame(rows, schema=TEXT, orient="row"))


def measure(first: str, second: str) -> tuple[float, float, float, bool]:
    pairs = pl.DataFrame({"wording_key_a": [1], "wording_key_b": [2]})
    measured = measure_pairs(pairs, pl.DataFrame({"wording_key": [1, 2], "body": [first, second]}))
    assert measured.schema == WORDING_PAIR
    return measured.select("similarity_ratio", "containment_ratio", "figure_ratio", "is_copy").row(0)


def test_figures_are_words_that_begin_with_a_digit() -> None:
    assert find_figures(split_wording("Up 1,250.50 to 6-3/16 on the 3rd of March, 10:30; B2B")) == {
        "1,250.50",
        "6-3/16",
        "3rd",
        "10:30",
    }


def test_shingles_are_the_same_everywhere() -> None:
    # Stored bands depend on these: a change needs no migration, since the sketch code's hash changes with it.
    assert hash_shingles("a quick brown fox jumps over".split()).tolist() == [
        4540317871439138406,
        16831455763153525561,
    ]


def test_shingles_are_distinct_and_sorted() -> None:
    hashes = hash_shingles(["la"] * 50)
    assert hashes.size == 1
    many = hash_shingles(split_wording(LONG))
    assert many.size == 96
    assert np.all(many[1:] > many[:-1])


def test_too_few_words_have_no_shingles() -> None:
    assert hash_shingles(["one", "two", "three", "four"]).size == 0


def test_wordings_differ_by_their_words_only() -> None:
    keys = sketch(("Rain", LONG), ("Sun", LONG.upper().replace(" ", ", ")), ("Rain", LONG + " more"))["wording_key"]
    assert keys[0] == keys[1] != keys[2]


def test_a_short_text_is_told_by_its_headline_too_and_has_no_bands() -> None:
    short = " ".join(LONG.split()[: MIN_WORD_COUNT - 1])
    sketches = sketch(("Rain", short), ("Sun", short), ("RAIN!", short))
    first, second, third = sketches["wording_key"]
    assert first == third != second
    assert sketches["bands"].list.len().to_list() == [0, 0, 0]


def test_a_sketch_has_a_hash_a_band() -> None:
    sketches = sketch(("Rain", LONG))
    assert sketches.schema == SKETCH
    assert sketches["bands"][0].n_unique() == BAND_COUNT
    assert sketches["word_count"].to_list() == [100]


@given(st.text(max_size=300))
def test_any_text_has_a_sketch(body: str) -> None:
    assert sketch(("", body)).height == 1


def test_a_text_shares_all_with_itself() -> None:
    assert measure(LONG, LONG) == (1.0, 1.0, 1.0, True)


def test_similarity_counts_runs_of_five_words() -> None:
    changed = LONG.replace("word50 ", "other ")
    assert measure(LONG, changed)[0] == pytest.approx(91 / 101)


def test_a_text_cut_down_is_a_copy_when_it_is_long_enough() -> None:
    long = " ".join(f"word{number}" for number in range(1000))
    assert measure(long, " ".join(long.split()[:60]))[1:] == (1.0, 1.0, True)
    assert measure(long, " ".join(long.split()[:59]))[3] is False


def test_texts_of_one_form_with_other_figures_are_no_copies() -> None:
    first, second = LONG.replace("word50", "1.5 6-3/16"), LONG.replace("word50", "2.5 6-3/16")
    similarity, _, figures, is_copy = measure(first, second)
    assert similarity > 0.8
    assert (figures, is_copy) == (0.5, False)
