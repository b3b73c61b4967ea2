"""``dateline run``: from files to the published warehouse."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.failures import reporting_failures, reporting_server
from flows.commands.options import (
    DaskAddressOption,
    ModelOption,
    RunnerOption,
    StageUrlOption,
    WorkersOption,
    read_run_settings,
    require_text,
)

if TYPE_CHECKING:
    from flows.inputs import Inputs
    from flows.settings import Settings
    from flows.steps.interval import RunResult

KEPT = "what was finished is kept, the same command goes on from there"


PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH|URL]...",
        help="Files (.txt .html .jsonl .json .csv .parquet .xml .warc .gz .zip .tar), folders, addresses of pages, "
        "feeds and sitemaps. [the sample]",
    ),
]
SourceOption = Annotated[
    str | None, typer.Option(help="The outlet of documents that do not name one. [folder or file name]")
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option(metavar="FIELD=COLUMN", help="Which column of a table holds a field: text=Story."),
]
SourcesOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="The sources file. [DIR/sources.toml where there is one]")
]
FetchOption = Annotated[bool, typer.Option("--fetch", help="Fetch what the sources file lists.")]
FromRawOption = Annotated[
    bool, typer.Option("--from-raw", help="Take all that was ever read into this home, or into the homes PATH.")
]
PrefectOption = Annotated[
    bool, typer.Option("--prefect/--no-prefect", help="With run history, or as plain function calls.")
]


def run(
    context: typer.Context,
    paths: PathsArgument = None,
    *,
    source: SourceOption = None,
    column: ColumnOption = None,
    model: ModelOption = None,
    workers: WorkersOption = None,
    runner: RunnerOption = None,
    dask_address: DaskAddressOption = None,
    stage_url: StageUrlOption = None,
    sources: SourcesOption = None,
    fetch: FetchOption = False,
    from_raw: FromRawOption = False,
    prefect: PrefectOption = True,
) -> None:
    """Read articles, find who is named in them, load the warehouse.

    A document that cannot be read is refused with a reason and a row in rejected_document; the others load. What was
    done before is not done again: to go on after an interruption, run the same command.

    Example: dateline --home news run articles/ archive.jsonl.gz --source gazette.example
    """
    with reporting_failures("dateline run", interrupted=KEPT):
        from flows.inputs import Inputs  # noqa: PLC0415  --help answers without the libraries

        require_text(home=str(context.obj.home.absolute()), source=source)
        settings = read_run_settings(
            model or [],
            runner=runner,
            dask_address=dask_address,
            stage_url=stage_url,
            home=context.obj.home,
            sources=sources,
            workers=workers,
        )
        words = paths or ([] if fetch or from_raw else [_find_sample()])
        inputs = Inputs.parse(words, source=source, columns=column or (), from_raw=from_raw, has_sources=fetch)
        result = _run_as_flow(inputs, settings) if prefect else _run_directly(inputs, settings)
    from flows.summary import print_summary  # noqa: PLC0415  workers started before it is imported

    print_summary(result, home=context.obj.home)


def _run_directly(inputs: "Inputs", settings: "Settings") -> "RunResult":
    """Run as plain function calls."""
    from flows.context import RunContext  # noqa: PLC0415  --help answers without the libraries
    from flows.progress import report_progress  # noqa: PLC0415  the same
    from flows.runners.choice import choose_workers, prepare_workers  # noqa: PLC0415  the same

    prepare_workers(settings)
    from flows.steps.interval import run_interval  # noqa: PLC0415  the same

    context = RunContext.start(settings)
    pool = choose_workers(settings)
    with report_progress() as report:
        return run_interval(inputs, context=context, pool=pool, report=report)


def _run_as_flow(inputs: "Inputs", settings: "Settings") -> "RunResult":
    """Run under the orchestrator, at its server or under a temporary one."""
    from flows.home import Home  # noqa: PLC0415  --help answers without the libraries
    from flows.progress import report_progress  # noqa: PLC0415  the same
    from flows.runners.choice import prepare_workers  # noqa: PLC0415  the same
    from flows.runtime import prepare_environment, start_server  # noqa: PLC0415  the same
    from flows.steps.ingest import require_inputs  # noqa: PLC0415  the same

    require_inputs(inputs, settings)
    prepare_workers(settings)
    prepare_environment(Home(settings.home.absolute()))
    start_server()
    with report_progress() as report, reporting_server(f"{KEPT}, with --no-prefect, too"):
        from flows.interval import interval  # noqa: PLC0415  Prefect reads its settings when it is imported

        return interval(inputs, settings=settings, report=report)


def _find_sample() -> str:
    """Return the folder of the sample articles."""
    from importlib.resources import files  # noqa: PLC0415  only the default needs it

    return str(files("seeds").joinpath("articles"))
