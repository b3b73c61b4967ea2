"""A spaCy Doc in, plain spans out."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.vocab import Vocab

from transforms.spans import SENTENCE, Span, collect_spans, split_pieces


def test_names_and_sentences_are_collected_in_the_bodys_characters() -> None:
    words, spaces = (
        ["Ann", "Lee", "paid", "$", "5", ".", "She", "left", "."],
        [True, True, True, False, False, True, True, False, False],
    )
    doc = Doc(Vocab(), words=words, spaces=spaces, sent_starts=[True, *[False] * 5, True, False, False])
    doc.ents = [DocSpan(doc, 0, 2, label="PERSON"), DocSpan(doc, 3, 5, label="MONEY")]
    assert collect_spans(doc, offset=100) == [
        Span(100, 107, "PERSON"),
        Span(100, 117, SENTENCE),
        Span(117, 126, SENTENCE),
    ]


def test_a_paragraph_begins_a_sentence_though_nothing_ends_the_one_before() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    text = "No full stop\n\nSecond. Third."
    sentences = [text[span.start : span.end].strip() for span in collect_spans(nlp(text), offset=0)]
    assert sentences == ["No full stop", "Second.", "Third."]


@given(st.text(alphabet="ab \n.", max_size=200), st.integers(1, 50))
def test_pieces_put_together_are_the_body(body: str, limit: int) -> None:
    pieces = split_pieces(body, limit)
    assert "".join(piece for _, piece in pieces) == body
    assert all(len(piece) <= limit for _, piece in pieces)
    assert all(body[start : start + len(piece)] == piece for start, piece in pieces)


def test_pieces_have_the_apostrophes_that_the_model_was_trained_on() -> None:
    assert split_pieces("O’Dea’s aide. “No”", 14) == [(0, "O'Dea's aide. "), (14, "“No”")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("aa\n\nbb", [(0, "aa\n\n"), (4, "bb")], id="between paragraphs"),
        pytest.param("aaa bbb", [(0, "aaa "), (4, "bbb")], id="between words"),
        pytest.param("aaaaaaa", [(0, "aaaaa"), (5, "aa")], id="anywhere when there is no better place"),
        pytest.param("aaaa", [(0, "aaaa")], id="whole when short"),
    ],
)
def test_a_long_body_is_divided_at_the_best_place(body: str, expected: list[tuple[int, str]]) -> None:
    assert split_pieces(body, 5) == expected
