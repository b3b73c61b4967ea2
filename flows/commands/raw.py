"""``dateline raw``: the documents as they came."""

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.failures import reporting_failures

if TYPE_CHECKING:
    from flows.home import Home

raw = typer.Typer(
    help="The documents as they came: what they are, and their bytes.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@raw.callback()
def start() -> None:
    """Keep ``show`` a command of its own."""


@raw.command()
def show(
    context: typer.Context,
    document_id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Its raw_hash (or 8 digits of it), its address, or the id that its source gives it."
        ),
    ],
    *,
    about: Annotated[bool, typer.Option("--about", help="What is known of it instead, a JSON line each.")] = False,
) -> None:
    """Print the bytes of a document as it came, unpacked; the last to come where several have the id.

    Example: dateline --home news raw show https://gazette.example/a > a.html
    """
    from flows.home import Home  # noqa: PLC0415  --help answers without the libraries

    with reporting_failures("dateline raw show"):
        found = _find(Home(context.obj.home.absolute()), document_id)
    if about:
        for document in found:
            typer.echo(_describe(document))
        return
    if len(found) > 1:
        typer.echo(f"{len(found)} documents have this id, this is the last to come; --about lists them", err=True)
    sys.stdout.flush()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as output:
        output.write(found[-1]["payload"])


def _find(home: "Home", document_id: str) -> list[Mapping[str, Any]]:
    """Return the documents with an id, in the order in which they came.

    Raises:
        DatelineError: There is none.
    """
    from flows.errors import DatelineError  # noqa: PLC0415  --help answers without the libraries
    from flows.raw_store import find_documents, list_batches  # noqa: PLC0415  the same

    batches = list(list_batches(home.raw_path))
    found = list(find_documents(batches, document_id))
    if not found and home.warehouse_path.exists():  # records of a file: what they say of themselves is read later
        found = [each for one in _list_hashes(home, document_id) for each in find_documents(batches, one)]
    if not found:
        raise DatelineError(
            f"no document of {home.raw_path} is known as {document_id!r}, nor an article of the warehouse: "
            "look for its raw_hash in article_provenance"
        )
    return sorted(found, key=lambda document: (document["fetched_at"], document["raw_hash"]))


def _list_hashes(home: "Home", document_id: str) -> list[str]:
    """Return the hashes of the documents that the articles known by an id were read from."""
    from transforms.urls import canonicalize_url, identify_url  # noqa: PLC0415  --help answers without the libraries
    from warehouse.explain import list_raw_hashes  # noqa: PLC0415  the same

    url, page_id = canonicalize_url(document_id), identify_url(document_id)
    return list_raw_hashes(home.warehouse_path, document_id, url=url, page_id=page_id)


def _describe(document: Mapping[str, Any]) -> str:
    """Return what is known of a document, without its bytes."""
    import orjson  # noqa: PLC0415  only this form needs it

    hints = document["hints"]
    known = {name: value for name, value in document.items() if name != "payload" and value is not None}
    known |= {"byte_count": len(document["payload"])} | ({} if hints is None else {"hints": orjson.loads(hints)})
    return orjson.dumps(known, option=orjson.OPT_UTC_Z).decode()
