"""What is wrong with a sources file, in words for the person who mends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from flows.sources.expectations import CountRange, ExpectTable
from flows.sources.fields import shorten, suggest
from flows.sources.model import PolitenessTable, Source
from flows.sources.toml_lines import TomlPath
from flows.terminal import make_printable

_MAX_SHOWN_BIT_COUNT: Final = 64
_WANTED: Final = {
    "string_type": "text in quotes",
    "tuple_type": "a list in [brackets]",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "date_type": "a day, as in 2026-01-31, without quotes",
}
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
        label: The source it is in, as ``describe_block`` says it; "" for none.
    """

    path: TomlPath
    message: str
    label: str = ""

    def find_line(self, lines: Mapping[TomlPath, int]) -> int:
        """Return the line of the place, or of the nearest thing around it that has one; 1 for the whole file."""
        return next((lines[path] for end in range(len(self.path), 0, -1) if (path := self.path[:end]) in lines), 1)

    def format(self, name: str, lines: Mapping[TomlPath, int]) -> str:
        """Return the line of the message."""
        keys = ".".join(key for key in self.path[2:] if isinstance(key, str))
        parts = (f"{name}:{self.find_line(lines)}", self.label, keys if self.label else "", self.message)
        line = ": ".join(part for part in parts if part)
        return make_printable(line)


def describe_block(block: object, number: int) -> str:
    """Return how a source is called in a message: by its id, its domain, its name, else by its place in the file."""
    said = block if isinstance(block, Mapping) else {}
    names = (said.get(key) for key in ("id", "domain", "name"))
    name = next((name for name in names if isinstance(name, str) and name.strip()), None)
    return f"source number {number + 1}" if name is None else f'source "{shorten(name)}"'


def list_problems(error: ValidationError, block: object, number: int) -> list[Problem]:
    """Return what the checks of a block found.

    Args:
        error: What pydantic says.
        block: The block as it was read.
        number: Its place in the file, from 0.
    """
    label = describe_block(block, number)
    found = error.errors(include_url=False)
    keys = block if isinstance(block, Mapping) else {}
    if "id" not in keys:  # the id is taken from the domain: what is wrong with it is said of the domain
        found = [details for details in found if details["loc"] != ("id",) or "domain" not in keys]
    return [Problem(("source", number, *details["loc"]), _describe(details), label) for details in found]


def _describe(details: ErrorDetails) -> str:
    """Return what pydantic found, in our words."""
    kind, context = details["type"], details.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return f"there is no such field{suggest(shorten(str(details['loc'][-1])), _list_keys(details['loc'][:-1]))}"
    if kind == "missing":
        is_id = details["loc"] == ("id",)
        return "is missing: give a domain, or an id to an outlet without one" if is_id else "is missing"
    wanted = _describe_wanted(details)
    return details["msg"] if wanted is None else f"must be {wanted}, not {_show(details['input'])}"


def _describe_wanted(details: ErrorDetails) -> str | None:
    """Return what would be right there, None when only pydantic can say."""
    if not details["loc"]:
        return "a block [[source]]"
    if details["type"] == "model_type":
        return f"a table, as in {_TABLES[details['loc']][1]}"
    if details["type"] in _RANGES:
        return _RANGES[details["type"]].format(**details.get("ctx", {}))
    return _WANTED.get(details["type"])


def _list_keys(path: tuple[int | str, ...]) -> list[str]:
    """Return the keys that a block has, or a table in it."""
    model = _TABLES[path][0] if path in _TABLES else Source
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
