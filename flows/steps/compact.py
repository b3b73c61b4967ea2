"""Compact: the published warehouse is written anew, laid out for reading. No row changes."""

from flows.home import Home
from flows.steps.interval import holding_home
from warehouse.compact import Compacted, compact_warehouse


def compact_home(home: Home, *, memory_limit: str, only_if_scattered: bool = False) -> Compacted | None:
    """Lay the warehouse of a home out anew, and publish it.

    Args:
        home: The home.
        memory_limit: Of the settings.
        only_if_scattered: Do it only where loads have left the facts of one entity in too many places: for a schedule.

    Returns:
        What it did; None when there was no need.

    Raises:
        HomeBusyError: A run writes this home.
        WarehouseError: There is no warehouse, or the database or the disk refused; what was published stays.
    """
    if not home.warehouse_path.exists():
        # Without this the lock would make a folder for a home that is not there.
        return compact_warehouse(home.warehouse_path)
    with holding_home(home):
        return compact_warehouse(home.warehouse_path, only_if_scattered=only_if_scattered, memory_limit=memory_limit)
