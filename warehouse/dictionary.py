"""Write what the catalog says into the documents: the data dictionary, the diagram of the star, the query guide.

``make dictionary`` rewrites ``warehouse/README.md`` between its markers and ``warehouse/GUIDE.md``; a test compares
both with what would be written. So the comments of the migrations and of ``sql/marts`` are the one place to say what a
column means, and the files of ``guide`` the one place for a question.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from warehouse.migrate import apply_migrations
from warehouse.scripts import list_scripts, read_script

BEGIN: Final = "<!-- dictionary: written by make dictionary, from the comments in the catalog -->"
END: Final = "<!-- end of dictionary -->"

_FOLDER: Final = Path(__file__).parent
README_PATH: Final = _FOLDER / "README.md"
GUIDE_PATH: Final = _FOLDER / "GUIDE.md"

_ROLE: Final = re.compile(r"^(?:[a-z]+_)*?(?P<dimension>[a-z]+)_key(?:_[ab])?$")
"""A column that points to a dimension, in whatever role: source_key, published_date_key, entity_key_a."""

_GROUPS: Final = {
    "Facts": ("fact_", "bridge_"),
    "Dimensions": ("dim_", "entity_", "article_body"),
    "Marts": ("mart_",),
    "Evidence": ("",),
}
"""Heading -> how the names under it begin; the first that fits."""


_GUIDE_HEAD: Final = """\
Questions that journalists and researchers ask, each with its SQL, for `dateline sql` or any DuckDB client. Written by
`make dictionary` from [guide/](guide); the tests run each on the sample articles, the answers worked out by reading."""


@dataclass(frozen=True)
class Relation:
    """A table or a view of the catalog.

    Attributes:
        name: Its name.
        comment: What it says of itself.
        columns: name, type and comment of each column, in order.
    """

    name: str
    comment: str
    columns: tuple[tuple[str, str, str], ...]

    @property
    def is_internal(self) -> bool:
        """Whether it says that it is for the load alone."""
        return self.comment.startswith("Internal.")


def read_relations(con: duckdb.DuckDBPyConnection) -> list[Relation]:
    """Return the tables and views of a warehouse, by name."""
    named = con.execute(
        "select table_name, comment from duckdb_tables() where not internal and not temporary "
        "union all select view_name, comment from duckdb_views() where not internal and not temporary order by all",
    ).fetchall()
    columns: dict[str, list[tuple[str, str, str]]] = {}
    query = (
        "select table_name, column_name, data_type, comment from duckdb_columns() where not internal "
        "order by table_name, column_index"
    )
    for table, column, data_type, comment in con.execute(query).fetchall():
        columns.setdefault(table, []).append((column, data_type.lower(), comment or ""))
    return [Relation(name, comment or "", tuple(columns[name])) for name, comment in named]


def read_macros(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return name and comment of each macro, by name."""
    query = "select function_name, comment from duckdb_functions() where not internal order by all"
    return [(name, comment or "") for name, comment in con.execute(query).fetchall()]


def list_links(relations: Sequence[Relation]) -> list[tuple[str, str, str]]:
    """Return table, column and dimension for each key of a fact or bridge that leads to a dimension."""
    dimensions = {relation.name for relation in relations if relation.name.startswith("dim_")}
    found = [
        (relation.name, column, f"dim_{role['dimension']}")
        for relation in relations
        if relation.name.startswith(("fact_", "bridge_"))
        for column, _, _ in relation.columns
        if (role := _ROLE.match(column)) is not None
    ]
    return [link for link in found if link[2] in dimensions]


def render_diagram(relations: Sequence[Relation]) -> str:
    """Return the star as a mermaid diagram: each fact, and the dimensions that its keys lead to."""
    lines = [f"    {table} }}o--|| {dimension} : {column}" for table, column, dimension in list_links(relations)]
    return "\n".join(["```mermaid", "erDiagram", *lines, "```"])


