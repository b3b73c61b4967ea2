"""``dateline explain`` as it is typed: names that are right, wrong, nobody's and everybody's."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from flows.cli import app
from tests.warehouse.samples import frame_mentions, frame_texts, load_article, make_run, make_version, settle
from warehouse.load import load_run, load_texts
from warehouse.publish import build_aside

HOSTILE = "Rain [bold]fell[/bold] '\x1b[2J\""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with two articles of one external_id, and one whose words could steer a terminal."""
    home = tmp_path_factory.mktemp("home")
    with build_aside(home / "warehouse.duckdb") as con:
        hostile = make_version(3, "three", "c3", headline=HOSTILE, url="https://a.example/x?b=[1]", external_id="[/]")
        twins = (make_version(key, name, f"c{key}", external_id="7") for key, name in ((1, "one"), (2, "two")))
        load_article(con, *twins, hostile)
        texts = frame_texts(c1="Rain fell.", c2="It stopped.", c3="Wind rose.")
        load_texts(con, texts, frame_mentions(), extraction_id="x1", run_key=1)
        settle(con)
        load_run(con, make_run(1))
    return home


def explain(home: Path, *words: str) -> tuple[int, str, str]:
    """Return exit status, standard output and standard error."""
    done = CliRunner().invoke(app, ["--home", str(home), "explain", *words])
    return done.exit_code, done.stdout, done.stderr


def test_an_article_is_explained_in_text(home: Path) -> None:
    status, out, err = explain(home, "one")
    assert (status, err) == (0, "")
    for words in ("article key  1", "chosen: the most trusted that is sound", "raw-one-c1"[:16], "extraction  x1"):
        assert words in out


def test_json_has_the_same_keys_for_every_article(home: Path) -> None:
    found = [json.loads(explain(home, name, "--format", "json")[1]) for name in ("one", "three")]
    keys = "article versions provenance dates byline language text story run".split()
    assert [list(each) for each in found] == [keys, keys]
    assert found[0]["article"].keys() == found[1]["article"].keys()
    assert (found[0]["article"]["article_key"], found[0]["text"]) == ("1", [{"text": "Rain fell.", "rule": None}])
    assert found[1]["article"]["headline"] == HOSTILE


def test_words_of_an_article_do_not_steer_the_terminal(home: Path) -> None:
    for name in ("[/]", "https://a.example/x?b=[1]"):
        status, out, _ = explain(home, name)
        assert status == 0
        assert "Rain [bold]fell[/bold] '\ufffd[2J\"" in out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        pytest.param((), 2, "name an article: ", id="nothing"),
        pytest.param(("  ",), 2, "name an article: ", id="blank"),
        pytest.param(("tow",), 1, "no article is known as 'tow'; searched article_key, ", id="nobody's"),
        pytest.param(("[/x] '\x1b\"",), 1, "known as '[/x] '\ufffd\"'; ", id="hostile"),
        pytest.param(("--removed-lines", "b.example"), 1, "no line was removed from an article of b.example: ", id="b"),
    ],
)
def test_a_wrong_name_ends_in_one_line(home: Path, words: tuple[str, ...], status: int, said: str) -> None:
    code, out, err = explain(home, *words)
    assert (code, out, err.count("\n")) == (status, "", 1)
    assert err.startswith("dateline explain: ")
    assert said in err


def test_a_name_of_two_articles_lists_them(home: Path) -> None:
    status, _, err = explain(home, "7")
    head, *lines = err.splitlines()
    assert (status, len(lines)) == (1, 2)
    assert head.startswith("dateline explain: 2 articles have the external_id '7': ")
    assert [line.split()[:2] for line in lines] == [["1", "one"], ["2", "two"]]


def test_no_removed_lines_are_no_error(home: Path) -> None:
    assert explain(home, "--removed-lines") == (0, "no line was removed from an article\n", "")
    assert explain(home, "--removed-lines", "--format", "json")[1] == "[]\n"


def test_an_unknown_format_is_wrong_usage(home: Path) -> None:
    assert explain(home, "one", "--format", "xml")[0] == typer.BadParameter("").exit_code == 2
