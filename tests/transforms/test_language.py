"""Which language a text is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.language import (
    MIN_CHAR_COUNT,
    MIN_SCORE,
    SAMPLE_CHAR_COUNT,
    SURE_SCORE,
    UNDETERMINED,
    choose_language,
    detect_language,
)

ENGLISH = "The harbour authority said on Thursday that the quay would stay closed until the end of the month."
GERMAN = "Die Hafenbehörde teilte am Donnerstag mit, dass der Kai bis zum Ende des Monats geschlossen bleibt."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(ENGLISH, "en", id="English"),
        pytest.param(GERMAN, "de", id="German"),
        pytest.param("Les autorités du port ont annoncé jeudi la fermeture du quai.", "fr", id="French"),
        pytest.param("Las autoridades del puerto anunciaron el jueves el cierre del muelle.", "es", id="Spanish"),
        pytest.param("Власти порта сообщили в четверг, что причал закрыт.", "ru", id="Russian"),
        pytest.param("港湾当局は木曜日、岸壁を月末まで閉鎖すると発表しました。", "ja", id="Japanese"),
        pytest.param("港务局星期四宣布，码头将关闭到月底，船只须改道。", "zh", id="Chinese"),
        pytest.param("أعلنت سلطة الميناء يوم الخميس إغلاق الرصيف حتى نهاية الشهر.", "ar", id="Arabic"),
        pytest.param("اعلام شد که اسکله تا پایان ماه بسته می\u200cماند.", "fa", id="Persian"),
    ],
)
def test_a_sentence_tells_its_language(text: str, language: str) -> None:
    detected, score = detect_language(text)
    assert detected == language
    assert score >= SURE_SCORE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("Rain fell", id="two words"),
        pytest.param("x" * (MIN_CHAR_COUNT - 1), id="a letter short"),
        pytest.param("ab" + " " * 500 + "cd", id="mostly white space"),
    ],
)
def test_a_short_text_is_not_judged(text: str) -> None:
    assert detect_language(text) == (UNDETERMINED, 0.0)


def test_the_shortest_text_that_is_judged_is_judged() -> None:
    text = "the rain in the town"
    assert len(text) == MIN_CHAR_COUNT
    assert detect_language(text)[0] == "en"


def test_capitals_do_not_change_the_language() -> None:
    assert detect_language(ENGLISH.upper() + " McKay") == detect_language(ENGLISH.lower() + " mckay")


@pytest.mark.parametrize(
    "text",
    ["Oakhaven’s council hasn’t met", "Jim Moss isn’t a fan of Ann Lee’s chances", "It’s Arle’s bridge, isn’t it?"],
)
def test_the_apostrophes_of_print_make_no_other_language(text: str) -> None:
    assert detect_language(text) == detect_language(text.replace("’", "'"))
    assert detect_language(text)[0] == "en"


def test_line_ends_and_white_space_do_not_change_the_language() -> None:
    assert detect_language(ENGLISH.replace(" ", " \n\n ")) == detect_language(ENGLISH)


def test_a_foreign_line_on_top_does_not_decide_for_a_long_text() -> None:
    text = "\n\n".join([GERMAN, *[ENGLISH] * 30])
    assert detect_language(text)[0] == "en"


def test_the_middle_of_a_long_text_counts_as_much_as_its_start() -> None:
    furniture = "Home News Sport Weather Video More " * (SAMPLE_CHAR_COUNT // 70)
    assert detect_language(furniture + "\n\n" + (GERMAN + "\n\n") * 30)[0] == "de"


@given(st.text(max_size=200))
def test_any_text_has_a_language_and_a_score(text: str) -> None:
    language, score = detect_language(text)
    assert language.isascii()
    assert language.islower()
    assert 0 <= score <= 1


@pytest.mark.parametrize(
    ("detected", "score", "claimed", "chosen"),
    [
        pytest.param("fr", SURE_SCORE, "en", "fr", id="a clear text is believed"),
        pytest.param("fr", SURE_SCORE - 0.01, "en", "en", id="the claim is believed where the text is not clear"),
        pytest.param("fr", MIN_SCORE, None, "fr", id="a doubtful text without a claim"),
        pytest.param("fr", MIN_SCORE - 0.01, None, UNDETERMINED, id="a guess is no answer"),
        pytest.param(UNDETERMINED, 0.0, None, UNDETERMINED, id="nothing known"),
        pytest.param(UNDETERMINED, 0.0, "de", "de", id="a short text with a claim"),
    ],
)
def test_text_and_claim_are_weighed(detected: str, score: float, claimed: str | None, chosen: str) -> None:
    assert choose_language(detected, score, claimed) == chosen


@pytest.mark.parametrize(
    ("claimed", "chosen"),
    [
        pytest.param("en-GB", "en", id="with a country"),
        pytest.param("de_DE", "de", id="with an underscore"),
        pytest.param(" FR ", "fr", id="capitals and blanks"),
        pytest.param("zh-Hant-TW", "zh", id="with a script"),
        pytest.param("English", UNDETERMINED, id="a name"),
        pytest.param("e", UNDETERMINED, id="one letter"),
        pytest.param("", UNDETERMINED, id="empty"),
        pytest.param("en;q=0.8", UNDETERMINED, id="a list of preferences"),
        pytest.param("\u212a\u017f", UNDETERMINED, id="signs whose small letters are k and s"),
    ],
)
def test_a_claim_counts_when_it_is_a_code(claimed: str, chosen: str) -> None:
    assert choose_language(UNDETERMINED, 0.0, claimed) == chosen
