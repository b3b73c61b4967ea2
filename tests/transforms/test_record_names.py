"""Records of other programs become the same fields as ours."""

from typing import Any

import orjson
import pytest

from transforms.fields import DocumentFields
from transforms.records import parse_record
from transforms.rejects import RejectedDocumentError


def parse(**record: Any) -> DocumentFields:
    """Return the fields of a record."""
    return parse_record(orjson.dumps(record))


def test_an_export_of_news_please() -> None:
    fields = parse(
        authors=["Ann Lee", "Bo Orr"],
        date_publish="2024-02-08 10:00:00",
        date_modify=None,
        description="Rain.",
        language="en",
        maintext="Rain fell.",
        source_domain="quay.example",
        text=None,
        title="Storm hits coast",
        url="https://quay.example/storm",
    )
    assert fields == DocumentFields(
        text="Rain fell.",
        description="Rain.",
        title="Storm hits coast",
        url="https://quay.example/storm",
        source="quay.example",
        author="Ann Lee; Bo Orr",
        published="2024-02-08 10:00:00",
        language="en",
    )


def test_an_export_of_newsapi() -> None:
    fields = parse(
        source={"id": None, "name": "The Quay"},
        author="Ann Lee",
        title="Storm hits coast",
        description="Rain.",
        url="https://quay.example/storm",
        publishedAt="2024-02-08T10:00:00Z",
        content="Rain fell.",
    )
    assert (fields.source, fields.published, fields.text) == ("The Quay", "2024-02-08T10:00:00Z", "Rain fell.")
    assert fields.description == "Rain."


def test_an_export_of_fundus_with_its_body() -> None:
    section = {"headline": ["At sea"], "paragraphs": ["Boats sank.", "None died."]}
    fields = parse(
        title="Storm hits coast",
        authors=["Ann Lee"],
        publishing_date="2024-02-08 10:00:00+01:00",
        publisher="The Quay",
        lang="en",
        body={"summary": ["Rain fell."], "sections": [section]},
    )
    assert fields.text == "Rain fell.\n\nAt sea\n\nBoats sank.\n\nNone died."
    assert (fields.source, fields.language) == ("The Quay", "en")


def test_an_export_of_fundus_with_its_page() -> None:
    page = {
        "requested_url": "https://quay.example/s",
        "responded_url": "https://quay.example/storm",
        "content": "<p>Rain",
    }
    fields = parse(title="Storm", html=page)
    assert (fields.html, fields.url, fields.text) == ("<p>Rain", "https://quay.example/storm", None)


def test_an_item_of_a_json_feed() -> None:
    fields = parse(
        id="7",
        url="https://quay.example/storm",
        title="Storm",
        content_html="<p>Rain fell.</p>",
        date_published="2024-02-08T10:00:00Z",
        date_modified="2024-02-09T10:00:00Z",
        authors=[{"name": "Ann Lee", "url": "https://quay.example/ann"}, {"name": "Bo Orr"}],
    )
    assert (fields.external_id, fields.html, fields.modified) == ("7", "<p>Rain fell.</p>", "2024-02-09T10:00:00Z")
    assert fields.author == "Ann Lee; Bo Orr"


def test_our_own_name_comes_first() -> None:
    fields = parse(
        text="Rain fell.", content="Read more", title="Storm", headline="Other", date="2020", published="2021"
    )
    assert (fields.text, fields.title, fields.published) == ("Rain fell.", "Storm", "2021")


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({"date": {"day": 1}, "pubDate": True, "date_publish": [2024]}, id="no dates"),
        pytest.param({"publisher": {"code": "Q"}}, id="an outlet without a name"),
        pytest.param({"authors": [{"id": 3}]}, id="an author without a name"),
        pytest.param({"link": ["https://quay.example"], "guid": {"a": 1}, "lang": 7}, id="lists, objects and numbers"),
        pytest.param({"body": {"sections": "none"}, "content": 5}, id="no text"),
    ],
)
def test_a_name_that_means_something_else_is_left_alone(record: dict[str, Any]) -> None:
    assert parse(text="Rain fell.", **record) == DocumentFields(text="Rain fell.")


@pytest.mark.parametrize(
    ("record", "reason", "detail"),
    [
        pytest.param({"text": "x", "source": {"code": "Q"}}, "bad_field", "source is an object", id="our own name"),
        pytest.param({"html": {"content": ["x"]}}, "bad_field", "html is a list", id="a page that is a list"),
        pytest.param({"maintext": 5}, "missing_text", "keys: maintext", id="a number is no text"),
        pytest.param({"body": {"summary": [5], "sections": []}}, "missing_text", "keys: body", id="numbers are none"),
    ],
)
def test_a_record_without_what_it_needs_is_refused(record: dict[str, Any], reason: str, detail: str) -> None:
    with pytest.raises(RejectedDocumentError, match=detail) as caught:
        parse(**record)
    assert caught.value.reason == reason
