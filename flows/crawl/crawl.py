"""The crawl of one run: lists first, then what they list, until nothing is left to ask for.

What is kept on disk is told to the memory of fetching (``flows.fetch.state``) only when it is kept: whatever kills the
run, the next one asks again for what was not kept, and for nothing else without a condition.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, Final
from urllib.parse import urlsplit

import orjson

from flows.crawl.pages import make_documents, make_tombstones, to_microseconds
from flows.crawl.targets import Target
from flows.fetch.client import Fetcher
from flows.fetch.messages import Failure, Fetched, FetchRequest, Outcome, Unmodified
from flows.fetch.state import EntryState, FetchState
from flows.progress import ProgressReport
from flows.readers import Listing, parse_listing
from flows.readers.found import RawDocument, Refusal
from transforms.dates import parse_timestamp
from transforms.rejects import RejectedDocumentError
from transforms.urls import identify_url

LOGGER = logging.getLogger(__name__)

RECHECK_DAYS: Final = 7
"""A page is asked again whether it has changed for so long after it was first listed; most corrections come early."""

MAX_DEPTH: Final = 4
"""Lists within lists: an index, its sitemaps and their pages are three."""

_LIST_KIND: Final = "list_kind"  # in the remembered hints of an address that is a list itself

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What came of asking for one address.

    Attributes:
        fetch: A row of ``source_schemas.FETCH``.
        items: The documents it brought, and what was refused.
        outcome: For the memory, once the items are kept.
        raw_hash: Of the content; None where nothing came.
    """

    fetch: Row
    items: tuple[RawDocument | Refusal, ...] = ()
    outcome: Outcome
    raw_hash: str | None = None


@dataclass(kw_only=True)
class Crawl:
    """What is under way.

    Attributes:
        fetcher: Asks.
        state: Remembers between runs.
        moment: When the run began, UTC.
        limit: Bytes of a document.
        report: Told how far it is.
    """

    fetcher: Fetcher
    state: FetchState
    moment: datetime
    limit: int
    report: ProgressReport
    _seen: set[str] = field(default_factory=set)
    _target_count: int = 0

    def run(self, targets: Iterable[Target]) -> Iterator[Arrival]:
        """Yield what comes of targets and of all they list, as it comes.

        Whoever takes an arrival tells ``remember`` once its documents are kept.

        Args:
            targets: Where to begin.
        """
        waiting = self._choose(targets)
        while waiting:
            listed: dict[str, list[Target]] = {target.url: [] for target in waiting}
            self._target_count += len(waiting)
            self.report.expect(self._target_count)
            by_url = {target.url: target for target in waiting}
            for request, outcome in self.fetcher.fetch_all(map(self._make_request, waiting)):
                yield self._take(by_url[request.url], outcome, listed[request.url])
                self.report.advance(1)
            waiting = self._choose(chain.from_iterable(listed.values()))  # in the order given, whoever answers first

    def remember(self, arrivals: Iterable[Arrival]) -> None:
        """Remember what came, once it is kept."""
        self.state.record_all((arrival.outcome, arrival.raw_hash, arrival.fetch["kind"]) for arrival in arrivals)

    def _choose(self, targets: Iterable[Target]) -> list[Target]:
        """Return the targets whose page was not met in this run, each once."""
        chosen = []
        for target in targets:
            page = identify_url(target.url) or target.url
            if page not in self._seen:
                self._seen.add(page)
                chosen.append(target)
        return chosen

    def _make_request(self, target: Target) -> FetchRequest:
        """Return the question for a target, with the condition that the copy we have allows."""
        known = self.state.get_page(target.url)
        has_copy = known is not None and known.raw_hash is not None
        return FetchRequest(
            url=target.url,
            politeness=target.outlet.politeness,
            etag=known.etag if known is not None and has_copy else None,
            last_modified=known.last_modified if known is not None and has_copy else None,
        )

    def _take(self, target: Target, outcome: Outcome, listed: list[Target]) -> Arrival:
        """Return what came of a target, and add what it lists."""
        match outcome:
            case Fetched():
                return self._take_content(target, outcome, listed)
            case Unmodified():
                listed += self._recall(target)
                return Arrival(fetch=_describe(target, outcome, kind=self._find_kind(target)), outcome=outcome)
            case Failure():
                listed += self._recall(target)
                return self._fail(target, outcome)

    def _take_content(self, target: Target, fetched: Fetched, listed: list[Target]) -> Arrival:
        """Return a page or a list that came."""
        raw_hash = hashlib.sha256(fetched.body).hexdigest()
        try:
            listing = None if target.kind == "page" else self._parse(target, fetched)
        except RejectedDocumentError as error:
            listed += self._recall(target)
            return self._fail(target, _to_failure(fetched, error))
        if listing is None:
            items = tuple(make_documents(target, fetched, limit=self.limit))
            return Arrival(
                fetch=_describe(target, fetched, kind="page", raw_hash=_find_hash(items) or raw_hash),
                items=items,
                outcome=fetched,
                raw_hash=raw_hash,
            )
        self.state.put_entries(target.url, _list_entries(listing), to_microseconds(fetched.fetched_at))
        listed += self._recall(target)
        entry_count = len(listing.entries) + len(listing.children)
        fetch = _describe(target, fetched, kind=listing.kind, raw_hash=raw_hash, entry_count=entry_count)
        items = (*self._refuse_entries(target, listing), *make_tombstones(target, fetched, listing.deleted))
        return Arrival(fetch=fetch, items=items, outcome=fetched, raw_hash=raw_hash)

    def _parse(self, target: Target, fetched: Fetched) -> Listing | None:
        """Return the list that came; None for a page, where there may be one.

        Raises:
            RejectedDocumentError: bad_feed, when there should be a list and is none; truncated; too_large.
        """
        listing = parse_listing(
            fetched.body, url=fetched.final_url, content_type=fetched.content_type, limit=self.limit
        )
        if listing is None and target.kind != "any":
            raise RejectedDocumentError("bad_feed", f"no {target.kind}: {fetched.content_type or 'of no type'}")
        return listing

    def _fail(self, target: Target, failure: Failure) -> Arrival:
        """Return that a target did not come."""
        external_id = target.hints.get("external_id", target.url)
        refusal = Refusal(target.url, external_id, None, failure.reason, failure.detail)
        return Arrival(
            fetch=_describe(target, failure, kind=self._find_kind(target)), items=(refusal,), outcome=failure
        )

    def _find_kind(self, target: Target) -> str:
        """Return what the copy we have of a target is; what is expected without one."""
        known = self.state.get_page(target.url)
        return target.kind if known is None or known.kind is None else known.kind

    def _refuse_entries(self, target: Target, listing: Listing) -> tuple[Refusal, ...]:
        """Return a refusal for each entry that leads nowhere."""
        return tuple(
            Refusal(
                f"{target.url}#/{number}",
                entry.external_id or f"{target.url}#/{number}",
                None,
                "bad_url",
                f"an entry without an address, or with a password in it: {(entry.title or '')[:80]}",
            )
            for number, entry in enumerate(listing.entries)
            if entry.url is None or _has_login(entry.url)
        )

    def _recall(self, target: Target) -> Iterator[Target]:
        """Yield what is due of what a list has, or had when it was last read."""
        if target.depth >= MAX_DEPTH:
            LOGGER.warning("%s is a list within %d lists: what it lists is not asked for", target.url, target.depth)
            return
        for entry in self.state.list_entries(target.url):
            hints = {} if entry.hints is None else orjson.loads(entry.hints)
            is_list = hints.pop(_LIST_KIND, None) is not None
            if self._is_list_due(entry) if is_list else self._is_due(entry, hints, target):
                yield Target(
                    url=entry.url,
                    kind="sitemap" if is_list else "page",
                    outlet=target.outlet,
                    parent_url=target.url,
                    hints=hints,
                    depth=target.depth + 1,
                )

    def _is_list_due(self, entry: EntryState) -> bool:
        """Tell whether a list that is listed is to be asked for."""
        known = self.state.get_page(entry.url)
        return entry.is_listed or known is None or known.status == "failed"

    def _is_due(self, entry: EntryState, hints: dict[str, str], target: Target) -> bool:
        """Tell whether a page that is listed is to be asked for."""
        known = self.state.get_page(entry.url)
        if known is not None and known.status == "gone" and known.raw_hash is None:
            return False  # one that was there is asked for again: whether it is withdrawn, or comes back
        is_recent = entry.first_seen_at >= to_microseconds(self.moment - timedelta(days=RECHECK_DAYS))
        if known is None:
            return not self._is_too_old(hints, target)
        if known.raw_hash is None:  # and it failed: given up when it is no longer listed either
            return (is_recent or entry.is_listed) and not self._is_too_old(hints, target)
        return is_recent

    def _is_too_old(self, hints: dict[str, str], target: Target) -> bool:
        """Tell whether a page is older than its source wants; one without a date is not."""
        if target.outlet.max_age_days is None:
            return False
        dates = [parse_timestamp(hints[name]) for name in ("published", "modified") if name in hints]
        latest = max((date for date in dates if date is not None), default=None)
        return latest is not None and latest < self.moment - timedelta(days=target.outlet.max_age_days)