def render_dictionary(con: duckdb.DuckDBPyConnection) -> str:
    """Return what stands between the markers of the README.

    Args:
        con: A warehouse of the current schema, with or without rows.
    """
    relations = read_relations(con)
    public = [relation for relation in relations if not relation.is_internal]
    grouped: dict[str, list[Relation]] = {heading: [] for heading in _GROUPS}
    for relation in public:
        grouped[_choose_group(relation.name)].append(relation)
    blocks = ["### The star", render_diagram(relations)]
    for heading, members in grouped.items():
        blocks.append(f"### {heading}")
        blocks.extend(_render_relation(relation) for relation in members)
    blocks.append("### Macros")
    blocks.append(_render_table(("macro", "what it answers"), [(f"`{name}`", said) for name, said in read_macros(con)]))
    internal = [(f"`{item.name}`", item.comment.removeprefix("Internal. ")) for item in relations if item.is_internal]
    blocks.extend(("### Internal: for the load alone", _render_table(("table", "what for"), internal)))
    return "\n\n".join(blocks)


def render_relations(relations: Sequence[Relation]) -> str:
    """Return the dictionary of some tables, in their order."""
    return "\n\n".join(_render_relation(relation) for relation in relations)


def render_guide(scripts: Mapping[str, str]) -> str:
    """Return the query guide.

    Args:
        scripts: Name -> text of each file of the guide: lines of comment, the first the question, then the statement.
    """
    blocks = ["# Query guide", _GUIDE_HEAD]
    for number, script in enumerate(scripts.values(), start=1):
        question, mind, statement = split_question(script)
        blocks.append(f"## {number}. {question}\n\n{mind}\n\n```sql\n{statement}\n```")
    return "\n\n".join(blocks) + "\n"


def split_question(script: str) -> tuple[str, str, str]:
    r"""Return the question, what to mind, and the statement of a file of the guide.

    Examples:
        >>> split_question("-- Who?\n-- Mind the\n-- gap.\n\nselect 1\n")
        ('Who?', 'Mind the\ngap.', 'select 1')
    """
    head, _, statement = script.partition("\n\n")
    question, *mind = [line.removeprefix("--").strip() for line in head.splitlines()]
    return question, "\n".join(mind), statement.strip()


def read_guide() -> dict[str, str]:
    """Return name -> text of each file of the guide, in its order."""
    return {script.rpartition("/")[2].removesuffix(".sql"): read_script(script) for script in list_scripts("guide")}


def replace_between(text: str, begin: str, end: str, content: str) -> str:
    """Return a text with other content between two markers.

    Raises:
        ValueError: A marker is missing.

    Examples:
        >>> replace_between("a <b> old <e> c", "<b>", "<e>", " new ")
        'a <b> new <e> c'
    """
    before, found_begin, rest = text.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found_begin or not found_end:
        raise ValueError(f"no {begin} ... {end} in the text: put both markers back")
    return f"{before}{begin}{content}{end}{after}"


def render_documents() -> dict[Path, str]:
    """Return path -> text of each document that is generated, as it should be."""
    with duckdb.connect() as con:
        apply_migrations(con)
        dictionary = render_dictionary(con)
    readme = README_PATH.read_text(encoding="utf-8")
    return {
        README_PATH: replace_between(readme, BEGIN, END, f"\n\n{dictionary}\n\n"),
        GUIDE_PATH: render_guide(read_guide()),
    }


def _choose_group(name: str) -> str:
    return next(heading for heading, starts in _GROUPS.items() if name.startswith(starts))


def _render_relation(relation: Relation) -> str:
    rows = [(f"`{name}`", data_type, comment) for name, data_type, comment in relation.columns]
    return f"#### {relation.name}\n\n{relation.comment}\n\n{_render_table(('column', 'type', 'meaning'), rows)}"


def _render_table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(_render_rows([heading, ["---"] * len(heading), *rows]))


def _render_rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def main() -> None:
    """Rewrite the documents."""
    for path, text in render_documents().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
