"""Which pipeline reads which language, as it is set and as it is typed."""

import json
from pathlib import Path

import pytest

from flows.context import RunContext
from flows.errors import UsageError
from flows.models import Models, parse_models, read_models
from flows.nlp import ModelInfo
from flows.settings import Settings, read_settings


def make_model(name: str, language_code: str) -> ModelInfo:
    return ModelInfo(name=name, version="1.0", backend="none", language_code=language_code)


EN, LARGE_EN, FR, MANY = (
    make_model(name, code) for name, code in (("small", "en"), ("large", "en"), ("fr", "fr"), ("many", "xx"))
)
ALONE = Models(default=EN, by_language={})
BESIDE = Models(default=EN, by_language={"fr": FR})
REPLACED = Models(default=EN, by_language={"en": LARGE_EN, "fr": FR})
MIXED = Models(default=MANY, by_language={"fr": FR})


@pytest.mark.parametrize(
    ("models", "language_code", "expected"),
    [
        pytest.param(ALONE, "en", EN, id="its own"),
        pytest.param(ALONE, "und", EN, id="not told"),
        pytest.param(ALONE, "fr", None, id="one that none reads"),
        pytest.param(BESIDE, "fr", FR, id="one of its own"),
        pytest.param(BESIDE, "und", EN, id="not told, of two"),
        pytest.param(REPLACED, "en", LARGE_EN, id="one named for the language of the default"),
        pytest.param(REPLACED, "und", LARGE_EN, id="the same, not told"),
        pytest.param(MIXED, "fr", FR, id="one of its own beside a multilingual one"),
        pytest.param(MIXED, "sw", MANY, id="a multilingual one for the rest"),
        pytest.param(MIXED, "und", MANY, id="the same, not told"),
    ],
)
def test_a_text_is_read_by_the_model_of_its_language(
    models: Models, language_code: str, expected: ModelInfo | None
) -> None:
    assert models.find(language_code) == expected


@pytest.mark.parametrize(
    ("models", "name"),
    [(ALONE, "small"), (BESIDE, "small, fr"), (REPLACED, "large, fr"), (MIXED, "many, fr")],
    ids=["one", "two", "replaced", "multilingual"],
)
def test_a_run_names_the_models_that_may_read_something(models: Models, name: str) -> None:
    assert models.name == name


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        ([], {}),
        (["sm"], {"model": "sm"}),
        (["fr=small_fr"], {"models": {"fr": "small_fr"}}),
        (["sm", "fr=a/b=c", "de=d"], {"model": "sm", "models": {"fr": "a/b=c", "de": "d"}}),
        (["./folder=1"], {"model": "./folder=1"}),
    ],
)
def test_models_are_typed_with_their_language_or_without(words: list[str], settings: dict[str, object]) -> None:
    assert parse_models(words) == settings


@pytest.mark.parametrize("words", [["a", "b"], ["fr=a", "fr=b"]], ids=["two defaults", "two for a language"])
def test_two_models_for_the_same_are_wrong_usage(words: list[str]) -> None:
    with pytest.raises(UsageError, match=f"--model {words[1]}: there is another"):
        parse_models(words)


def make_pipeline(folder: Path, language_code: str) -> str:
    """Make a folder that says it is a pipeline of a language, and return its path."""
    folder.mkdir()
    (folder / "meta.json").write_text(json.dumps({"version": "1.0", "lang": language_code}))
    return str(folder)


def test_a_model_named_for_a_language_that_it_does_not_read_is_wrong_usage(tmp_path: Path) -> None:
    pipeline = make_pipeline(tmp_path / "es", "es")
    with pytest.raises(UsageError, match="reads 'es' and not 'fr'"):
        read_models(Settings(models={"fr": pipeline}))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param("FR=x", "DATELINE_MODELS is 'FR'", id="a language in capitals"),
        pytest.param("fr=", "give LANGUAGE=NAME", id="no name"),
        pytest.param('{"fr": "x"}', "give LANGUAGE=NAME", id="JSON"),
    ],
)
def test_models_in_the_environment_that_make_no_sense_are_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, value: str, message: str
) -> None:
    monkeypatch.setenv("DATELINE_MODELS", value)
    with pytest.raises(UsageError, match=message):
        read_settings()


def test_models_in_the_environment_are_divided_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_MODELS", "fr=small_fr, es=a/b=c,")
    assert read_settings().models == {"fr": "small_fr", "es": "a/b=c"}


def test_what_one_language_is_read_by_changes_nothing_for_the_others(tmp_path: Path) -> None:
    pipeline = make_pipeline(tmp_path / "fr", "fr")
    alone = RunContext.start(Settings(home=tmp_path))
    beside = RunContext.start(Settings(home=tmp_path, models={"fr": pipeline}))
    for identify in (RunContext.identify_extraction, RunContext.identify_spans):
        assert [identify(alone, code) == identify(beside, code) for code in ("en", "und", "es", "fr")] == [
            *(True, True, True, False),
        ]
