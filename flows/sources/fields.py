"""What the fields of a source may hold, and what to write instead: a wrong value is refused, never mended silently."""

import re
import zoneinfo
from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Final
from urllib.parse import urlsplit

import pycountry
from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, Field

from transforms.text import fold_line, normalize_line
from transforms.urls import canonicalize_url, parse_domain

MAX_TEXT_CHAR_COUNT: Final = 2_000
CRON_FIELD_COUNT: Final = 5

_MAX_CRON_CHAR_COUNT: Final = 200
_MAX_SHOWN_CHAR_COUNT: Final = 60
_SOME_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_GROUP_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")
_NO_PLACES: Final = frozenset({"Factory", "localtime"})
_OTHER_COUNTRY_CODES: Final = {"UK": "GB", "EL": "GR"}  # what the European Union writes


def suggest(wrong: str, known: Iterable[str]) -> str:
    """Return '; did you mean "..."?' for the nearest of the known words, "" when none is near.

    Examples:
        >>> suggest("langauge", ["name", "language"])
        '; did you mean "language"?'
    """
    by_folded = {word.casefold(): word for word in known}
    near = get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.7)
    return f'; did you mean "{by_folded[near[0]]}"?' if near else ""


def shorten(text: str) -> str:
    """Return a text for a message, its end cut off when it is long."""
    return text if len(text) <= _MAX_SHOWN_CHAR_COUNT else f"{text[:_MAX_SHOWN_CHAR_COUNT]}…"


def _check_text(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    if len(text) > MAX_TEXT_CHAR_COUNT:
        raise ValueError(f"has more than {MAX_TEXT_CHAR_COUNT:,} characters")
    return text


def _check_line(text: str) -> str:
    """Check a text that is shown: one line without anything that a terminal would act on."""
    if _check_text(text) != normalize_line(text):
        raise ValueError(f'should be written "{shorten(normalize_line(text))}"')
    return text


def _check_id(source_id: str) -> str:
    """Check that the id is what the articles of the source would be filed under."""
    folded = parse_domain(_check_line(source_id)) or fold_line(source_id)
    if folded != source_id:
        raise ValueError(f'should be written "{shorten(folded)}"')
    return source_id


def _check_domain(domain: str) -> str:
    parsed = parse_domain(domain)
    if parsed is None:
        raise ValueError(f'"{shorten(domain)}" is no domain')
    if parsed != domain:
        raise ValueError(f'should be written "{shorten(parsed)}"')
    return domain


def _check_url(url: str) -> str:
    if not url.lower().startswith(("http://", "https://")):
        raise ValueError(f'"{shorten(url)}" is no address that begins with http:// or https://')
    if url != url.strip() or canonicalize_url(url) is None:
        raise ValueError(f'"{shorten(url)}" is malformed')
    if "@" in urlsplit(url).netloc:
        raise ValueError("leave out the user name and the password: this file is no place for them")
    return url


@cache
def _list_country_codes() -> frozenset[str]:
    return frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def _list_language_codes() -> frozenset[str]:
    return frozenset(str(language.alpha_2) for language in pycountry.languages if hasattr(language, "alpha_2"))


def _check_country(code: str) -> str:
    if code in _list_country_codes():
        return code
    raise ValueError(f'no such country "{shorten(code)}" (ISO 3166-1 alpha-2){_suggest_country(code)}')


def _suggest_country(code: str) -> str:
    meant = _OTHER_COUNTRY_CODES.get(code.upper())
    if meant is None:
        try:
            meant = pycountry.countries.lookup(code).alpha_2
        except LookupError:
            return ""
    return f'; did you mean "{meant}"?'


def _check_language(code: str) -> str:
    if code in _list_language_codes():
        return code
    raise ValueError(f'no such language "{shorten(code)}" (ISO 639-1){_suggest_language(code)}')


def _suggest_language(code: str) -> str:
    main = code.replace("_", "-").partition("-")[0].lower()
    if main in _list_language_codes():
        return f'; did you mean "{main}"?'
    try:
        meant = getattr(pycountry.languages.lookup(code), "alpha_2", None)
    except LookupError:
        return ""
    return "" if meant is None else f'; did you mean "{meant}"?'


@cache
def list_timezones() -> frozenset[str]:
    """Return the names of the time zones, read once a process."""
    return frozenset(zoneinfo.available_timezones() - _NO_PLACES)


def _check_timezone(name: str) -> str:
    if name in list_timezones():
        return name
    near = suggest(shorten(name), sorted(list_timezones()))
    of_city = (zone for zone in sorted(list_timezones()) if zone.casefold().endswith(f"/{name.casefold()}"))
    city = next((f'; did you mean "{zone}"?' for zone in of_city), "")
    raise ValueError(f'no such time zone "{shorten(name)}"{near or city}')


def _check_cron(expression: str) -> str:
    if len(expression) > _MAX_CRON_CHAR_COUNT or len(expression.split()) != CRON_FIELD_COUNT:
        raise ValueError("must have five fields: minute, hour, day of the month, month, day of the week")
    try:
        next(CronSim(expression, _SOME_MOMENT))
    except CronSimError as error:
        raise ValueError(f'{str(error).lower()} in "{expression}"') from error
    except StopIteration as error:
        raise ValueError(f'"{expression}" never comes') from error
    return expression


def _check_group_name(name: str) -> str:
    """Check a name that stands in addresses, commands and the names of runs."""
    if _GROUP_NAME.fullmatch(name) is None:
        raise ValueError(f'"{shorten(name)}" is no name of a group: small letters a-z, digits, dots and hyphens')
    return name


def _check_user_agent(agent: str) -> str:
    if not (_check_text(agent).isascii() and agent.isprintable()):
        raise ValueError("must be plain ASCII on one line: it is sent as a header")
    return agent


Note = Annotated[str, AfterValidator(_check_text)]
Name = Annotated[str, AfterValidator(_check_line)]
SourceId = Annotated[str, AfterValidator(_check_id)]
Domain = Annotated[str, AfterValidator(_check_domain)]
Url = Annotated[str, AfterValidator(_check_url)]
CountryCode = Annotated[str, AfterValidator(_check_country)]
LanguageCode = Annotated[str, AfterValidator(_check_language)]
TimeZone = Annotated[str, AfterValidator(_check_timezone)]
Cron = Annotated[str, AfterValidator(_check_cron)]
GroupName = Annotated[str, AfterValidator(_check_group_name)]
UserAgent = Annotated[str, AfterValidator(_check_user_agent)]
Domains = Annotated[tuple[Domain, ...], Field(strict=False)]  # TOML has lists
Urls = Annotated[tuple[Url, ...], Field(strict=False)]
