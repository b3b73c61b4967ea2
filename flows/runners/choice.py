"""Which workers a run has, as the settings say."""

from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType

from flows.errors import UsageError
from flows.runners.batches import Workers
from flows.settings import Settings
from flows.workers import WorkerPool, start_fork_server


def prepare_workers(settings: Settings) -> None:
    """Start what workers of this machine come from, where they are asked for: it imports while this process does."""
    if settings.runner == "local":
        start_fork_server()


def choose_workers(settings: Settings, *, labels: Mapping[str, str] = MappingProxyType({})) -> Workers:
    """Return the workers that the settings ask for, their logs labelled.

    Args:
        settings: Of the run.
        labels: What is said of the run with each line that a worker logs: interval, flow_run_id.

    Raises:
        UsageError: The address of the cluster is missing, or Dask; the address for stage files makes no sense.
    """
    if settings.runner == "local":
        return WorkerPool.from_settings(settings, labels=labels)
    if not settings.dask_address:
        raise UsageError("--runner dask needs a cluster: give --dask-address tcp://HOST:8786, or DATELINE_DASK_ADDRESS")
    if find_spec("distributed") is None:
        raise UsageError("--runner dask needs Dask: pip install distributed")

    from flows.runners.dask import DaskWorkers  # noqa: PLC0415  an extra that most do without
    from flows.runners.exchange import make_exchange  # noqa: PLC0415  the same

    make_exchange(settings)  # says what is missing, and touches nothing

    return DaskWorkers(settings, labels=labels)
