"""A few agencies for the tests, so that a change in seeds/ does not change what they show."""

from typing import Final

import polars as pl

from transforms.agencies import AGENCY_SCHEMA, Agencies, build_agencies

_ROWS: Final = (
    ("AP", "AP", "wire", False, "apnews.com"),
    ("Associated Press", "AP", "wire", False, "ap.org"),
    ("AFP", "AFP", "wire", False, "afp.com"),
    ("Agence France-Presse", "AFP", "wire", False, "afp.com"),
    ("Reuters", "Reuters", "wire", False, "reuters.com"),
    ("Reuter", "Reuters", "wire", True, "reuters.com"),
    ("TASS", "TASS", "wire", False, "tass.com"),
    ("PA Media", "PA Media", "wire", False, "pamediagroup.com"),
    ("CP", "Canadian Press", "wire", True, "thecanadianpress.com"),
    ("SID", "SID", "wire", True, None),
    ("Wire Service", "Wire Service", "wire", False, None),
    ("共同通信", "Kyodo", "wire", False, "kyodonews.net"),
    ("PRNewswire", "PR Newswire", "release", False, None),
    ("BUSINESS WIRE", "Business Wire", "release", False, None),
    ("GLOBE NEWSWIRE", "GlobeNewswire", "release", False, None),
    ("CNN", "CNN", "outlet", True, None),
)

AGENCIES: Final = build_agencies(pl.DataFrame(_ROWS, schema=AGENCY_SCHEMA, orient="row"))
NO_AGENCIES: Final[Agencies] = build_agencies(AGENCY_SCHEMA.to_frame())
