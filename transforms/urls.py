"""Web addresses: one form for each address, one for each page, and the domain an outlet is known by."""

import re
import unicodedata
from string import ascii_letters, digits
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

MAX_URL_CHAR_COUNT: Final = 2_083
"""Longer addresses are no addresses of articles (the limit browsers of the time of this data shared)."""

TRACKING_PREFIXES: Final = tuple("utm_ mc_ pk_ mtm_ vero_ hsa_ _hs at_custom at_medium at_campaign".split())
TRACKING_PARAMETERS: Final = frozenset(
    "fbclid gclid gbraid wbraid dclid msclkid yclid twclid ttclid igshid igsh mkt_tok ocid cmpid ncid xtor smid "
    "guccounter guce_referrer guce_referrer_sig soc_src soc_trk __twitter_impression".split(),
)
"""Query parameters that say where a reader came from and never which page: those that Firefox and ClearURLs strip, and
what the outlets of our test data add. "ref", "source", "id", "uid" and the like stay: on some sites they choose the
page."""

SESSION_PARAMETERS: Final = frozenset(
    "jsessionid phpsessid sessionid session_id aspsessionid cfid cftoken zenid oscsid".split()
)
"""Query parameters that number a reader's visit, as servlet containers, PHP, ASP and ColdFusion name them."""

_LONG_SID: Final = re.compile(r"sid=[0-9a-z]{20,}")
"""The same of phpBB. A short "sid" is a story of Slashdot or PHP-Nuke, and says which page."""

MOBILE_LABELS: Final = frozenset("www m mobile amp touch".split())
"""First labels of a host under which sites show the same pages to other devices. A host keeps at least two labels."""

_PATH_SESSION: Final = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)  # Servlet 6.0, section 7.1.3
_AMP_PATH: Final = re.compile(r"^/amp(?=/.)|/amp/?$|\.amp(?=\.html?$|$)", re.IGNORECASE)
_AMP_QUERY: Final = frozenset("amp=1 amp=true amp outputtype=amp output=amp".split())
# https://developers.google.com/amp/cache/overview: the host of the page, with its dots as hyphens, is in the path too.
_AMP_CACHE: Final = re.compile(r"https?://(?:[^/]+\.cdn\.ampproject\.org/[a-z]|www\.google\.[a-z.]+/amp)/(s/)?(.+)")

_ESCAPE: Final = re.compile("%[0-9A-Fa-f]{2}")
_NOT_ASCII: Final = re.compile("[^\x00-\x7f]+")
_PLAIN: Final = {f"%{ord(char):02X}": char for char in f"{ascii_letters}{digits}-._~"}

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_HOST: Final = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f.]*:[0-9a-f:.]*")  # the latter: IPv6


def canonicalize_url(url: str) -> str | None:
    """Return the canonical form of a web address, None when it is none.

    Scheme and host in lower case, without default port, user name, fragment, tracking parameters and a final dot of
    the host; "/" for an empty path; a host in other letters than a to z as it is asked of a name server ("xn--", RFC
    3492). The parameters left keep their order, and the path stays as it is: both can matter.

    Examples:
        >>> canonicalize_url("HTTPS://www.Example.com:443/a?id=7&utm_source=feed#top")
        'https://www.example.com/a?id=7'
    """
    parts = _split_url(url)
    if parts is None:
        return None
    host = _get_host(parts)
    netloc = f"[{host}]" if ":" in host else host
    if parts.port is not None and parts.port != _DEFAULT_PORTS[parts.scheme]:
        netloc = f"{netloc}:{parts.port}"
    query = "&".join(item for item in parts.query.split("&") if item and not _is_tracking(item))
    canonical = urlunsplit((parts.scheme, netloc, parts.path or "/", query, ""))
    return canonical if len(canonical) <= MAX_URL_CHAR_COUNT else None


def identify_url(url: str) -> str | None:
    """Return what all addresses of a page have in common: what an article without an id of its own is known by.

    From the canonical form, and further: https for http; without "www.", "m.", "mobile.", "amp." and "touch." before a
    host; without session ids, the marks of AMP pages, and a slash at the end. An address of Google's AMP cache is that
    of the page in it. What can be escaped or not ("%7E", "~") is written in one way. Parameters are put in order. None
    for what is no web address.

    Libraries (courlan, w3lib, url-normalize) go less far in the host and path, and courlan further in the query: it
    takes off "id"s of pages ("cid", "eid", "uid") with the trackers.

    Examples:
        >>> identify_url("http://m.example.com/news/rain.amp.html?utm_source=x&page=2")
        'https://example.com/news/rain.html?page=2'
    """
    cached = _AMP_CACHE.fullmatch(url.strip())
    if cached is not None:
        url = f"{'https' if cached[1] else 'http'}://{cached[2]}"
    canonical = canonicalize_url(url)
    if canonical is None:
        return None
    parts = urlsplit(canonical)
    given = _unify_escapes(parts.query).split("&")
    items = sorted(item for item in given if item and not _is_tracking(item) and not _is_of_reader(item))
    path = _AMP_PATH.sub("", _PATH_SESSION.sub("", _unify_escapes(parts.path)))
    return urlunsplit(("https", _strip_device(parts.netloc), path.rstrip("/") or "/", "&".join(items), ""))


