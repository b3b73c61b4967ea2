"""Settings of all tests: examples of a property have no deadline, the machine may be busy.

``--hypothesis-profile=long`` is for whoever looks for hours: more examples, of histories of a warehouse above all.
"""

import gc

from hypothesis import settings

settings.register_profile("dateline", deadline=None)
settings.register_profile("long", deadline=None, max_examples=1_000)
settings.load_profile("dateline")


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of later collections of garbage: it lives as long as the process."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Let the end of the process collect all of it, or libraries written in C++ report it as leaked."""
    gc.unfreeze()
