"""The pipeline: what it says of itself, its shape, and that neither groups nor order change what it finds."""

import json
import shutil
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import polars as pl
import pytest
import spacy
from numpy import __config__ as numpy_config
from spacy.language import Language
from thinc.api import NumpyOps

from flows import nlp as nlp_module
from flows.errors import UsageError
from flows.nlp import BATCH_SIZE, MAX_GROUP_CHAR_COUNT, ModelInfo, extract_spans, load_nlp, read_model_info
from flows.settings import Settings
from transforms.schemas import SPAN
from transforms.spans import SENTENCE

MODEL = Settings.model_fields["model"].default
INFO = ModelInfo(name="a_model", version="1.0", backend="numpy-openblas-0.3", language_code="en")
BODIES = [
    "Asim Munir met Lloyd Austin at the Pentagon on Tuesday.\n\nNATO was not mentioned.",
    "",
    "The council of Oakhaven closed a bridge.",
    "Angela Merkel flew from Berlin to Ankara, where Turkey's president received her.",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_nlp(MODEL)


@pytest.fixture(scope="module")
def ruler() -> Language:
    """A pipeline without a model: three names by rule, sentences by full stop."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    patterns = [("PERSON", "Asim Munir"), ("GPE", "Oakhaven"), ("DATE", "Tuesday")]
    ruler.add_patterns([{"label": label, "pattern": name} for label, name in patterns])  # type: ignore[attr-defined]  # spaCy types a pipe as a callable
    nlp.add_pipe("sentencizer")
    return nlp


def make_folder(path: Path, meta: object) -> str:
    path.mkdir()
    (path / "meta.json").write_text(meta if isinstance(meta, str) else json.dumps(meta))
    return str(path)


def extract(nlp: Language, bodies: Sequence[str]) -> pl.DataFrame:
    return extract_spans(nlp, [f"hash {number}" for number in range(len(bodies))], bodies)


def record_calls(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Return a list to which each call of the pipeline adds the lengths of its texts."""
    calls: list[list[int]] = []
    pipe = nlp.pipe

    def record(texts: Sequence[str], *, batch_size: int) -> object:
        calls.append([len(text) for text in texts])
        return pipe(texts, batch_size=batch_size)

    monkeypatch.setattr(nlp, "pipe", record)
    return calls


def test_the_default_model_is_described_without_loading_it() -> None:
    info = read_model_info(MODEL)
    assert (info.name, info.version, info.language_code) == (MODEL, version(MODEL), "en")


def test_the_backend_names_the_library_of_matrix_products_and_its_version() -> None:
    library = numpy_config.CONFIG["Build Dependencies"]["blas"]
    assert read_model_info(MODEL).backend == f"numpy-{library['name']}-{library['version']}"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"name": "b_model"}, id="name"),
        pytest.param({"version": "1.1"}, id="version"),
        pytest.param({"backend": "numpy-mkl-2025"}, id="backend"),
    ],
)
def test_stage_files_of_another_model_have_another_name(other: dict[str, str]) -> None:
    fields = {"name": INFO.name, "version": INFO.version, "backend": INFO.backend, "language_code": "en"}
    assert ModelInfo(**{**fields, **other}).fingerprint != INFO.fingerprint


@pytest.mark.parametrize(
    ("model_language", "text_language", "expected"),
    [
        pytest.param("en", "en", True, id="the same"),
        pytest.param("en", "es", False, id="another"),
        pytest.param("xx", "es", True, id="a model of many"),
    ],
)
def test_a_model_reads_its_own_language(model_language: str, text_language: str, expected: bool) -> None:  # noqa: FBT001  an expected value
    info = ModelInfo(name="a", version="1", backend="b", language_code=model_language)
    assert info.supports(text_language) is expected


@pytest.mark.parametrize("model", ["no_such_pipeline", "no/such/folder", "not an identifier", "no_such.pipeline"])
def test_a_model_that_is_not_installed_is_wrong_usage(model: str) -> None:
    with pytest.raises(UsageError, match=r"no spaCy pipeline '.*' is installed: pip install it"):
        read_model_info(model)


def test_a_package_that_is_no_pipeline_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="'json' is no spaCy pipeline"):
        read_model_info("json")


@pytest.mark.parametrize(
    "meta",
    [
        pytest.param("{", id="broken"),
        pytest.param("[]", id="no object"),
        pytest.param({"lang": "en"}, id="no version"),
        pytest.param({"version": "1.0"}, id="no language"),
    ],
)
def test_a_folder_with_a_bad_description_is_wrong_usage(tmp_path: Path, meta: object) -> None:
    with pytest.raises(UsageError, match=r"meta\.json is missing, or does not say version and lang"):
        read_model_info(make_folder(tmp_path / "model", meta))


def test_a_model_trained_again_in_its_folder_is_another(tmp_path: Path) -> None:
    model = make_folder(tmp_path / "model", {"version": "0.0.0", "lang": "en"})
    (tmp_path / "model" / "ner").mkdir()
    (tmp_path / "model" / "ner" / "model").write_bytes(b"weights")
    first, again = read_model_info(model), read_model_info(model)
    (tmp_path / "model" / "ner" / "model").write_bytes(b"Weights")
    assert first == again
    assert first.version.startswith("0.0.0+")
    assert read_model_info(model).fingerprint != first.fingerprint


