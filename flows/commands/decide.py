"""``dateline decide``: what people decide on entities, checked and written to the decisions file."""

import getpass
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.failures import reporting_failures

if TYPE_CHECKING:
    from flows.decision_entry import Author
    from transforms.decisions import Decision

decide = typer.Typer(
    help="Decisions on entities, kept in a file that every load replays: merge, split, rename, retype, hide, link.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Entity = Annotated[str, typer.Argument(metavar="ENTITY", help="Its entity_id, or a name that only it has.")]
Note = Annotated[str, typer.Option("--note", "-n", help="Why.")]
By = Annotated[str | None, typer.Option("--by", help="Who decides. [you]")]


@decide.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    *,
    from_file: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Take the lines of a review whose verdict is yes (CSV)."),
    ] = None,
) -> None:
    """Take the verdicts of a review that was filled in; or see the commands below for a single decision."""
    if context.invoked_subcommand is None and from_file is None:
        typer.echo("dateline decide: what? give a command, or --from FILE; see dateline decide --help", err=True)
        raise typer.Exit(2)
    if from_file is None:
        return
    from flows.review_sheet import read_verdicts  # noqa: PLC0415  --help answers without the libraries

    with reporting_failures("dateline decide"):
        if context.invoked_subcommand is not None:
            from flows.errors import UsageError  # noqa: PLC0415  the same

            raise UsageError(f"--from FILE and {context.invoked_subcommand} are two things: give one")
        _add(context, read_verdicts(from_file, _sign("", None)))


@decide.command()
def merge(
    context: typer.Context,
    entity: Entity,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The entity it is one with, and named by.")],
    *,
    note: Note = "",
    by: By = None,
) -> None:
    """Make two entities one.

    Example: dateline decide merge "Munir Ahmed" "PERSON:asim munir" --note "a slip of the pen"
    """
    with _deciding(context, "merge") as path:
        from flows.errors import UsageError  # noqa: PLC0415  --help answers without the libraries

        one, other = _find(path, entity), _find(path, into)
        if one == other:
            raise UsageError(f"{entity!r} and {into!r} are one entity already, {one}")
        _decide(context, "merge", one, _sign(note, by), target=other)


@decide.command()
def split(
    context: typer.Context,
    entity: Entity,
    part: Annotated[
        str, typer.Argument(metavar="[PART]", help="What leaves it: an alias, or the entity_id of one of its names.")
    ] = "",
    *,
    article: Annotated[
        str, typer.Option(metavar="ID", help="Only in this article: its article_id, or external_id.")
    ] = "",
    to: Annotated[str, typer.Option(metavar="ENTITY", help="Whose it is. [a new entity]")] = "",
    note: Note = "",
    by: By = None,
) -> None:
    """Take a part out of an entity: a name, an alias, or what one article says of it.

    Example: dateline decide split "Asim Munir" "Munir" --article 4711 --to "Ali Munir"
    """
    with _deciding(context, "split") as path:
        from flows.decision_entry import require_article, require_part  # noqa: PLC0415  --help answers without

        entity_id = _find(path, entity)
        if part:
            require_part(path, entity_id, part)
        if article:
            require_article(path, entity_id, article)
        target = to if "#" in to else _find(path, to) if to else ""
        _decide(context, "split", entity_id, _sign(note, by), part=part, article=article, target=target)


@decide.command()
def rename(
    context: typer.Context,
    entity: Entity,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name from now on.")],
    *,
    note: Note = "",
    by: By = None,
) -> None:
    """Give an entity another name; its id stays.

    Example: dateline decide rename "Turkey" "Türkiye"
    """
    with _deciding(context, "rename") as path:
        _decide(context, "rename", _find(path, entity), _sign(note, by), target=name)


@decide.command()
def retype(
    context: typer.Context,
    entity: Entity,
    entity_type: Annotated[str, typer.Argument(metavar="TYPE", help="PERSON, ORG, GPE, LOC, FAC, EVENT, ...")],
    *,
    note: Note = "",
    by: By = None,
) -> None:
    """Give an entity another type; its id stays.

    Example: dateline decide retype "COP29" EVENT
    """
    with _deciding(context, "retype") as path:
        _decide(context, "retype", _find(path, entity), _sign(note, by), target=entity_type)


@decide.command()
def hide(context: typer.Context, entity: Entity, *, note: Note = "", by: By = None) -> None:
    """Leave an entity out of reports: dim_entity.is_hidden.

    Example: dateline decide hide "Washington Asim Munir" --note "two names run together"
    """
    with _deciding(context, "hide") as path:
        _decide(context, "hide", _find(path, entity), _sign(note, by))


