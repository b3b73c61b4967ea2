"""ninjs, the form in which agencies send news as JSON: its fields under the names that records have.

After https://iptc.org/std/ninjs/, versions 1.0 to 3.0. Version 1 has a headline and bodies by their kind ("body_text",
"body_xhtml"), the later ones lists of both with a role each.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from transforms.withdrawals import PUB_STATUS, is_withdrawn_status

_MAIN_ROLES: Final = frozenset({"", "main"})
_MARKUP: Final = ("html", "xml")
_NAMES: Final = {
    "uri": "id",
    "firstcreated": "published",
    "versioncreated": "modified",
    "by": "author",
    "located": "dateline",
    "headline": "title",
    "body_text": "text",
    "body_xhtml": "html",
    "description_text": "description",
}
"""What ninjs calls a field -> what records call it."""

_OWN_KEYS: Final = frozenset(
    {"versioncreated", "firstcreated", "pubstatus", "representationtype", "bodies", "body_xhtml"}
)


def is_ninjs(record: Mapping[str, Any]) -> bool:
    """Tell whether a record is ninjs: it has a "uri", and a key that other programs do not use.

    Examples:
        >>> is_ninjs({"uri": "urn:quay:7", "versioncreated": "2024-02-08"}), is_ninjs({"uri": "a", "text": "b"})
        (True, False)
    """
    return isinstance(record.get("uri"), str) and not _OWN_KEYS.isdisjoint(record)


def flatten_ninjs(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record of ninjs with the names and shapes of other records; what it has under those stays.

    But for the title: what ninjs calls so is for the desk.

    Examples:
        >>> flatten_ninjs({"uri": "urn:q:7", "bodies": [{"contenttype": "text/plain", "value": "Rain fell."}]})["text"]
        'Rain fell.'
    """
    renamed = {ours: record[name] for name, ours in _NAMES.items() if record.get(name) is not None}
    listed = {**_pick_headline(record.get("headlines")), **_pick_bodies(record.get("bodies"))}
    status = {"withdrawal": PUB_STATUS} if is_withdrawn_status(record.get("pubstatus")) else {}
    named = {**_pick_source(record), **listed, **_pick_details(record), **renamed, **status}
    return {**record, **{name: value for name, value in named.items() if name == "title" or record.get(name) is None}}


def _pick_headline(headlines: object) -> dict[str, str]:
    """Return the main headline, else the first."""
    values = [(role not in _MAIN_ROLES, value) for role, _, value in _list_values(headlines)]
    return {"title": min(values, key=lambda ranked: ranked[0])[1]} if values else {}


def _pick_bodies(bodies: object) -> dict[str, str]:
    """Return the main body as text and as html, as far as it is there in both; of several roles the first."""
    picked: dict[str, str] = {}
    for _, kind, value in sorted(_list_values(bodies), key=lambda body: body[0] not in _MAIN_ROLES):
        picked.setdefault("html" if kind.endswith(_MARKUP) else "text", value)
    return picked


def _pick_source(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the provider: the first source of information that has a name, else the holder of the copyright."""
    sources = record.get("infosources", record.get("infosource"))
    names = [entry.get("name") for entry in sources if isinstance(entry, dict)] if isinstance(sources, list) else []
    name = next((name for name in [*names, record.get("copyrightholder")] if isinstance(name, str)), None)
    return {} if name is None else {"source": name}


def _pick_details(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what later versions put into lists: the description, and the renditions of the first picture."""
    linked = record.get("associations")
    entries = linked.values() if isinstance(linked, dict) else linked if isinstance(linked, list) else ()
    pictures = [entry for entry in entries if isinstance(entry, dict) and entry.get("type") == "picture"]
    renditions = [entry.get("renditions") for entry in pictures]
    shown = [list(entry.values()) if isinstance(entry, dict) else entry for entry in renditions]
    descriptions = [value for _, _, value in _list_values(record.get("descriptions"))]
    found = {"description": descriptions[:1], "image": next(iter(shown), None)}
    return {name: value for name, value in found.items() if value}


def _list_values(values: object) -> Iterator[tuple[str, str, str]]:
    """Yield role, content type and value of the entries of a list that have a value."""
    for entry in values if isinstance(values, list) else ():
        value = entry.get("value") if isinstance(entry, dict) else None
        if isinstance(value, str):
            kind = entry.get("contenttype") or entry.get("contentType") or ""
            yield str(entry.get("role") or ""), str(kind).partition(";")[0].strip().lower(), value
