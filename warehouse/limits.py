"""What the database may use, apart from what opens it: settings name it, too, and those are read without the engine."""

from typing import Final

DEFAULT_MEMORY_LIMIT: Final = "768MB"
"""What the database may hold in memory before it spills to the temporary folder.

With 512MB, a day of 2,000 articles with corrections did not go into a warehouse of a million: not every join spills."""
