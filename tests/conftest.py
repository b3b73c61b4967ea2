"""Settings of all tests: examples of a property have no deadline, the machine may be busy.

``--hypothesis-profile=long`` is for whoever looks for hours: more examples, of histories of a warehouse above all.
"""

from hypothesis import settings

settings.register_profile("dateline", deadline=None)
settings.register_profile("long", deadline=None, max_examples=1_000)
settings.load_profile("dateline")
