"""From raw documents to articles: headline and body apart, identity, dates, and reasons for what is none."""

import json
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from tests.known_agencies import AGENCIES
from transforms.articles import NormalizedDocuments, ReviewedLists, normalize_documents
from transforms.furniture import build_furniture_rules
from transforms.schemas import ARTICLE, RAW_DOCUMENT, REJECT, WITHDRAWAL

FETCHED_AT = datetime(2026, 11, 10, tzinfo=UTC)
FURNITURE = build_furniture_rules(
    pl.DataFrame(
        [("back_to_top", "line", "anywhere", "Back to top button")],
        schema=["rule", "kind", "position", "text"],
        orient="row",
    )
)
LISTS = ReviewedLists(furniture=FURNITURE, agencies=AGENCIES)


def normalize(
    payload: bytes,
    media_type: str = "text/plain",
    source_hint: str = "gull.example",
    hints: str | None = None,
    reader: str = "text",
) -> NormalizedDocuments:
    """Normalize one document."""
    row = {
        "uri": "file:///in/one",
        "external_id": "in/one",
        "media_type": media_type,
        "source_hint": source_hint,
        "fetched_at": FETCHED_AT,
        "raw_hash": "raw",
        "payload": payload,
        "hints": hints,
        "reader": reader,
    }
    return normalize_documents(pl.DataFrame([row], schema=RAW_DOCUMENT), LISTS)


def read_text(text: str) -> dict[str, Any]:
    """Return the article of a text file."""
    return normalize(text.encode()).articles.row(0, named=True)


def read_record(**record: object) -> dict[str, Any]:
    """Return the article of a line of JSON."""
    return normalize(json.dumps(record).encode(), "application/json", "wire").articles.row(0, named=True)


def test_no_documents_give_empty_frames() -> None:
    done = normalize_documents(pl.DataFrame(schema=RAW_DOCUMENT), LISTS)
    assert (done.articles.schema, done.rejects.schema, done.withdrawals.schema) == (ARTICLE, REJECT, WITHDRAWAL)


@pytest.mark.parametrize(
    ("text", "headline", "body"),
    [
        pytest.param("Rain\n\nIt fell.\n\nIt stopped.\n", "Rain", "It fell.\n\nIt stopped.", id="title and paragraphs"),
        pytest.param("It fell all day.", "", "It fell all day.", id="one paragraph is a body"),
        pytest.param("word " * 50 + "\n\nIt fell.", "", "word " * 49 + "word\n\nIt fell.", id="a long first paragraph"),
        pytest.param("Rain\n\nRain!\n\nIt fell.", "Rain", "It fell.", id="the headline again"),
        pytest.param("Rain\n\nIt fell.\n\nBack to top button", "Rain", "It fell.", id="furniture"),
    ],
)
def test_headline_and_body_of_a_text_file_come_apart(text: str, headline: str, body: str) -> None:
    article = read_text(text)
    assert (article["headline"], article["body"]) == (headline, body)


def test_what_is_removed_is_kept_with_its_rule() -> None:
    assert read_text("Rain\n\nRain\n\nIt fell.\n\nBack to top button")["removed_lines"] == [
        {"rule": "repeated_headline", "line": "Rain", "paragraph_number": 0, "line_number": 1},
        {"rule": "back_to_top", "line": "Back to top button", "paragraph_number": 1, "line_number": 1},
    ]


def test_words_of_headline_and_body_are_counted() -> None:
    assert read_text("Heavy rain\n\nIt fell all day.")["word_count"] == 6


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(
            {"url": "HTTPS://www.Gull.example/a?utm_source=x", "id": "7"},
            ("https://gull.example/a", "gull.example", "gull.example", "gull.example"),
            id="by its address",
        ),
        pytest.param({"id": "7", "source": "The Gull"}, ("the gull|7", "the gull", "The Gull", None), id="by its id"),
        pytest.param(
            {"id": "7", "source": "www.gull.example"},
            ("gull.example|7", "gull.example", "www.gull.example", "gull.example"),
            id="an outlet named by its domain",
        ),
        pytest.param(
            {"url": "https://news.gull.example/a", "source": "The Gull"},
            ("https://news.gull.example/a", "news.gull.example", "The Gull", "news.gull.example"),
            id="an outlet with name and address",
        ),
        pytest.param({}, ("wire|in/one", "wire", "wire", None), id="silent: by folder and path"),
        pytest.param({"url": "not an address"}, ("wire|in/one", "wire", "wire", None), id="an address that is none"),
    ],
)
def test_an_article_is_known_by_its_address_else_by_outlet_and_id(
    record: dict[str, object], expected: tuple[str | None, ...]
) -> None:
    article = read_record(text="Rain fell.", **record)
    columns = ("article_id", "source_id", "source_name", "source_domain")
    assert tuple(article[column] for column in columns) == expected


