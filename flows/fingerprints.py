"""What code made a stage file: a hash of the source, so that an edit invalidates what depends on it, and no more."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from flows import __version__

SPAN_MODULES: Final = ("labels.py", "marks.py", "spans.py")
"""The modules of transforms that have a part in how spans are read off a model."""

_BYLINE_MODULES: Final = ("agencies.py", "authors.py", "byline_words.py", "bylines.py", "marks.py", "names.py")
_BYLINE_SEEDS: Final = ("agencies.csv",)
_LIST_PACKAGES: Final = ("nicknames", "pycountry", "spacy")
_PLACE_MODULES: Final = ("keys.py", "marks.py", "names.py", "places.py")
_PLACE_SEEDS: Final = ("places.csv",)
_SKETCH_MODULES: Final = ("copies.py", "keys.py", "sketches.py", "wording.py")
_RESOLVER_MODULES: Final = ("acronyms.py", "decisions.py", "keys.py", "marks.py", "names.py", "qualified_keys.py")
_RESOLVER_PACKAGES: Final = ("nicknames",)
_RESOLVER_SEEDS: Final = ("given_names.csv", "surnames.csv", "titles.csv")


def compute_source_hash(modules: Iterable[str] | None = None) -> str:
    """Return a hash of modules of ``transforms`` by file name, all of them when none are named: 16 hex digits."""
    folder = files("transforms")
    names = (
        sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".py")) if modules is None else modules
    )
    digest = hashlib.sha256()
    for name in names:
        digest.update(folder.joinpath(name).read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def compute_span_code_hash() -> str:
    """Return a hash of what decides how spans are read off the model."""
    return compute_source_hash(SPAN_MODULES)


def compute_byline_rules_hash() -> str:
    """Return a hash of what decides which authors a byline names: code, and the list of agencies."""
    return f"{compute_source_hash(_BYLINE_MODULES)}-{compute_seed_hash(_BYLINE_SEEDS)}"


def compute_place_rules_hash() -> str:
    """Return a hash of what decides which place an entity is: code, queries for its evidence, and the gazetteer."""
    digest = hashlib.sha256(f"{compute_source_hash(_PLACE_MODULES)} {compute_seed_hash(_PLACE_SEEDS)}".encode())
    digest.update(_read_code(files("warehouse").joinpath("sql/load/places")))
    return digest.hexdigest()[:16]


def compute_sketch_code_hash() -> str:
    """Return a hash of what decides how texts are sketched and compared."""
    return compute_source_hash(_SKETCH_MODULES)


def compute_resolver_code_hash() -> str:
    """Return a hash of what decides who is meant across articles: code, queries for its evidence, lists of names."""
    digest = hashlib.sha256(f"{compute_source_hash(_RESOLVER_MODULES)} {compute_seed_hash(_RESOLVER_SEEDS)}".encode())
    for package in _RESOLVER_PACKAGES:
        digest.update(f"{package} {version(package)}\0".encode())
    load = files("warehouse").joinpath("sql/load")
    for folder in (files("transforms").joinpath("linking"), load.joinpath("entities"), load.joinpath("decisions")):
        digest.update(_read_code(folder))
    return digest.hexdigest()[:16]


def _read_code(folder: Traversable) -> bytes:
    """Return the code and the queries in a folder, file by file."""
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return b"".join(entry.read_bytes() + b"\0" for entry in entries if entry.name.endswith((".py", ".sql")))


def compute_seed_hash(names: Iterable[str] | None = None) -> str:
    """Return a hash of reviewed lists in seeds/ by file name: 16 hex digits.

    Args:
        names: The files; all of them, and the versions of the packages that hold further lists, when none are named.
    """
    folder = files("seeds")
    digest = hashlib.sha256()
    if names is None:
        for package in _LIST_PACKAGES:
            digest.update(f"{package} {version(package)}\0".encode())
        names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".csv"))
    for name in names:
        digest.update(folder.joinpath(name).read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def describe_code() -> str:
    """Return the code version as dim_run records it: "0.1.0+1f2e3d4c"."""
    return f"{__version__}+{compute_source_hash()[:8]}"
