"""Where things lie in a Dateline home: the one place that knows the folder's layout."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Home:
    """The folder of one warehouse.

    Attributes:
        path: DIR of ``dateline --home DIR``.
    """

    path: Path

    def owns(self, path: Path) -> bool:
        """Tell whether a path, absolute and without links, is one of the home's own files or in one of its folders."""
        databases = (self.fetch_path, self.intervals_path)
        journals = [path.with_name(f"{path.name}-journal") for path in databases]
        files = (self.warehouse_path, self.lock_path, self.sources_path, self.decisions_path, *databases, *journals)
        own = (*files, self.raw_path, self.stage_path, self.prefect_path)
        return any(path.is_relative_to(entry.absolute()) for entry in own)

    @property
    def warehouse_path(self) -> Path:
        """The published warehouse, replaced as a whole by each load."""
        return self.path / "warehouse.duckdb"

    @property
    def raw_path(self) -> Path:
        """Raw documents as they came, immutable."""
        return self.path / "raw"

    @property
    def stage_path(self) -> Path:
        """Stage files: what work hands over to the load, kept so that it need not be done again."""
        return self.path / "stage"

    @property
    def prefect_path(self) -> Path:
        """State of Prefect's own temporary server: run history."""
        return self.path / "prefect"

    @property
    def sources_path(self) -> Path:
        """The sources file, where no other is named."""
        return self.path / "sources.toml"

    @property
    def decisions_path(self) -> Path:
        """What people decided on entities, where no other file is named."""
        return self.path / "decisions.csv"

    @property
    def fetch_path(self) -> Path:
        """What is remembered of servers between runs: validators and what feeds listed."""
        return self.path / "fetch.sqlite"

    @property
    def intervals_path(self) -> Path:
        """Attempts to load an interval that go on, or have failed since the last load."""
        return self.path / "intervals.sqlite"

    @property
    def lock_path(self) -> Path:
        """Held while a run writes."""
        return self.path / "dateline.lock"
