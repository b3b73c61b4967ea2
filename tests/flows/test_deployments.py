"""Deployments that are made of the sources file, and what Prefect is told of them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from prefect.cli.deploy._models import PrefectYamlModel

from flows.deployments.definitions import find_group, list_definitions
from flows.deployments.prefect_file import format_prefect_file
from flows.errors import UsageError
from flows.sources import SourceFile, parse_sources, read_sources

EXAMPLES = Path(__file__).parents[2] / "seeds" / "examples"
MOMENT = datetime(2026, 3, 2, 12, tzinfo=UTC)
FILE = """
[[group]]
name = "dailies"
schedule = "0 7 * * 1-5"
timezone = "Europe/Dublin"
catch_up = "all"
"""


def parse(source_count: int = 2, more: str = "") -> SourceFile:
    """Return a file with a group of so many sources."""
    blocks = (f'[[source]]\nname = "S{n}"\ndomain = "s{n}.example"\ngroup = "dailies"\n' for n in range(source_count))
    return parse_sources(FILE + "".join(blocks) + more, name="f")


def test_each_group_and_the_maintenance_are_a_deployment() -> None:
    definitions = list_definitions(parse(), moment=MOMENT)
    assert [(one.full_name, one.timing.schedule, one.timing.timezone) for one in definitions] == [
        ("collect/dailies", "0 7 * * 1-5", "Europe/Dublin"),
        ("maintain/nightly", "15 3 * * *", "UTC"),
    ]


def test_a_deployment_says_what_it_fetches_and_what_becomes_of_missed_schedules() -> None:
    description = list_definitions(parse(7), moment=MOMENT)[0].description
    assert description == (
        "Fetches s0.example, s1.example, s2.example, s3.example, s4.example and 2 more and loads what is new. "
        "Missed schedules are made up for, the oldest first."
    )


def test_a_source_whose_id_names_no_deployment_is_refused_with_its_name() -> None:
    file = parse(more='[[source]]\nname = "L"\nid = "{{ lamp }}/x"\nschedule = "0 7 * * *"\n')
    with pytest.raises(UsageError, match=r'^source "\{\{ lamp \}\}/x" has an id that names no deployment: give it a'):
        list_definitions(file, moment=MOMENT)


def test_a_group_that_is_gone_is_said_with_those_that_are_there() -> None:
    with pytest.raises(UsageError, match=r'has no group "weeklies" with sources in it; it has: dailies$'):
        find_group(parse(), "weeklies", moment=MOMENT)


def test_the_file_is_what_prefect_reads() -> None:
    written = yaml.safe_load(format_prefect_file(list_definitions(parse(), moment=MOMENT)))
    deployment = PrefectYamlModel.model_validate(written).deployments[0]
    limit = {"limit": 1, "collision_strategy": "CANCEL_NEW"}
    assert deployment.model_dump(exclude_none=True)["concurrency_limit"] == limit
    assert written["deployments"][0]["schedules"] == [{"cron": "0 7 * * 1-5", "timezone": "Europe/Dublin"}]
    assert written["deployments"][0]["parameters"] == {"group": "dailies"}
    assert written["pull"] == []


def test_the_example_is_what_is_made_of_the_example_of_a_sources_file() -> None:
    definitions = list_definitions(read_sources(EXAMPLES / "sources.toml"), moment=MOMENT)
    assert (EXAMPLES / "prefect.yaml").read_text(encoding="utf-8") == format_prefect_file(definitions)
