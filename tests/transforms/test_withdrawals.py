"""A document says in a field made for it that an article is withdrawn, or it does not."""

import pytest

from transforms.withdrawals import find_work_status, is_withdrawn_status


@pytest.mark.parametrize(
    "code", ["canceled", "cancelled", " Withheld", "stat:canceled", "https://x.example/stat/withheld"]
)
def test_a_status_that_bars_an_item_is_known(code: str) -> None:
    assert is_withdrawn_status(code)


@pytest.mark.parametrize("code", ["usable", "embargoed", "", None, 7, "not canceled", ["canceled"]])
def test_any_other_status_is_none(code: object) -> None:
    assert not is_withdrawn_status(code)


@pytest.mark.parametrize(
    "status",
    [
        "Retracted",
        "https://terms.example/status/withdrawn",
        {"@type": "DefinedTerm", "name": "Retracted"},
        {"@type": "DefinedTerm", "termCode": "retracted"},
        ["Published", "Withdrawn"],
    ],
)
def test_structured_data_says_that_a_work_is_withdrawn(status: object) -> None:
    assert find_work_status({"creativeWorkStatus": status}) == "creative_work_status"


@pytest.mark.parametrize(
    "status", [None, "Published", "Draft", "Not retracted", {"name": {"name": "Retracted"}}, 1, []]
)
def test_structured_data_that_does_not_say_it_says_nothing(status: object) -> None:
    assert find_work_status({"creativeWorkStatus": status}) is None
