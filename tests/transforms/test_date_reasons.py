"""Why a date was chosen or not: each rule has its words."""

from datetime import UTC, datetime

import pytest

from transforms.date_reasons import explain_dates

CHOSEN_AT = datetime(2026, 2, 3, 10, tzinfo=UTC)
FETCHED_AT = datetime(2026, 2, 10, tzinfo=UTC)


def make(method: str, at: datetime | None, *, is_chosen: bool = False) -> dict[str, object]:
    """Return a candidate."""
    return {"method": method, "raw_text": "x", "candidate_at": at, "is_chosen": is_chosen}


def reason(method: str, at: datetime | None) -> str:
    """Return why a date was not chosen beside one of a page's meta tags."""
    rows = [make("meta_published", CHOSEN_AT, is_chosen=True), make(method, at)]
    return explain_dates(rows, fetched_at=FETCHED_AT, modified_at=CHOSEN_AT.replace(day=5))[1]


@pytest.mark.parametrize(
    ("method", "at", "said"),
    [
        pytest.param("text_published", None, "cannot be read", id="unreadable"),
        pytest.param("warc", CHOSEN_AT, "served or archived", id="a bound"),
        pytest.param("meta_modified", CHOSEN_AT, "when it was changed", id="of a change"),
        pytest.param("record_published", datetime(2026, 2, 12, tzinfo=UTC), "after the article was fetched", id="late"),
        pytest.param("record_published", datetime(1970, 1, 1, tzinfo=UTC), "the zero of a program", id="zero"),
        pytest.param("record_published", datetime(2026, 2, 7, tzinfo=UTC), "after the last change", id="after it"),
        pytest.param("jsonld_published", CHOSEN_AT, "says the same", id="the same"),
        pytest.param("url", datetime(2026, 2, 1, tzinfo=UTC), "meta_published is trusted more", id="less trusted"),
        pytest.param("jsonld_published", datetime(2026, 2, 3, tzinfo=UTC), "has no time", id="the day only"),
        pytest.param("jsonld_published", datetime(2026, 1, 1, 5, tzinfo=UTC), "no date of another origin", id="alone"),
    ],
)
def test_a_date_that_was_not_chosen_says_why(method: str, at: datetime | None, said: str) -> None:
    assert said in reason(method, at)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        pytest.param(make("url", datetime(2026, 2, 3, tzinfo=UTC)), "another origin agrees", id="seconded"),
        pytest.param(make("jsonld_created", CHOSEN_AT), "most trusted that is sound", id="of one origin"),
    ],
)
def test_the_date_chosen_says_whether_another_agrees(other: dict[str, object], said: str) -> None:
    chosen = make("meta_published", CHOSEN_AT, is_chosen=True)
    assert said in explain_dates([chosen, other], fetched_at=None, modified_at=None)[0]


def test_a_date_of_earlier_code_says_so() -> None:
    chosen = make("unrecorded", CHOSEN_AT, is_chosen=True)
    assert "before dates were kept" in explain_dates([chosen], fetched_at=FETCHED_AT, modified_at=None)[0]
