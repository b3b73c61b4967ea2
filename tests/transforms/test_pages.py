"""What a page says of its article: whom to believe, what the body is, and pages that are none or hostile."""

import json
from typing import Any

import pytest

from tests.known_agencies import AGENCIES
from transforms.fields import DocumentFields, WrittenDate
from transforms.pages import extract_page
from transforms.rejects import RejectedDocumentError

PROSE = (
    "The harbour board met on Tuesday to hear about the new breakwater. Its chair, Ana Lind, said that the stones "
    "would arrive in spring, and that nobody could promise more than that."
)
MORE = "Fishermen in the gallery asked how long the ferry would have to use the old pier. Until summer, they were told."


def make_page(head: str = "", before: str = "", after: str = "", **ld: Any) -> str:
    """Return a page with an article of two paragraphs."""
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    article = f"<article><h1>Stones in spring</h1>{before}<p>{PROSE}</p><p>{MORE}</p></article>"
    return f"<!doctype html><html lang='en-GB'><head>{head}{script}</head><body>{article}{after}</body></html>"


def extract(page: str, url: str | None = None) -> DocumentFields:
    return extract_page(page, url=url, agencies=AGENCIES)


def test_the_body_is_the_paragraphs_of_the_article_alone() -> None:
    nav = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
    footer = "<footer><p>© 2026 The Gull. All rights reserved.</p></footer>"
    text = extract(make_page(before="<div class='share-buttons'><button>Share</button></div>", after=nav + footer)).text
    assert text is not None
    assert text.split("\n\n")[-2:] == [PROSE, MORE]
    assert "All rights" not in text
    assert "Share" not in text


@pytest.mark.parametrize(
    ("page", "title"),
    [
        pytest.param(make_page(**{"@type": "NewsArticle", "headline": "From data"}), "From data", id="structured data"),
        pytest.param(make_page("<meta property='og:title' content='From meta'>"), "From meta", id="meta"),
        pytest.param(make_page("<title>Other words</title>"), "Stones in spring", id="the heading"),
        pytest.param(
            make_page("<meta property='og:title' content='Stones in spring | The Gull'>"),
            "Stones in spring",
            id="without the outlet, as the heading has it",
        ),
        pytest.param(
            make_page(
                "<meta property='og:title' content='Breakwater - The Gull'>"
                "<meta property='og:site_name' content='The Gull'>"
            ),
            "Breakwater",
            id="without the outlet, as the page names it",
        ),
        pytest.param(
            make_page("<meta property='og:title' content='War – and peace'>"), "War – and peace", id="a dash of its own"
        ),
        pytest.param(make_page(**{"@type": "NewsArticle", "headline": "Q &amp; A"}), "Q & A", id="character entities"),
    ],
)
def test_the_headline_is_the_best_that_the_page_has(page: str, title: str) -> None:
    assert extract(page).title == title


@pytest.mark.parametrize(
    "ld",
    [
        pytest.param({"@type": "NewsArticle", "datePublished": "2026-02-03T10:00:00Z"}, id="an object"),
        pytest.param(
            {
                "@graph": [
                    {"@type": "WebPage"},
                    {"@type": ["ReportageNewsArticle"], "datePublished": "2026-02-03T10:00:00Z"},
                ]
            },
            id="in a graph, with a list of types",
        ),
        pytest.param(
            {"@type": "WebPage", "mainEntity": {"@type": "Article", "datePublished": "2026-02-03T10:00:00Z"}},
            id="inside a page",
        ),
    ],
)
def test_structured_data_is_found_where_publishers_put_it(ld: dict[str, Any]) -> None:
    assert extract(make_page(**ld)).dates == (WrittenDate("jsonld_published", "2026-02-03T10:00:00Z"),)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        pytest.param("A. Poe", "A. Poe", id="text"),
        pytest.param({"name": "A. Poe"}, "A. Poe", id="an object"),
        pytest.param([{"name": "A. Poe"}, "B. Low", {"name": "A. Poe"}], "A. Poe; B. Low", id="a list, each once"),
        pytest.param("https://gull.example/a-poe", None, id="an address is no name"),
        pytest.param(None, None, id="none"),
    ],
)
def test_authors_come_in_many_forms(author: object, expected: str | None) -> None:
    ld: dict[str, Any] = {"@type": "NewsArticle", "author": author}
    assert extract(make_page(**ld)).author == expected


def test_broken_structured_data_is_passed_over() -> None:
    head = "<script type='application/ld+json'>{not json</script><meta name='author' content='C. Dun'>"
    assert extract(make_page(head)).author == "C. Dun"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        pytest.param("<link rel='canonical' href='https://gull.example/a'>", "https://gull.example/a", id="canonical"),
        pytest.param(
            "<link rel='canonical' href='/a'>", "https://gull.example/found", id="a relative one says nothing"
        ),
        pytest.param(
            "<link rel='canonical' href='https://gull.example/'>",
            "https://gull.example/found",
            id="the front page is not its own",
        ),
        pytest.param("", "https://gull.example/found", id="where it was found"),
    ],
)
def test_the_address_is_what_the_page_calls_its_own(head: str, url: str) -> None:
    assert extract(make_page(head), "https://gull.example/found").url == url


def test_what_the_page_is_silent_of_is_none() -> None:
    fields = extract(make_page())
    assert (fields.url, fields.source, fields.dateline, fields.dates) == (None, None, None, ())
    assert fields.language == "en-GB"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \n ", id="white space"),
        pytest.param("<", id="a bracket"),
        pytest.param("<html><frameset><frame src=a></frameset></html>", id="frames"),
        pytest.param("<html><body><p>Too short.</p></body></html>", id="hardly a word"),
        pytest.param("<div>" * 100_000, id="a hundred thousand elements deep"),
        pytest.param("<p>" * 40_000, id="nothing but tags"),
        pytest.param("<?xml version='1.0' encoding='utf-8'?><html/>", id="an XML declaration"),
    ],
)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(RejectedDocumentError) as refused:
        extract(page)
    assert refused.value.reason == "no_article"


@pytest.mark.parametrize(
    "page",
    [pytest.param("<p>" + "x" * 5_000_001, id="characters"), pytest.param("<a></a>" * 50_001, id="elements")],
)
def test_a_page_that_is_too_large_is_refused(page: str) -> None:
    with pytest.raises(RejectedDocumentError, match="too_large"):
        extract(page)


def test_characters_that_no_tree_holds_are_dropped() -> None:
    assert extract(make_page().replace("harbour", "har\x00bour\ud800")).text is not None


@pytest.mark.parametrize("place", ["<p>", "<title>", '<meta property="og:title" content="'])
def test_white_space_without_end_takes_no_time(place: str) -> None:
    space = " " * 1_000_000
    page = make_page().replace("<head>", f'<head>{place}Storm{space}hits</title>">', 1)
    assert extract(page).text is not None


def test_an_address_with_half_a_bracket_does_no_harm() -> None:
    assert extract_page(make_page(), url="https://[quay.example/a", agencies=AGENCIES).text is not None
