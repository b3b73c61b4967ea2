"""The ledger of data intervals: who tried to load which, now and before.

What has ended and was published stands in the warehouse (fact_interval, fact_interval_attempt). The warehouse is
replaced as a whole when a load succeeds; so what goes on now, and what failed since, stands in ``DIR/intervals.sqlite``
until the next load takes it over. The warehouse decides what was loaded: who deletes it, deletes that, too.
"""
