"""Encodings from before Unicode: declared ones and guessed ones."""

import pytest

from transforms.charsets import find_declared_encoding, guess_legacy_encoding
from transforms.decode import decode_payload

SAMPLES = {
    "French": "Le ministre a déclaré jeudi à Genève que la réforme serait présentée « sans délai » à l’été.",
    "German": "Der Minister erklärte am Donnerstag, die Gespräche über die Gebühren würden bis Freitag dauern.",
    "Spanish": "El ministro declaró el jueves que la reforma se presentará mañana, según la televisión española.",
    "Portuguese": "O ministro declarou que as negociações não serão concluídas até amanhã, segundo a televisão.",
    "Italian": "Il ministro ha detto giovedì che la città avrà più fondi perché la società è cambiata.",
    "Swedish": "Ministern sade på torsdagen att förhandlingarna i Göteborg pågår till fredag, även för små företag.",
    "Danish": "Ministeren sagde, at forhandlingerne i København også varer til fredag, både for små og større byer.",
    "Icelandic": "Ráðherrann sagði á fimmtudag að viðræðurnar myndu standa og þingið greiða atkvæði í næstu viku.",
    "Polish": "Premier powiedział w czwartek, że żaden z posłów nie zgłosił sprzeciwu wobec ustawy o więzieniach.",
    "Czech": "Premiér ve čtvrtek řekl, že jednání potrvají do pátku. Příští týden přijede do Šluknova ministr financí.",
    "Croatian": "Ministar je u četvrtak rekao da će građani ove županije više plaćati struju, a možda i više škole.",
    "Hungarian": "A miniszter csütörtökön azt mondta, hogy a tárgyalások péntekig tartanak, és több időre van szükség.",
    "Turkish": "Bakan perşembe günü görüşmelerin cuma gününe kadar süreceğini söyledi, ancak ayrıntı vermedi.",
    "Lithuanian": "Ministras ketvirtadienį pranešė, kad derybos tęsis iki penktadienio, o žmonėms mokesčiai nesikeis.",
    "Russian": "Министр сообщил, что переговоры в Женеве продлятся до пятницы. Делегации обсудили поставки зерна.",
    "Bulgarian": "Министърът каза в четвъртък, че преговорите ще продължат до петък. Опозицията отхвърли бюджета.",
    "Greek": "Ο υπουργός δήλωσε την Πέμπτη ότι οι συνομιλίες θα συνεχιστούν έως την Παρασκευή.",
    "Hebrew": "השר אמר ביום חמישי שהשיחות יימשכו עד יום שישי. האופוזיציה דחתה את ההצעה לתקציב החדש.",
    "Arabic": "قال الوزير يوم الخميس إن المحادثات ستستمر حتى يوم الجمعة. ورفضت المعارضة مشروع الميزانية.",
    "Japanese": "首相は木曜日の夜、東京で記者会見を開き、新しい予算について説明しました。",
    "Chinese": "总理星期四晚上在北京举行记者会，介绍了新的预算方案。反对派表示不同意，认为税收过高。",
    "Taiwanese": "總理星期四晚上在臺北舉行記者會，介紹了新的預算方案。反對派表示不同意，認為稅收過高。",
    "Korean": "총리는 목요일 저녁 서울에서 기자회견을 열고 새 예산안을 설명했다. 야당은 반대했다.",
}
WRITTEN = [
    *((name, "cp1252") for name in "French German Spanish Portuguese Italian Swedish Danish Icelandic".split()),
    *((name, encoding) for name in "Polish Czech Hungarian".split() for encoding in ("cp1250", "iso8859_2")),
    *((name, encoding) for name in ("Russian",) for encoding in ("cp1251", "koi8_r")),
    *((name, encoding) for name in ("Japanese",) for encoding in ("cp932", "euc_jp")),
    ("Croatian", "cp1250"),
    ("Turkish", "cp1254"),
    ("Lithuanian", "cp1257"),
    ("Bulgarian", "cp1251"),
    ("Greek", "cp1253"),
    ("Hebrew", "cp1255"),
    ("Arabic", "cp1256"),
    ("Chinese", "gb18030"),
    ("Taiwanese", "big5"),
    ("Korean", "cp949"),
]


@pytest.mark.parametrize(("name", "encoding"), WRITTEN)
@pytest.mark.parametrize("repeat_count", [1, 8], ids=["a line", "an article"])
def test_legacy_text_is_read_as_it_was_written(name: str, encoding: str, repeat_count: int) -> None:
    text = "\n".join([SAMPLES[name]] * repeat_count)
    decoded = decode_payload(text.encode(encoding))
    assert (decoded.text, decoded.replaced_count) == (text, 0)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        pytest.param("café".encode("cp1252"), "cp1252", id="a word"),
        pytest.param("“Yes”, Zoë said – to Łukasz".encode("cp1252", "replace"), "cp1252", id="quotes and a dash"),
        pytest.param(b"plain words " * 9_000 + b"na\xefve", "cp1252", id="one accent past the start of a long text"),
        pytest.param(b"\xff\xfe\xff\xfe", None, id="what no text has"),
        pytest.param(b"\x81\x8d\x8f\x90 \x9d\x9d\x9d", None, id="short and not in Latin letters"),
    ],
)
def test_text_too_short_for_a_language_is_windows_1252_or_nothing(payload: bytes, expected: str | None) -> None:
    assert guess_legacy_encoding(payload) == expected


def test_markup_in_english_does_not_hide_the_language_of_a_page() -> None:
    markup = '<div class="article-body"><a href="/the/latest/news/of/the/day" title="Read all of it here">'
    page = "\n".join([markup] * 40 + [f"<p class='text of the article'>{SAMPLES['Czech']}</p>"] + ["</a></div>"] * 40)
    assert decode_payload(page.encode("iso8859_2")).text == page


def test_one_broken_byte_does_not_change_the_guess() -> None:
    payload = "\n".join([SAMPLES["Japanese"]] * 8).encode("cp932")
    assert guess_legacy_encoding(payload[:-1] + b"\x81") == "cp932"


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        pytest.param(b'<html><head><meta charset="windows-1251">', "cp1251", id="charset"),
        pytest.param(b"<meta charset=Shift_JIS>", "cp932", id="without quotes"),
        pytest.param(
            b'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=EUC-KR">', "cp949", id="content type"
        ),
        pytest.param(b'<?xml version="1.0" encoding="ISO-8859-15"?><p/>', "iso8859_15", id="XML"),
        pytest.param(b'<meta charset="latin1">', "cp1252", id="Latin-1, which browsers read as windows-1252"),
        pytest.param(b'<meta charset="utf-8">', None, id="UTF-8 is seen from the bytes"),
        pytest.param(b'<meta charset="klingon">', None, id="unknown"),
        pytest.param(b"<p>charset=windows-1251</p>", None, id="no declaration"),
        pytest.param(b" " * 5000 + b'<meta charset="windows-1251">', None, id="too far down"),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_a_declared_encoding_is_the_codec_browsers_use(payload: bytes, expected: str | None) -> None:
    assert find_declared_encoding(payload) == expected
