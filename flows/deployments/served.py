"""The deployments in one process: for a laptop, and to try a sources file out."""

from collections.abc import Sequence
from importlib import import_module

from prefect import Flow, serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows import __version__
from flows.deployments.definitions import Definition


def serve_deployments(definitions: Sequence[Definition], *, limit: int) -> None:
    """Register deployments at the server and run what is due, until Ctrl-C or SIGTERM; then their schedules are paused.

    Args:
        definitions: What to serve.
        limit: Runs at a time; those of one deployment never overlap.
    """
    serve(*(make_deployment(definition) for definition in definitions), limit=limit)


def make_deployment(definition: Definition) -> RunnerDeployment:
    """Return a deployment for Prefect: at most one run at a time, another is cancelled."""
    module, _, name = definition.entrypoint.rpartition(".")
    found: Flow[..., object] = getattr(import_module(module), name)
    deployment = found.to_deployment(
        name=definition.name,
        schedule=Cron(definition.timing.schedule, timezone=definition.timing.timezone),
        parameters=dict(definition.parameters),
        tags=list(definition.tags),
        description=definition.description,
        version=__version__,
        entrypoint_type=EntrypointType.MODULE_PATH,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
    )
    if not isinstance(deployment, RunnerDeployment):
        raise TypeError("to_deployment is a coroutine here: serve is for a program without an event loop")
    return deployment