def _strip_device(netloc: str) -> str:
    """Return a host and port without the labels that say for which device its pages are."""
    label, _, rest = netloc.partition(".")
    while label in MOBILE_LABELS and "." in rest:
        netloc = rest
        label, _, rest = netloc.partition(".")
    return netloc


def _unify_escapes(text: str) -> str:
    """Return a path or query with letters that need no escape as they are, others escaped (RFC 3986, section 6.2.2)."""
    plain = _ESCAPE.sub(lambda match: _PLAIN.get(match[0].upper(), match[0].upper()), text)
    return _NOT_ASCII.sub(lambda match: quote(match[0]), plain)


def _is_of_reader(item: str) -> bool:
    """Tell whether a parameter says who reads, or on what, and not which page."""
    lower = item.lower()
    is_session = lower.partition("=")[0] in SESSION_PARAMETERS or _LONG_SID.fullmatch(lower) is not None
    return is_session or lower in _AMP_QUERY


def is_same_site(url: str, other: str) -> bool:
    """Tell whether two web addresses are of one site: of the same domain, or one of a part of the other's.

    Examples:
        >>> is_same_site("https://news.example.com/a", "https://m.example.com/b")
        True
    """
    domains = sorted((extract_domain(url) or "", extract_domain(other) or ""), key=len)
    return domains[0] != "" and f".{domains[1]}".endswith(f".{domains[0]}")


def is_front_page(url: str) -> bool:
    """Tell whether a web address is that of a whole site, without a path or a query.

    Examples:
        >>> is_front_page("https://example.com/"), is_front_page("https://example.com/?p=7")
        (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that are no IPv6 address
        return False
    return parts.scheme in _DEFAULT_PORTS and parts.path in {"", "/"} and not parts.query


def extract_domain(url: str) -> str | None:
    """Return the host of a web address without "www.", "m." and the like, None when it is none.

    Examples:
        >>> extract_domain("http://www.rte.ie/news/")
        'rte.ie'
    """
    parts = _split_url(url)
    return None if parts is None else _strip_device(_get_host(parts))


def parse_domain(text: str) -> str | None:
    """Return the domain when a text is one, bare or with a path, or a web address; None for a name.

    Examples:
        >>> parse_domain("www.Example.com/news"), parse_domain("Example News")
        ('example.com', None)
    """
    bare = text.strip()
    domain = extract_domain(bare if "://" in bare else f"https://{bare}")
    if domain is None or any(char.isspace() for char in bare):
        return None
    label, _, suffix = domain.rpartition(".")
    is_suffix = suffix.startswith("xn--") or (suffix.isalpha() and len(suffix) > 1)
    return domain if label and is_suffix else None


def _split_url(url: str) -> SplitResult | None:
    """Return the parts of a web address; None when it is malformed or not of the web."""
    bare = url.strip()
    if len(bare) > MAX_URL_CHAR_COUNT or any(char.isspace() or not char.isprintable() for char in bare):
        return None
    try:
        parts = urlsplit(bare)
        is_web = parts.scheme in _DEFAULT_PORTS and parts.port != 0
    except ValueError:  # a port that is no number, an unclosed bracket
        return None
    # Browsers end the host at a backslash, this library does not: two readings are one too many.
    is_host = _HOST.fullmatch(_get_host(parts)) is not None and "\\" not in parts.netloc
    return parts if is_web and is_host else None


def _get_host(parts: SplitResult) -> str:
    """Return the host in lower case, each label in other letters encoded."""
    host = (parts.hostname or "").rstrip(".")
    if host.isascii():
        return host
    plain = unicodedata.normalize("NFKC", host).lower().replace("\u3002", ".").rstrip(".")  # the Chinese full stop
    return ".".join(map(_encode_label, plain.split(".")))


def _encode_label(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _is_tracking(item: str) -> bool:
    name = item.partition("=")[0].lower()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)
