"""Each value of a TOML text is found on the line it is written on, however it is written."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from flows.sources.toml_lines import TomlPath, locate_values

MANY_FORMS = """# [[source]] in a comment
title = "a # no comment, [no] = 'header'"
[[source]]
id = 'one' # "
text = \"\"\"
[[source]]
id = "not a key" \\"\"\" " \"\" \"\"\"\"\"
"quoted.key" . 'other' = 1979-05-27 07:32:00Z
feeds = [ # [
  "a]", # ],
  'b',
  [1, 2.5,

   3],
  { x = 1, y.z = [4], "w" = '''
' ''' },
]
politeness.robots = true
politeness.delay_seconds = +1.5e-3

  [source.more]
  a = inf

[[ source . sub ]]
k = 1
[[source.sub]]
k = 2
[[source]]
id = "two"
[source.more]
a.b.c = 0x0
"""

EXPECTED = {
    ("title",): 2,
    ("source",): 3,
    ("source", 0): 3,
    ("source", 0, "id"): 4,
    ("source", 0, "text"): 5,
    ("source", 0, "quoted.key"): 8,
    ("source", 0, "quoted.key", "other"): 8,
    ("source", 0, "feeds"): 9,
    ("source", 0, "feeds", 0): 10,
    ("source", 0, "feeds", 1): 11,
    ("source", 0, "feeds", 2): 12,
    ("source", 0, "feeds", 2, 0): 12,
    ("source", 0, "feeds", 2, 1): 12,
    ("source", 0, "feeds", 2, 2): 14,
    ("source", 0, "feeds", 3): 15,
    ("source", 0, "feeds", 3, "x"): 15,
    ("source", 0, "feeds", 3, "y"): 15,
    ("source", 0, "feeds", 3, "y", "z"): 15,
    ("source", 0, "feeds", 3, "y", "z", 0): 15,
    ("source", 0, "feeds", 3, "w"): 15,
    ("source", 0, "politeness"): 18,
    ("source", 0, "politeness", "robots"): 18,
    ("source", 0, "politeness", "delay_seconds"): 19,
    ("source", 0, "more"): 21,
    ("source", 0, "more", "a"): 22,
    ("source", 0, "sub"): 24,
    ("source", 0, "sub", 0): 24,
    ("source", 0, "sub", 0, "k"): 25,
    ("source", 0, "sub", 1): 26,
    ("source", 0, "sub", 1, "k"): 27,
    ("source", 1): 28,
    ("source", 1, "id"): 29,
    ("source", 1, "more"): 30,
    ("source", 1, "more", "a"): 31,
    ("source", 1, "more", "a", "b"): 31,
    ("source", 1, "more", "a", "b", "c"): 31,
}


def list_paths(value: Any, path: TomlPath = ()) -> Iterator[TomlPath]:
    """Return the path of everything in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from list_paths(item, (*path, key))


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_every_form_of_a_value_is_on_its_line(newline: str) -> None:
    text = MANY_FORMS.replace("\n", newline)
    assert locate_values(text) == EXPECTED
    assert set(list_paths(tomllib.loads(text))) == set(EXPECTED)


KEYS = st.one_of(
    st.sampled_from(["a", "b", "source", "1", "a.b", "#", '"', "", "[[x]]", "é", "\n"]), st.text(max_size=3)
)
SCALARS = st.one_of(
    st.integers(-9, 9),
    st.booleans(),
    st.floats(allow_nan=False),
    st.dates(),
    st.datetimes(),
    st.text(max_size=8),
    st.sampled_from(["\n[[source]]\n", "'''", '"""', "#", "= ]", "\\"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_nothing_is_missed_and_nothing_is_made_up(document: dict[str, Any]) -> None:
    text = tomlkit.dumps(document)
    assert set(locate_values(text)) == set(list_paths(tomllib.loads(text)))


@given(st.lists(st.tuples(st.sampled_from(["pair", "array", "text", "inline", "comment", "table"]), st.integers(0, 3))))
def test_a_value_is_on_the_line_that_shows_it(pieces: list[tuple[str, int]]) -> None:
    lines: list[str] = []
    expected: dict[TomlPath, int] = {}
    table: TomlPath = ()
    count = 0
    for number, (kind, gap) in enumerate(pieces):
        lines += [""] * gap
        start = len(lines) + 1
        if kind == "table":
            lines.append("[[t]]")
            table = ("t", count)
            expected[table] = start
            count += 1
            continue
        name = f"k{number}"
        lines += {
            "pair": [f"{name} = {number}"],
            "array": [f"{name} = [", *["# ]"] * gap, f"  {number}]"],
            "text": [f'{name} = """', *["[[t]]"] * gap, '"""'],
            "inline": [f"{name} = {{ v = {number} }} # [[t]]"],
            "comment": [f"# {name} = {number}"],
        }[kind]
        if kind != "comment":
            expected[(*table, name)] = start
        if kind == "array":
            expected[(*table, name, 0)] = start + gap + 1
    found = locate_values("\n".join(lines))
    assert {path: found.get(path) for path in expected} == expected