def test_dates_and_claims_are_read() -> None:
    article = read_record(
        text="Rain fell.",
        published="2026-02-03T10:00:00+02:00",
        modified="not a date",
        language="en-GB",
        author=["A", "B"],
    )
    assert article["published_at"] == datetime(2026, 2, 3, 8, tzinfo=UTC)
    assert article["modified_at"] is None
    assert (article["language_code"], article["author"]) == ("en", "A; B")


def test_a_record_with_a_page_takes_from_it_what_it_does_not_say_itself() -> None:
    prose = "The harbour board met on Tuesday to hear about the new breakwater and the old pier beside it. " * 2
    head = "<head><title>Page title</title><meta name='author' content='A. Poe'></head>"
    page = f"<html>{head}<body><p>{prose}</p></body></html>"
    article = read_record(html=page, title="Own title")
    assert (article["headline"], article["author"], article["body"]) == ("Own title", "A. Poe", prose.strip())


@pytest.mark.parametrize(
    ("payload", "media_type", "reason"),
    [
        pytest.param(b"", "text/plain", "empty", id="no bytes"),
        pytest.param(b" \n\t ", "text/plain", "empty", id="white space"),
        pytest.param(b"Back to top button", "text/plain", "empty", id="nothing but furniture"),
        pytest.param(bytes(range(256)), "text/plain", "not_text", id="not text"),
        pytest.param(b"{", "application/json", "bad_json", id="not JSON"),
        pytest.param(b'{"title": "Rain"}', "application/json", "missing_text", id="no text"),
        pytest.param(b'{"text": " "}', "application/json", "empty", id="blank text"),
        pytest.param(b"<html><body></body></html>", "text/html", "no_article", id="a page without an article"),
    ],
)
def test_what_is_no_article_is_refused_with_a_reason(payload: bytes, media_type: str, reason: str) -> None:
    done = normalize(payload, media_type)
    assert done.articles.height == 0
    assert done.rejects.select("uri", "external_id", "content_hash", "reason").rows() == [
        ("file:///in/one", "in/one", "raw", reason)
    ]


def test_white_space_and_furniture_do_not_change_the_content() -> None:
    assert (
        read_text("Rain\n\nIt fell.")["content_hash"]
        == read_text("Rain \r\n\r\n\r\nIt  fell.\n\nBack to top button")["content_hash"]
    )


def test_hints_fill_what_a_page_is_silent_of() -> None:
    page = (
        b"<html><body><article><p>"
        + b"The ferry to Oakhaven sails again, the harbour said. " * 5
        + b"</p></article></html>"
    )
    hints = '{"url": "https://gull.example/ferry?utm_source=x", "published": "2026-02-03T10:00:00Z", "title": "Ferry"}'
    article = normalize(page, "text/html", hints=hints).articles.row(0, named=True)
    assert (article["article_id"], article["source_id"]) == ("https://gull.example/ferry", "gull.example")
    assert article["headline"] == "Ferry"
    assert article["published_at"] == datetime(2026, 2, 3, 10, tzinfo=UTC)


def test_what_a_page_says_itself_wins_over_hints() -> None:
    page = b"<html><head><title>Storm</title></head><body><article><h1>Storm</h1><p>" + b"Rain fell in Oakhaven. " * 9
    article = normalize(page, "text/html", hints='{"title": "Ferry"}').articles.row(0, named=True)
    assert article["headline"] == "Storm"


