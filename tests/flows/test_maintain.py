"""What the night tells of itself."""

from flows.maintain import format_maintenance
from flows.steps.rebuild_entities import Rebuilt
from warehouse.compact import Compacted
from warehouse.load_decisions import EntityChanges, ExternalCounts

REBUILT = Rebuilt(
    changes=EntityChanges(changes=[{"kind": "merged"}], moved_count=1_200),
    dangling=[],
    external_counts=ExternalCounts(matched=0, ambiguous=0),
)


def test_a_night_says_what_was_decided_and_who_is_late() -> None:
    report = format_maintenance(REBUILT, None, ["herald: nothing since 2026-11-20"])

    assert report.split("\n\n") == [
        "# All checks passed",
        "1 entities changed, 1,200 mentions moved.",
        "0 decisions of people are on what is not here.",
        r"**Late:** herald: nothing since 2026-11-20",
    ]


def test_a_night_that_laid_the_warehouse_out_anew_says_what_it_won() -> None:
    compacted = Compacted(
        row_count=10, bytes_before=30_000_000, bytes_after=20_000_000, groups_before=40.0, groups_after=1.5
    )

    assert "Laid out anew: 30 MB, now 20; one entity was read from 40.0 row groups, now 1.5." in format_maintenance(
        REBUILT, compacted, []
    )
