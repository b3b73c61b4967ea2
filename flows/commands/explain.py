"""``dateline explain``: where what the warehouse says of an article comes from."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.failures import reporting_failures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.errors import DatelineError
    from warehouse.explain import Row

FORMATS = ("text", "json")
MAX_SHOWN_CHAR_COUNT = 80
MAX_CANDIDATE_COUNT = 20


def _check_format(given: str) -> str:
    if given not in FORMATS:
        raise typer.BadParameter(f"{given!r} is none of {', '.join(FORMATS)}")
    return given


def explain(
    context: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHAT]",
            help="An article: its article_key, its article_id, its address, or the id that its source gives it. "
            "With --removed-lines an outlet, or nothing for all.",
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", callback=_check_format, metavar="|".join(FORMATS), help="How it is printed.")
    ] = "text",
    *,
    removed_lines: Annotated[
        bool, typer.Option("--removed-lines", help="Count the lines removed from articles of a source, by rule.")
    ] = False,
) -> None:
    """Show where an article comes from: documents, versions, dates and why, authors, removed lines, story, run.

    Example: dateline --home news explain https://gazette.example/a
    """
    with reporting_failures("dateline explain"):
        if removed_lines:
            _print_counts(context.obj.warehouse_path, what, form)
        else:
            _print_article(context.obj.warehouse_path, what, form)


def _print_counts(path: Path, source: str | None, form: str) -> None:
    """Print how many lines each rule removed.

    Raises:
        DatelineError: There is no such outlet, or nothing was removed from its articles.
    """
    from flows.errors import DatelineError  # noqa: PLC0415  --help answers without the libraries
    from flows.explain_report import print_removed_line_counts  # noqa: PLC0415  the same
    from flows.terminal import make_console, make_printable  # noqa: PLC0415  the same
    from warehouse.explain import count_removed_lines  # noqa: PLC0415  the same

    rows = count_removed_lines(path, source)
    if not rows and source is not None:
        raise DatelineError(
            f"no line was removed from an article of {make_printable(source)}: "
            "name a source_id or name of dim_source, or none for all"
        )
    if form == "json":
        _print_json(rows)
    elif rows:
        print_removed_line_counts(rows, make_console())
    else:
        typer.echo("no line was removed from an article")


def _print_article(path: Path, what: str | None, form: str) -> None:
    """Print the explanation of an article."""
    from flows.explain_report import print_explanation  # noqa: PLC0415  --help answers without the libraries
    from flows.explanation import make_explanation  # noqa: PLC0415  the same
    from flows.terminal import make_console  # noqa: PLC0415  the same
    from warehouse.explain import read_article_evidence  # noqa: PLC0415  the same

    article_key = _find_key(path, what)
    found = make_explanation(read_article_evidence(path, article_key))
    if form == "json":
        _print_json(found)
    else:
        print_explanation(found, make_console())


def _find_key(path: Path, what: str | None) -> int:
    """Return the key of the one article that is meant.

    Raises:
        UsageError: Nothing is named, or what is no text.
        DatelineError: No article is known by that name, or several are.
    """
    from flows.errors import UsageError  # noqa: PLC0415  --help answers without the libraries
    from transforms.urls import canonicalize_url, identify_url  # noqa: PLC0415  the same
    from warehouse.explain import find_articles  # noqa: PLC0415  the same

    if what is None or not what.strip():
        raise UsageError("name an article: its article_key, article_id, address or external_id")
    if any("\ud800" <= char <= "\udfff" for char in what):
        raise UsageError("the name is not UTF-8")
    name = what.strip()
    found = find_articles(path, name, url=canonicalize_url(name), page_id=identify_url(name))
    if len(found) != 1:
        raise _name_failure(path, name, found)
    return int(found[0]["article_key"])


def _name_failure(path: Path, name: str, found: "Sequence[Row]") -> "DatelineError":
    """Return the error for a name that is nobody's, or that of several articles."""
    from flows.errors import DatelineError  # noqa: PLC0415  --help answers without the libraries
    from flows.terminal import make_printable  # noqa: PLC0415  the same
    from warehouse.explain import suggest_articles  # noqa: PLC0415  the same

    shown = make_printable(name[:MAX_SHOWN_CHAR_COUNT])
    if not found:
        near = [make_printable(article_id) for article_id in suggest_articles(path, name)]
        advice = f"did you mean {' or '.join(near)}" if near else "dim_article has them all"
        return DatelineError(
            f"no article is known as '{shown}'; searched article_key, article_id, url and external_id: {advice}"
        )
    lines = [
        make_printable(f"  {row['article_key']}  {row['article_id']}  {row['source_name']}: {row['headline']}")
        for row in found[:MAX_CANDIDATE_COUNT]
    ]
    if len(found) > MAX_CANDIDATE_COUNT:
        lines.append(f"  and {len(found) - MAX_CANDIDATE_COUNT:,} more")
    head = f"{len(found):,} articles have the {found[0]['matched_by']} '{shown}': name one by its key or article_id"
    return DatelineError("\n".join((head, *lines)))


def _print_json(found: object) -> None:
    import orjson  # noqa: PLC0415  only this form needs it

    typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z).decode())
