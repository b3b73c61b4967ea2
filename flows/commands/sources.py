"""``dateline sources``: the sources file: whether it is right, and new sources in it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.reporting import reporting_errors

if TYPE_CHECKING:
    from flows.sources import SourceFile
    from flows.sources.addition import Addition

sources = typer.Typer(
    help="The sources: which outlets there are, where their news is, when it is fetched.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@sources.command()
def check(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="The sources file. [DATELINE_SOURCES, else DIR/sources.toml]"),
    ] = None,
    *,
    fetch: Annotated[bool, typer.Option("--fetch", help="Ask each feed and sitemap once, too.")] = False,
) -> None:
    """Check the sources file: all that is wrong in it, with the line; else what is in it and when it is due.

    Exit status 2 when the file is wrong, 1 when a feed fails.

    Example: dateline sources check sources.toml --fetch
    """
    from flows.sources import read_sources  # noqa: PLC0415  --help answers without the libraries
    from flows.sources.report import make_console, print_count, print_sources  # noqa: PLC0415  the same

    with reporting_errors("sources check"):
        found = read_sources(_choose_path(file, context.obj.home))
        console = make_console()
        print_sources(found, moment=datetime.now(UTC), console=console)
        failed_count = _fetch_all(found) if fetch else 0
    if failed_count:
        typer.echo(f"dateline sources check: {failed_count:,} failed", err=True)
        raise typer.Exit(1)
    print_count(found, console=console)


@sources.command()
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="A page of the site, or a feed.")],
    file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The sources file. [DATELINE_SOURCES, else DIR/sources.toml]"),
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Find the feeds of a site and add it to the sources file, which is made when it is missing.

    What is added is shown first. A source that is there already gets the feeds that it has not.

    Example: dateline sources add https://gazette.example --file sources.toml
    """
    from flows.sources.addition import plan_addition  # noqa: PLC0415  --help answers without the libraries
    from flows.sources.discover import discover_site  # noqa: PLC0415  the same
    from flows.sources.edit import has_sources, read_text_if_there, write_sources  # noqa: PLC0415  the same
    from flows.sources.fetching import open_fetching  # noqa: PLC0415  the same
    from flows.sources.read import parse_sources  # noqa: PLC0415  the same

    with reporting_errors("sources add"):
        path = _choose_path(file, context.obj.home)
        before = read_text_if_there(path)
        if has_sources(before):
            parse_sources(before, name=path.name)  # before the site is asked for anything
        with open_fetching() as fetching:
            site = discover_site(url, fetching)
        addition = plan_addition(before, site, moment=datetime.now(UTC), name=path.name)
        shown_path = typer.format_filename(path)
        if addition is None:
            typer.echo(f"{shown_path} has all that was found of {site.domain}: nothing to add")
            return
        _ask(addition, shown_path, yes=yes)
        write_sources(path, addition.text, before=before)
    what = "block" if addition.is_new else "addresses"
    typer.echo(f"added to {shown_path}; to undo, remove the {what} from {shown_path}")


def _fetch_all(file: "SourceFile") -> int:
    """Ask each feed and sitemap once and print what became of it; return how many failed."""
    from flows.sources.fetching import open_fetching  # noqa: PLC0415  --help answers without the libraries
    from flows.sources.probe import probe_source  # noqa: PLC0415  the same
    from flows.sources.report import describe_probe  # noqa: PLC0415  the same

    failed_count = 0
    with open_fetching() as fetching:
        for source in file.current(datetime.now(UTC)):
            for probe in probe_source(source, fetching):
                typer.echo(describe_probe(probe))
                failed_count += probe.listing is None
    return failed_count


def _ask(addition: "Addition", path: str, *, yes: bool) -> None:
    """Show what would be added, and stop unless it is agreed on."""
    typer.echo(f"\n{addition.shown}")
    target = path if addition.is_new else f'source "{addition.source_id}" in {path}'
    if not yes and not typer.confirm(f"Add this to {target}?", default=True):
        typer.echo("nothing is changed")
        raise typer.Exit(1)


def _choose_path(given: Path | None, home: Path) -> Path:
    """Return the sources file: the one given, else that of the settings, else the home's own."""
    from flows.home import Home  # noqa: PLC0415  --help answers without the libraries
    from flows.settings import read_settings  # noqa: PLC0415  --help answers without the libraries

    if given is None:
        given = read_settings().sources
    return Home(home).sources_path if given is None else given
