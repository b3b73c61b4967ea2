"""Whatever is loaded, corrected, withdrawn or decided, and how often: the warehouse is whole, and as after one load.

Hypothesis makes up the histories. After each load its own checks pass; in the end all checks pass over everything, and
the contents are those of a new warehouse that is given all documents at once, in another order. By hand and for long:
``pytest tests/warehouse/test_history_properties.py --hypothesis-profile=long``.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.histories import load
from tests.warehouse.history_events import (
    BODIES,
    DECISIONS,
    OUTCOMES,
    OUTLETS,
    SOURCES_FILES,
    Document,
    Fetch,
    Load,
    Notice,
)
from warehouse.checks import run_checks
from warehouse.compact import compact_warehouse
from warehouse.connection import connect
from warehouse.diff import compare_warehouses

REBUILD: Final = "rebuild"
COMPACT: Final = "compact"

DOCUMENTS = st.builds(
    Document,
    article_id=st.sampled_from(sorted(OUTLETS)),
    content=st.sampled_from(sorted(BODIES)),
    published_day=st.sampled_from([3, 4, None]),
    modified_day=st.sampled_from([None, None, 5, 6]),
    fetched_day=st.sampled_from([18, 19]),
    author=st.sampled_from(["", "Ann Lee", "Cy Orr and Di Poe"]),
)
FETCHES = st.builds(
    Fetch,
    article_id=st.sampled_from(sorted(OUTLETS)),
    kind=st.sampled_from(["page", "page", "feed"]),
    outcome=st.sampled_from(["fetched", *OUTCOMES]),
    content=st.sampled_from(sorted(BODIES)),
    day=st.sampled_from([18, 19]),
)
LOADS = st.builds(
    Load,
    documents=st.lists(DOCUMENTS, max_size=4, unique=True).map(tuple),
    notices=st.lists(
        st.builds(Notice, article_id=st.sampled_from(sorted(OUTLETS)), day=st.sampled_from([2, 20])), max_size=1
    ).map(tuple),
    rejected=st.lists(st.integers(1, 3), max_size=2, unique=True).map(tuple),
    decisions=st.sampled_from(sorted(DECISIONS)),
    fetches=st.lists(FETCHES, max_size=4, unique_by=lambda one: (one.article_id, one.kind, one.day)).map(tuple),
    sources=st.sampled_from(sorted(SOURCES_FILES)),
    interval_day=st.sampled_from([3, None]),
)
EVENTS = st.one_of(LOADS, LOADS, LOADS, st.sampled_from([REBUILD, COMPACT]))
HISTORIES = st.builds(lambda first, rest: [first, *rest], LOADS, st.lists(EVENTS, min_size=1, max_size=4))
"""What happens: a load, all so far loaded anew into an empty file, or the file laid out anew; a load comes first."""

EXAMPLE_COUNT: Final = 3
LONG_EXAMPLE_COUNT: Final = 1_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for all warehouses."""
    return tmp_path_factory.mktemp("histories")


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    """Give numbers that no other load or file has."""
    return count(1)


def join_loads(loads: Sequence[Load]) -> Load:
    """Return one load of all that loads were given, the last first; of each file of people the last."""
    return Load(
        documents=tuple(dict.fromkeys(one for load in reversed(loads) for one in reversed(load.documents))),
        notices=tuple(dict.fromkeys(one for load in reversed(loads) for one in load.notices)),
        rejected=tuple(dict.fromkeys(one for load in reversed(loads) for one in load.rejected)),
        decisions=loads[-1].decisions,
        fetches=tuple(dict.fromkeys(one for load in reversed(loads) for one in load.fetches)),
        sources=loads[-1].sources,
        interval_day=None,
    )


@settings(
    max_examples=LONG_EXAMPLE_COUNT if settings.get_current_profile_name() == "long" else EXAMPLE_COUNT,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(history=HISTORIES)
def test_any_history_leaves_a_whole_warehouse_as_one_load_would(
    empty_warehouse: Path, folder: Path, numbers: Iterator[int], history: Sequence[Load | str]
) -> None:
    held, once = (folder / f"{next(numbers)}.duckdb" for _ in range(2))
    shutil.copyfile(empty_warehouse, held)
    loads: list[Load] = []
    for event in history:
        if isinstance(event, Load):
            loads.append(event)
            load(held, event, run_key=next(numbers))
        elif event == COMPACT:
            compact_warehouse(held)
        else:
            shutil.copyfile(empty_warehouse, held)
            load(held, join_loads(loads), run_key=next(numbers))
    shutil.copyfile(empty_warehouse, once)
    load(once, join_loads(loads), run_key=next(numbers))
    with closing(connect(held)) as con:
        run_checks(con)
    assert compare_warehouses(held, once, row_limit=3).tables == []
    for path in folder.iterdir():
        path.unlink()
