"""The spaCy pipeline: what it is, without loading it, and loading it in the shape that is fastest.

Only the named entity recogniser is loaded (2.2 to 2.8 times as fast as the whole pipeline), and thinc is pointed at
numpy's BLAS instead of its own, which runs a generic kernel on current processors (1.3 to 1.5 times).
"""

import hashlib
import importlib.util
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from flows.errors import UsageError
from transforms.keys import compute_digest, compute_hash
from transforms.schemas import SPAN
from transforms.spans import MAX_PIECE_CHAR_COUNT, collect_spans, split_pieces

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH_SIZE: Final = 16
"""Texts in one call of the model; measured best of 8 to 1000 together with numpy's BLAS."""

MAX_GROUP_CHAR_COUNT: Final = MAX_PIECE_CHAR_COUNT
"""Characters in one call. Larger groups are no faster: 16,000 to 50,000 are within 2 % of each other."""

MULTILINGUAL: Final = "xx"


@dataclass(frozen=True)
class ModelInfo:
    """What tells one model from another: the same text and ModelInfo give the same spans.

    Attributes:
        name: The package or folder as set.
        version: Of the pipeline.
        backend: Of the matrix products; one label in some 350,000 follows it.
        language_code: ISO 639-1, "xx" for a multilingual pipeline.
    """

    name: str
    version: str
    backend: str
    language_code: str

    @property
    def fingerprint(self) -> str:
        """A short name for stage files made with this model."""
        return compute_hash("model", self.name, self.version, self.backend)[:16]

    def supports(self, language_code: str) -> bool:
        """Tell whether the model reads texts in a language."""
        return self.language_code in {language_code, MULTILINGUAL}


def read_model_info(model: str) -> ModelInfo:
    """Return what is known of a model without importing spaCy.

    A folder's version has a hash of its files: whoever trains a model again there seldom counts its version up.

    Raises:
        UsageError: No such pipeline is installed.
    """
    package = _find_package(model)
    folder = Path(model) if package is None else package
    path = folder / "meta.json"
    if not folder.is_dir():
        message = f"no spaCy pipeline {model!r} is installed: pip install it, or set DATELINE_MODEL to one that is"
        raise UsageError(message)
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
        version, language_code = str(meta["version"]), str(meta["lang"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{model!r} is no spaCy pipeline: {path} is missing, or does not say version and lang"
        raise UsageError(message) from error
    if package is None:
        version = f"{version}+{_hash_folder(folder)[:8]}"
    return ModelInfo(name=model, version=version, backend=_describe_backend(), language_code=language_code)


def _find_package(model: str) -> Path | None:
    """Return the folder of an installed package; None when there is none of that name. spaCy looks here first too."""
    spec = importlib.util.find_spec(model) if model.isidentifier() else None
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def _hash_folder(folder: Path) -> str:
    """Return a hash of the names and contents of all files in a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(compute_digest(path.relative_to(folder).as_posix(), content))
    return digest.hexdigest()


def _describe_backend() -> str:
    """Return which BLAS numpy was built with: "numpy-scipy-openblas-0.3.31"."""
    from numpy import __config__ as numpy_config  # noqa: PLC0415  numpy is not needed to say what a model is called

    blas = numpy_config.CONFIG["Build Dependencies"]["blas"]
    return f"numpy-{blas['name']}-{blas['version']}"


def load_nlp(model: str) -> "Language":
    """Return a pipeline that finds names and sentences and does nothing else.

    OPENBLAS_NUM_THREADS=1 must be in the environment before numpy is imported: two workers with a thread pool each
    would fight for the cores.

    Raises:
        UsageError: There is no such pipeline, or it is damaged.
    """
    import spacy  # noqa: PLC0415  costs seconds, and only workers need it
    from thinc.api import NumpyOps  # noqa: PLC0415  the same

    try:
        nlp = spacy.load(model, exclude=_list_unneeded_pipes(spacy.util.load_config(_find_config(model))))
    except (OSError, ValueError) as error:
        cause = str(error).partition("\n")[0]
        raise UsageError(f"cannot load the spaCy pipeline {model!r}: {cause}; install it again") from error
    nlp.add_pipe("sentencizer")
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        if hasattr(pipe, "model"):
            for layer in pipe.model.walk():
                layer.ops = ops
    return nlp


def _find_config(model: str) -> Path:
    """Return the pipeline's config.cfg, which a package keeps one folder down.

    Raises:
        UsageError: There is none.
    """
    package = _find_package(model)
    folder = Path(model) if package is None else package
    found = sorted(folder.glob("config.cfg")) or sorted(folder.glob("*/config.cfg"))
    if not found:
        raise UsageError(f"{model!r} is no spaCy pipeline: there is no config.cfg in {folder}")
    return found[0]


def _list_unneeded_pipes(config: dict[str, dict[str, object]]) -> list[str]:
    """Return the components that find no names, and that no component listens to which does."""
    components = config["components"]
    wanted = {"ner", "entity_ruler", "span_ruler"}
    listens = any("Listener" in str(settings) for name, settings in components.items() if name in wanted)
    upstream = {"tok2vec", "transformer", "curated_transformer"} if listens else set()
    return [name for name in components if name not in wanted | upstream]


def extract_spans(nlp: "Language", text_hashes: Sequence[str], bodies: Sequence[str]) -> pl.DataFrame:
    """Return the named spans and sentences of bodies (``schemas.SPAN``)."""
    pieces = [
        (text_hash, offset, piece)
        for text_hash, body in zip(text_hashes, bodies, strict=True)
        for offset, piece in split_pieces(body)
    ]
    labels = {label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, [])}
    rows = [
        (text_hash, span.start, span.end, span.label)
        for (text_hash, offset, _), doc in zip(pieces, _read_pieces(nlp, pieces), strict=True)
        for span in collect_spans(doc, offset=offset, labels=labels)
    ]
    return pl.DataFrame(rows, schema=SPAN, orient="row")


def _read_pieces(nlp: "Language", pieces: Sequence[tuple[str, int, str]]) -> "Iterator[Doc]":
    """Yield the docs of the pieces in their order, made a bounded group at a time."""
    for texts in _group_texts(text for _, _, text in pieces):
        yield from nlp.pipe(texts, batch_size=BATCH_SIZE)


def _group_texts(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in groups that the model reads at once; one longer than a group is one of its own."""
    group: list[str] = []
    char_count = 0
    for text in texts:
        if group and (len(group) == BATCH_SIZE or char_count + len(text) > MAX_GROUP_CHAR_COUNT):
            yield group
            group, char_count = [], 0
        group.append(text)
        char_count += len(text)
    if group:
        yield group