def test_the_charset_of_the_server_is_used_for_the_page() -> None:
    page = "<html><body><article><p>" + "Příliš žluťoučký kůň úpěl ďábelské ódy. " * 9
    hints = '{"url": null, "encoding": "iso8859_2"}'
    article = normalize(page.encode("iso8859_2"), "text/html", hints=hints).articles.row(0, named=True)
    assert "žluťoučký kůň" in article["body"]


def test_a_piece_of_html_in_a_record_is_text_however_short() -> None:
    article = read_record(html="<p>Rain fell.</p><ul><li>North</li></ul>", title="Storm")
    assert (article["headline"], article["body"]) == ("Storm", "Rain fell.\n\nNorth")


def test_a_dateline_is_split_off_and_kept() -> None:
    article = read_record(
        text="OSLO, Feb 2 (Reuters) - The ferry sails again.\n\nRain fell.", published="2026-02-03T10:00:00Z"
    )
    assert article["body"] == "The ferry sails again.\n\nRain fell."
    removed = {"rule": "dateline", "line": "OSLO, Feb 2 (Reuters) -", "paragraph_number": 0, "line_number": 1}
    assert article["removed_lines"] == [removed]
    columns = ("dateline_place", "dateline_agency", "dateline_date")
    assert tuple(article[column] for column in columns) == ("OSLO", "Reuters", date(2026, 2, 2))


def test_a_dateline_given_apart_takes_nothing_off_the_text() -> None:
    article = read_record(text="The ferry sails again.", dateline="OSLO, Feb 2 -")
    assert (article["body"], article["removed_lines"]) == ("The ferry sails again.", [])
    assert (article["dateline_place"], article["dateline_date"]) == ("OSLO", None)


def test_headline_and_body_are_repaired() -> None:
    article = read_record(title="The cafÃ©", text="It is â€œopenâ€\x9d, she said.")
    assert (article["headline"], article["body"]) == ("The café", "It is “open”, she said.")


def list_methods(article: dict[str, Any]) -> list[tuple[str, str]]:
    """Return method and text of the dates of an article."""
    return [(row["method"], row["raw_text"]) for row in article["dates"]]


def test_every_date_of_a_record_and_its_page_is_kept() -> None:
    prose = "The harbour board met on Tuesday to hear about the new breakwater and the old pier beside it. " * 2
    head = "<head><meta property='article:published_time' content='2026-02-03T10:00:00Z'></head>"
    page = f"<html>{head}<body><p>{prose}</p></body></html>"
    article = read_record(html=page, published="2026-02-03", url="https://gull.example/2026/02/03/pier")
    assert list_methods(article) == [
        ("record_published", "2026-02-03"),
        ("meta_published", "2026-02-03T10:00:00Z"),
        ("url", "2026/02/03"),
    ]
    assert article["published_at"] == datetime(2026, 2, 3, 10, tzinfo=UTC)
    assert [row["is_chosen"] for row in article["dates"]] == [False, True, False]


def test_a_page_of_a_listing_has_the_dates_of_both() -> None:
    page = b"<html><body><article><p>" + b"The ferry to Oakhaven sails again, the harbour said. " * 5
    served = "Tue, 03 Feb 2026 11:00:00 GMT"
    hints = {"published": "2026-02-03T10:00", "timezone": "Europe/Oslo", "last_modified": served}
    article = normalize(page, "text/html", hints=json.dumps(hints)).articles.row(0, named=True)
    assert list_methods(article) == [("listing_published", "2026-02-03T10:00"), ("http_last_modified", served)]
    assert article["published_at"] == datetime(2026, 2, 3, 9, tzinfo=UTC)
    assert article["dates"][0]["zone_source"] == "source"


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        pytest.param("feed", [("listing_published", "2026-02-03")], id="an entry of a feed"),
        pytest.param(
            "warc", [("record_published", "2026-02-03"), ("warc", "2026-11-10T00:00:00+00:00")], id="of an archive"
        ),
    ],
)
def test_the_reader_says_where_a_date_is_from(reader: str, expected: list[tuple[str, str]]) -> None:
    payload = b'{"text": "Rain fell.", "published": "2026-02-03"}'
    article = normalize(payload, "application/json", reader=reader).articles.row(0, named=True)
    assert list_methods(article) == expected