def _list_entries(listing: Listing) -> Iterator[tuple[str, str | None]]:
    """Yield the addresses of a list with what is to be remembered of them."""
    for entry in listing.entries:
        if entry.url is not None and not _has_login(entry.url):
            yield entry.url, entry.to_hints()
    for url in listing.children:
        yield url, orjson.dumps({_LIST_KIND: "sitemap"}).decode()


def _has_login(url: str) -> bool:
    """Tell whether an address has a user, and a password perhaps, which must not be kept."""
    try:
        return urlsplit(url).username is not None
    except ValueError:  # a bracket without its other half: no address at all, which fetching says
        return False


def _to_failure(fetched: Fetched, error: RejectedDocumentError) -> Failure:
    """Return that what came is of no use."""
    return Failure(
        url=fetched.url, reason=error.reason, detail=error.detail, fetched_at=fetched.fetched_at, is_final=False
    )


def _find_hash(items: tuple[RawDocument | Refusal, ...]) -> str | None:
    """Return the hash of the only document among items."""
    hashes = [item.raw_hash for item in items if isinstance(item, RawDocument)]
    return hashes[0] if len(hashes) == 1 else None


def _describe(
    target: Target, outcome: Outcome, *, kind: str, raw_hash: str | None = None, entry_count: int | None = None
) -> Row:
    """Return a row of ``source_schemas.FETCH``."""
    words = {Fetched: "fetched", Unmodified: "unmodified", Failure: "failed"}
    failure = outcome if isinstance(outcome, Failure) else None
    return {
        "source_id": target.outlet.source_id,
        "kind": "page" if kind == "any" else kind,
        "url": target.url,
        "parent_url": target.parent_url,
        "outcome": words[type(outcome)],
        "reason": None if failure is None else failure.reason,
        "detail": None if failure is None else failure.detail,
        "entry_count": entry_count,
        "raw_hash": raw_hash,
        "fetched_at": outcome.fetched_at,
    }
