"""What is wrong with a sources file, in words for the person who mends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from flows.sources.expectations import CountRange, ExpectTable
from flows.sources.fields import shorten, suggest
from flows.sources.groups import Group, Maintenance
from flows.sources.model import PolitenessTable, Source
from flows.sources.toml_lines import TomlPath
from flows.terminal import make_printable

_MAX_SHOWN_BIT_COUNT: Final = 64
_WANTED: Final = {
    "string_type": "text in quotes",
    "tuple_type": "a list in [brackets]",
    "int_type": "a whole number",
    "float_type": "a number",
    "literal_error": "one of {expected}",
    "bool_type": "true or false",
    "date_type": "a day, as in 2026-01-31, without quotes",
}
_BLOCKS: Final[Mapping[str, tuple[type[BaseModel], str]]] = {
    "source": (Source, "a block [[source]]"),
    "group": (Group, "a block [[group]]"),
    "maintenance": (Maintenance, "a table [maintenance]"),
}
"""What the file consists of: the keys of a block, and what one is."""

_TABLES: Final[Mapping[tuple[int | str, ...], tuple[type[BaseModel], str]]] = {
    ("politeness",): (PolitenessTable, "{ delay_seconds = 2.0 }"),
    ("expect",): (ExpectTable, "{ author_ratio = { min = 0.9 } }"),
    **{("expect", measure): (CountRange, "{ min = 20 }") for measure in ExpectTable.model_fields},
}
"""Where a block has a table: whose keys these are, and what one looks like. All ranges have the same keys."""

_RANGES: Final = {
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "greater_than": "later than {gt}",
    "less_than": "earlier than {lt}",
    "finite_number": "a finite number",
}


@dataclass(frozen=True)
class Problem:
    """Something that is wrong.

    Attributes:
        path: Where.
        message: What, and what to do.
        label: The block it is in, as ``describe_block`` says it; "" for none.
    """

    path: TomlPath
    message: str
    label: str = ""

    def find_line(self, lines: Mapping[TomlPath, int]) -> int:
        """Return the line of the place, or of the nearest thing around it that has one; 1 for the whole file."""
        return next((lines[path] for end in range(len(self.path), 0, -1) if (path := self.path[:end]) in lines), 1)

    def format(self, name: str, lines: Mapping[TomlPath, int]) -> str:
        """Return the line of the message."""
        keys = ".".join(key for key in self.path[1:] if isinstance(key, str))
        parts = (f"{name}:{self.find_line(lines)}", self.label, keys if self.label else "", self.message)
        line = ": ".join(part for part in parts if part)
        return make_printable(line)


def describe_block(block: object, path: TomlPath) -> str:
    """Return how a block is called in a message: by its id, its domain, its name, else by its place in the file.

    Args:
        block: As it was read.
        path: Its kind, and its place among those of its kind, from 0, where there may be several.
    """
    kind, *places = path
    said = block if isinstance(block, Mapping) else {}
    names = (said.get(key) for key in ("id", "domain", "name"))
    name = next((name for name in names if isinstance(name, str) and name.strip()), None)
    if name is not None:
        return f'{kind} "{shorten(name)}"'
    return " ".join([str(kind), *(f"number {int(place) + 1}" for place in places)])


def list_problems(error: ValidationError, block: object, path: TomlPath) -> list[Problem]:
    """Return what the checks of a block found.

    Args:
        error: What pydantic says.
        block: The block as it was read.
        path: As ``describe_block``.
    """
    label = describe_block(block, path)
    found = error.errors(include_url=False)
    keys = block if isinstance(block, Mapping) else {}
    if "id" not in keys:  # the id is taken from the domain: what is wrong with it is said of the domain
        found = [details for details in found if details["loc"] != ("id",) or "domain" not in keys]
    return [Problem((*path, *details["loc"]), _describe(details, str(path[0])), label) for details in found]


def _describe(details: ErrorDetails, kind_of_block: str) -> str:
    """Return what pydantic found, in our words."""
    kind, context = details["type"], details.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        *table, key = details["loc"]
        return f"there is no such field{suggest(shorten(str(key)), _list_keys(tuple(table), kind_of_block))}"
    if kind == "missing":
        is_id = details["loc"] == ("id",)
        return "is missing: give a domain, or an id to an outlet without one" if is_id else "is missing"
    wanted = _describe_wanted(details, kind_of_block)
    return details["msg"] if wanted is None else f"must be {wanted}, not {_show(details['input'])}"


def _describe_wanted(details: ErrorDetails, kind_of_block: str) -> str | None:
    """Return what would be right there, None when only pydantic can say."""
    if not details["loc"]:
        return _BLOCKS[kind_of_block][1]
    if details["type"] == "model_type":
        return f"a table, as in {_TABLES[details['loc']][1]}"
    if details["type"] in _RANGES:
        return _RANGES[details["type"]].format(**details.get("ctx", {}))
    wanted = _WANTED.get(details["type"])
    return None if wanted is None else wanted.format(**details.get("ctx", {}))


def _list_keys(path: tuple[int | str, ...], kind_of_block: str) -> list[str]:
    """Return the keys that a block has, or a table in it."""
    model = _TABLES[path][0] if path in _TABLES else _BLOCKS[kind_of_block][0]
    return [field.alias or name for name, field in model.model_fields.items()]


def _show(value: Any) -> str:
    """Return a value as TOML writes it, or what it is."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{shorten(value)}"'
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and value.bit_length() > _MAX_SHOWN_BIT_COUNT:
        return "a number that large"
    return str(value)