def test_an_article_without_a_date_has_none() -> None:
    article = read_text("Rain\n\nIt fell.")
    assert (article["published_at"], article["dates"], article["dateline_date"]) == (None, [], None)


def test_a_number_for_a_date_is_a_date() -> None:
    assert read_record(text="Rain fell.", published=1707386400)["published_at"] == datetime(2024, 2, 8, 10, tzinfo=UTC)


def test_wire_copy_that_is_withdrawn_is_a_notice_and_no_article() -> None:
    record = {
        "uri": "urn:gull:7",
        "pubstatus": "canceled",
        "versioncreated": "2026-11-09T08:00:00Z",
        "headline": "KILL: Storm",
        "body_text": "Editors: kill the story on the storm.",
        "infosources": [{"name": "gull.example"}],
    }
    done = normalize(json.dumps(record).encode(), "application/json")
    assert done.articles.is_empty()
    assert done.rejects.select("reason", "detail").rows() == [("withdrawn", "pub_status: KILL: Storm")]
    columns = ("article_id", "source_id", "external_id", "method", "stated_at", "ingested_uri")
    assert done.withdrawals.select(columns).rows() == [
        (
            "gull.example|urn:gull:7",
            "gull.example",
            "urn:gull:7",
            "pub_status",
            datetime(2026, 11, 9, 8, tzinfo=UTC),
            "file:///in/one",
        )
    ]


def test_a_tombstone_needs_no_text_and_without_a_date_counts_from_when_it_was_read() -> None:
    done = normalize(b'{"id": "tag:7", "withdrawal": "deleted_entry"}', "application/json")
    assert done.rejects["reason"].to_list() == ["withdrawn"]
    assert done.withdrawals.select("external_id", "stated_at").rows() == [("tag:7", FETCHED_AT)]


def test_a_tombstone_of_a_feed_counts_from_when_it_says() -> None:
    payload = b'{"id": "tag:7", "modified": "2026-11-09T08:00:00Z", "withdrawal": "deleted_entry"}'
    done = normalize(payload, "application/json", reader="feed")
    assert done.withdrawals["stated_at"].to_list() == [datetime(2026, 11, 9, 8, tzinfo=UTC)]


@pytest.mark.parametrize("way", ["by_phone", True, 7, ["pub_status"], {"method": "pub_status"}])
def test_a_record_that_is_withdrawn_in_an_unknown_way_is_refused(way: object) -> None:
    record = {"id": "7", "text": "Rain fell.", "withdrawal": way}
    done = normalize(json.dumps(record).encode(), "application/json")
    assert done.rejects["reason"].to_list() == ["bad_field"]
    assert done.withdrawals.is_empty()


@pytest.mark.parametrize("record", [{}, {"id": " "}, {"title": "KILL: Storm", "source": "gull.example"}])
def test_a_withdrawal_of_no_article_is_refused(record: dict[str, str]) -> None:
    done = normalize(json.dumps({**record, "withdrawal": "pub_status"}).encode(), "application/json")
    assert done.rejects.select("reason", "detail").rows() == [
        ("bad_field", "withdrawal (pub_status) of no article: give its id or url")
    ]
    assert done.withdrawals.is_empty()


def test_a_page_that_is_retracted_is_an_article_and_says_so() -> None:
    node = {
        "@type": "NewsArticle",
        "headline": "Storm",
        "creativeWorkStatus": "Retracted",
        "url": "https://gull.example/1",
    }
    text = "The harbour authority of Oakhaven closed both piers on Monday after waves broke over the wall."
    body = "".join(f"<p>{text} It was the storm of hour {hour}, and nobody was hurt.</p>" for hour in range(5))
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    page = f"<html><head>{script}</head><body><article><h1>Storm</h1>{body}</article></body></html>"
    done = normalize(page.encode(), "text/html")
    assert done.rejects.is_empty()
    assert done.withdrawals.select("article_id", "method").rows() == [
        (done.articles["article_id"].item(), "creative_work_status")
    ]


def test_an_article_that_nobody_withdraws_is_no_notice() -> None:
    assert normalize(b"Storm\n\nRain fell.\n\nWind blew.").withdrawals.is_empty()
