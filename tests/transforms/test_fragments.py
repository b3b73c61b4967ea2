"""Fragments of HTML: all their text, in paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.fragments import extract_fragment, is_fragment
from transforms.rejects import RejectedDocumentError


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        pytest.param("Rain fell.", "Rain fell.", id="no tag"),
        pytest.param("<p>Rain fell.</p><p>Wind blew.</p>", "Rain fell.\n\nWind blew.", id="paragraphs"),
        pytest.param("Rain fell.<p>Wind blew.", "Rain fell.\n\nWind blew.", id="text before a paragraph"),
        pytest.param("<div>Rain</div>fell", "Rain\n\nfell", id="text after a block"),
        pytest.param("Rain<br/>fell", "Rain fell", id="line break"),
        pytest.param("<b>R</b>ain <i>fell</i>.", "Rain fell.", id="within words"),
        pytest.param("<ul><li>North</li><li>West</li></ul>", "North\n\nWest", id="list"),
        pytest.param("<p>Rain</p><script>x()</script><style>p {}</style>", "Rain", id="script and style"),
        pytest.param("<figure><img><figcaption>A pier</figcaption></figure><p>Rain", "Rain", id="picture"),
        pytest.param("<iframe>x</iframe>Rain &amp; wind", "Rain & wind", id="reference"),
        pytest.param("<!-- x --><p>Rain", "Rain", id="comment"),
    ],
)
def test_all_text_is_kept_in_paragraphs(markup: str, text: str) -> None:
    assert extract_fragment(markup) == text


@pytest.mark.parametrize("markup", ["", "<p> </p>", "<img>", "<script>x()</script>"])
def test_markup_without_text_is_refused(markup: str) -> None:
    with pytest.raises(RejectedDocumentError, match="no_article"):
        extract_fragment(markup)


@pytest.mark.parametrize("markup", ["<HTML>", "<!DOCTYPE html><p>", "\n<body class=x>", "<head>"])
def test_a_page_is_no_fragment(markup: str) -> None:
    assert not is_fragment(markup)
    assert is_fragment("<header>Rain</header>")


@given(st.text(alphabet=st.sampled_from("<>/pdivbr &;x\n\0")))
def test_any_markup_is_text_or_refused(markup: str) -> None:
    try:
        text = extract_fragment(markup)
    except RejectedDocumentError:
        return
    assert text.strip() == text != ""
