"""Settings of all tests: examples of a property have no deadline, the machine may be busy."""

from hypothesis import settings

settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")