@decide.command()
def show(context: typer.Context, entity: Entity, *, note: Note = "", by: By = None) -> None:
    """Show an entity again that was hidden.

    Example: dateline decide show "PERSON:washington asim munir"
    """
    with _deciding(context, "show") as path:
        _decide(context, "show", _find(path, entity), _sign(note, by))


@decide.command()
def link(
    context: typer.Context,
    entity: Entity,
    external_id: Annotated[str, typer.Argument(metavar="EXTERNAL_ID", help="Its id elsewhere, such as Q42.")],
    *,
    note: Note = "",
    by: By = None,
) -> None:
    """Say which id an entity has elsewhere: dim_entity.external_id.

    Example: dateline decide link "Kosovo" Q1246
    """
    with _deciding(context, "link") as path:
        _decide(context, "link", _find(path, entity), _sign(note, by), target=external_id)


@decide.command()
def undo(
    context: typer.Context,
    line: Annotated[str, typer.Argument(metavar="[LINE|last]", help="The line of the decisions file.")] = "last",
) -> None:
    """Remove a decision from the file: the one on a line, or the last.

    Example: dateline decide undo 3
    """
    with reporting_failures("dateline decide undo"):
        from flows.decisions_file import read_decisions_file, remove_line, write_decisions  # noqa: PLC0415  --help
        from flows.errors import UsageError  # noqa: PLC0415  the same

        before = read_decisions_file(_choose_path(context))
        if line != "last" and not (line.isascii() and line.isdigit()):
            raise UsageError(f"{line!r} is no line: give its number, or last")
        if not before.decisions:
            raise UsageError(f"there is no decision to undo in {before.path}")
        number = before.decisions[-1].line_number if line == "last" else int(line)
        after = remove_line(before, number)
        write_decisions(before, after)
        gone = next(decision for decision in before.decisions if decision.line_number == number)
        typer.echo(f"removed line {number} of {before.path}: {_describe(gone)}")
        typer.echo(f"to apply: {_name_program(context)} resolve (every run does, too); to have it again, add the line:")
        typer.echo(before.text.splitlines()[number - 1])


@contextmanager
def _deciding(context: typer.Context, verb: str) -> Iterator[Path]:
    """Give the path of the warehouse, and report what goes wrong."""
    with reporting_failures(f"dateline decide {verb}"):
        yield context.obj.warehouse_path


def _find(path: Path, words: str) -> str:
    from flows.decision_entry import find_entity  # noqa: PLC0415  --help answers without the libraries

    return find_entity(path, words)


def _sign(note: str, by: str | None) -> "Author":
    """Return who decides; the clock is read here."""
    from flows.decision_entry import Author  # noqa: PLC0415  --help answers without the libraries

    return Author(decided_by=by or getpass.getuser(), decided_at=datetime.now(UTC), note=note)


def _decide(context: typer.Context, verb: str, entity_id: str, author: "Author", **fields: str) -> None:
    from flows.decision_entry import make_decision  # noqa: PLC0415  --help answers without the libraries

    _add(context, [make_decision(verb, entity_id, author, **fields)])


def _add(context: typer.Context, decisions: "list[Decision]") -> None:
    """Write decisions to the end of the file, and say what to do next."""
    from flows.decisions_file import add_decisions, read_decisions_file, write_decisions  # noqa: PLC0415  --help

    before = read_decisions_file(_choose_path(context))
    after = add_decisions(before, decisions)
    write_decisions(before, after)
    for decision in after.decisions[len(before.decisions) :]:
        typer.echo(f"{before.path}:{decision.line_number}: {_describe(decision)}")
    if not decisions:
        typer.echo("no line has the verdict yes: nothing is added")
        return
    _say_what_next(context)


def _describe(decision: "Decision") -> str:
    """Return a decision in words."""
    place = f" in {decision.article}" if decision.article else ""
    words = [decision.verb, decision.entity_id, *((f"({decision.part}{place})",) if decision.part or place else ())]
    return " ".join([*words, *(("->", decision.target_id or decision.target) if decision.target else ())])


def _say_what_next(context: typer.Context) -> None:
    program = _name_program(context)
    typer.echo(f"to apply: {program} resolve (every run does, too); to take it back: {program} decide undo")


def _name_program(context: typer.Context) -> str:
    """Return what stands before the command, for a line to type."""
    home = context.obj.home
    return "dateline" if home == Path("data") else f"dateline --home {shlex.quote(str(home))}"


def _choose_path(context: typer.Context) -> Path:
    """Return the decisions file: that of the settings, else the home's own."""
    from flows.decisions_file import find_decisions_path  # noqa: PLC0415  --help answers without the libraries
    from flows.home import Home  # noqa: PLC0415  the same
    from flows.settings import read_settings  # noqa: PLC0415  the same

    return find_decisions_path(read_settings(), Home(context.obj.home))
