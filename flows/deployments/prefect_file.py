"""A prefect.yaml of deployments: what ``prefect deploy --all`` reads."""

from collections.abc import Sequence
from typing import Any, Final

import yaml

from flows import __version__
from flows.deployments.definitions import WORK_POOL, Definition

_HEAD: Final = """\
# Made by: dateline serve --write prefect.yaml. Change the sources file and write it again.
# To run it: prefect deploy --all, and a worker (README.md, "On a schedule").
"""


def format_prefect_file(definitions: Sequence[Definition]) -> str:
    """Return deployments as the text of a prefect.yaml.

    The flows come from the installed package, so nothing is built, pushed or pulled
    (https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml).
    """
    content: dict[str, Any] = {"name": "dateline", "pull": [], "deployments": [_list(one) for one in definitions]}
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)
    return _HEAD + text


def _list(definition: Definition) -> dict[str, Any]:
    """Return a deployment as the file has it: at most one run at a time, another is cancelled."""
    return {
        "name": definition.name,
        "version": __version__,
        "description": definition.description,
        "tags": list(definition.tags),
        "entrypoint": definition.entrypoint,
        "parameters": dict(definition.parameters),
        "concurrency_limit": {"limit": 1, "collision_strategy": "CANCEL_NEW"},
        "schedules": [{"cron": definition.timing.schedule, "timezone": definition.timing.timezone}],
        "work_pool": {"name": WORK_POOL},
    }