def test_a_folder_without_a_configuration_cannot_be_loaded(tmp_path: Path) -> None:
    model = make_folder(tmp_path / "model", {"version": "1.0", "lang": "en"})
    with pytest.raises(UsageError, match=r"there is no config\.cfg in"):
        load_nlp(model)


def test_a_damaged_folder_cannot_be_loaded_and_says_so_in_one_line(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "model")
    shutil.rmtree(tmp_path / "model" / "vocab")
    (tmp_path / "model" / "meta.json").unlink()
    with pytest.raises(UsageError, match=r"^cannot load the spaCy pipeline .*; install it again$"):
        load_nlp(str(tmp_path / "model"))


def test_spans_have_the_shape_the_layers_agreed_on(ruler: Language) -> None:
    assert extract(ruler, BODIES).schema == SPAN
    assert extract(ruler, []).schema == SPAN


def test_names_and_sentences_are_read_off_and_dates_are_not(ruler: Language) -> None:
    spans = extract(ruler, ["In Oakhaven on Tuesday. Asim Munir spoke."])
    assert spans.rows() == [
        ("hash 0", 3, 11, "GPE"),
        ("hash 0", 24, 34, "PERSON"),
        ("hash 0", 0, 24, SENTENCE),
        ("hash 0", 24, 41, SENTENCE),
    ]


def test_an_empty_body_has_no_spans(ruler: Language) -> None:
    assert extract(ruler, ["", " \n"]).filter(pl.col("label") != SENTENCE).is_empty()


def test_offsets_count_from_the_start_of_a_body_that_is_read_in_pieces(ruler: Language) -> None:
    paragraph = "Asim Munir spoke. " + "He went on. " * 2000 + "\n\n"
    body = paragraph * 10  # 240,200 characters: paragraphs that are cut, and ends of them
    names = extract(ruler, [body]).filter(label="PERSON")
    starts = [number * len(paragraph) for number in range(10)]
    assert names.select("start_char", "end_char").rows() == [(start, start + 10) for start in starts]


def test_what_the_model_reads_at_once_is_bounded(ruler: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = record_calls(ruler, monkeypatch)
    half = "x " * (MAX_GROUP_CHAR_COUNT // 4)
    extract(ruler, [half, half, half, half + half + half, "short"])
    size = len(half)
    assert calls == [[size, size], [size], [2 * size], [size, 5]]


def test_short_texts_are_read_sixteen_at_once(ruler: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = record_calls(ruler, monkeypatch)
    extract(ruler, ["short"] * 40)
    assert [len(call) for call in calls] == [16, 16, 8]
    assert BATCH_SIZE == 16


def test_a_missing_hash_is_an_error_and_not_cut_off(ruler: Language) -> None:
    with pytest.raises(ValueError, match=r"zip\(\)"):
        extract_spans(ruler, ["one"], ["a", "b"])


@pytest.mark.model
def test_nothing_is_loaded_but_names_and_sentences(nlp: Language) -> None:
    assert nlp.pipe_names == ["ner", "sentencizer"]
    assert nlp.disabled == []


@pytest.mark.model
def test_every_layer_multiplies_with_the_library_of_numpy(nlp: Language) -> None:
    layers = [layer for _, pipe in nlp.pipeline if hasattr(pipe, "model") for layer in pipe.model.walk()]
    assert len(layers) > 20
    assert all(isinstance(layer.ops, NumpyOps) and not layer.ops.use_blis for layer in layers)


@pytest.mark.model
def test_names_are_found_where_they_stand(nlp: Language) -> None:
    rows = extract(nlp, BODIES).filter(pl.col("label") != SENTENCE).select("text_hash", "start_char", "end_char").rows()
    found = {BODIES[int(text_hash[-1])][start:end] for text_hash, start, end in rows}
    assert {"Lloyd Austin", "Pentagon", "NATO", "Angela Merkel", "Berlin"} <= found


@pytest.mark.model
def test_how_texts_are_grouped_changes_nothing(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = BODIES * 6
    together = extract(nlp, bodies)
    monkeypatch.setattr(nlp_module, "MAX_GROUP_CHAR_COUNT", 1)
    assert extract(nlp, bodies).equals(together)


@pytest.mark.model
def test_the_order_of_texts_changes_nothing(nlp: Language) -> None:
    hashes = [f"hash {number}" for number in range(len(BODIES))]
    forward = extract_spans(nlp, hashes, BODIES)
    backward = extract_spans(nlp, hashes[::-1], BODIES[::-1])
    order = ["text_hash", "start_char", "end_char", "label"]
    assert backward.sort(order).equals(forward.sort(order))


@pytest.mark.model
def test_a_model_in_a_folder_is_loaded_like_a_package(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    assert extract(load_nlp(str(tmp_path / "model")), BODIES).equals(extract(nlp, BODIES))
