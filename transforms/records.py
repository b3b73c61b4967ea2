"""One line of JSON Lines becomes the fields of a document, or a reason why not."""

import json
import re
from dataclasses import replace
from typing import Any, Final, NoReturn

import orjson

from transforms.decode import decode_payload
from transforms.fields import DocumentFields
from transforms.record_details import read_details
from transforms.record_names import find_name, flatten_record
from transforms.rejects import RejectedDocumentError
from transforms.withdrawals import METHODS

_SURROGATE_ESCAPE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_LONE_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_KINDS: Final = ((bool, "true or false"), (int, "a number"), (float, "a number"), (list, "a list"), (dict, "an object"))
_ID_RANGE: Final = range(-(2**63), 2**64)
"""The integers that JSON readers keep exact; orjson makes a rounded number of any other."""


def parse_record(payload: bytes) -> DocumentFields:
    r"""Return the fields of one JSON object.

    Known keys are id (text or an integer of at most 64 bits), author (text or a list of texts), published and modified
    (text or a number), and url, source, title, text, language, html (text), each also under the names that other
    programs give it (``record_names``); dateline; withdrawal (``withdrawals.METHODS``), with which neither text nor
    html need be there; and section, keywords and others (``record_details``), for which no record is refused. Null is
    the same as absent. Other keys are left to the raw document. Of text and html the text
    wins, unless it is blank.

    Of a key given twice the last counts, as RFC 8259 section 4 expects of most readers. Half a surrogate pair
    (``\ud83d`` alone, where a program cut an emoji in two) becomes U+FFFD. Bytes that are not UTF-8 are decoded as
    ``decode_payload`` does it.

    Args:
        payload: The line as it came.

    Raises:
        RejectedDocumentError: bad_json, missing_text, bad_field or not_text.

    Examples:
        >>> parse_record(b'{"id": 7, "text": "Rain fell.", "author": ["A. Poe", "B. Low"]}').author
        'A. Poe; B. Low'
    """
    record = flatten_record(_load_object(payload))
    text, html = _get_text(record, "text"), _get_text(record, "html")
    withdrawal = _get_withdrawal(record)
    if text is None and html is None and withdrawal is None:
        raise RejectedDocumentError("missing_text", f"keys: {_list_keys(record)}")
    if text is not None and html is not None:
        text, html = (text, None) if text.strip() or not html.strip() else (None, html)
    fields = DocumentFields(
        text=text,
        html=html,
        external_id=_get_id(record),
        author=_get_author(record),
        dateline=_get_dateline(record),
        published=_get_date(record, "published"),
        modified=_get_date(record, "modified"),
        url=_get_text(record, "url"),
        source=_get_text(record, "source"),
        title=_get_text(record, "title"),
        language=_get_text(record, "language"),
        withdrawal=withdrawal,
    )
    details: dict[str, Any] = {name: _clean(said) for name, said in read_details(record).items() if said is not None}
    return replace(fields, **details)


def _load_object(payload: bytes) -> dict[str, Any]:
    """Return the JSON object in payload."""
    try:
        record = _load_json(payload)
    except (ValueError, RecursionError) as error:
        if isinstance(error, RejectedDocumentError):
            raise
        raise RejectedDocumentError("bad_json", str(error) or "nested too deeply") from error
    if not isinstance(record, dict):
        raise RejectedDocumentError("bad_json", f"{_describe_kind(record)}, not an object")
    return record


def _load_json(payload: bytes) -> Any:
    """Return the value in payload: at once when it is JSON in UTF-8, else after a closer look.

    Raises:
        ValueError: It is not JSON.
        RecursionError: It is nested too deeply.
    """
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        text = decode_payload(payload).text
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        if _SURROGATE_ESCAPE.search(text) is None:
            raise
    # orjson refuses half a surrogate pair; the standard library keeps it, and _clean removes it.
    return json.loads(text, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which JSON does not have (RFC 8259 section 6)."""
    raise ValueError(f"{name} is not JSON")


def _get_text(record: dict[str, Any], field: str) -> str | None:
    """Return a field that must be text or null."""
    key = find_name(record, field)
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RejectedDocumentError("bad_field", f"{key} is {_describe_kind(value)}; text is needed")
    return _clean(value)


def _get_date(record: dict[str, Any], field: str) -> str | None:
    """Return a date as it is written; a number becomes text."""
    value = record.get(find_name(record, field))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _get_text(record, field)


def _get_dateline(record: dict[str, Any]) -> str | None:
    """Return the dateline; under its key other programs keep all sorts of things."""
    value = record.get("dateline")
    return _clean(value) if isinstance(value, str) else None


def _get_withdrawal(record: dict[str, Any]) -> str | None:
    """Return how a record says that its article is withdrawn."""
    method = record.get("withdrawal")
    if method is None or (isinstance(method, str) and method in METHODS):
        return method
    raise RejectedDocumentError("bad_field", f"withdrawal is none of {', '.join(sorted(METHODS))}")


def _get_id(record: dict[str, Any]) -> str | None:
    """Return the id; an integer becomes text."""
    key = find_name(record, "id")
    value = record.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _get_text(record, "id")
    if isinstance(value, float) or value not in _ID_RANGE:
        raise RejectedDocumentError("bad_field", f"{key} is a number, but not a whole one of at most 64 bits")
    return str(value)


def _get_author(record: dict[str, Any]) -> str | None:
    """Return the byline; several names are joined, blank ones left out."""
    key = find_name(record, "author")
    value = record.get(key)
    if not isinstance(value, list):
        return _get_text(record, "author")
    if not all(isinstance(name, str) for name in value):
        raise RejectedDocumentError("bad_field", f"{key} is a list with something else than text in it")
    return "; ".join(_clean(name) for name in value if name.strip()) or None


def _clean(text: str) -> str:
    """Return text without NUL, and with halves of surrogate pairs replaced: they cannot be stored."""
    return _LONE_SURROGATE.sub("\ufffd", text.replace("\0", ""))


def _describe_kind(value: Any) -> str:
    """Return what a JSON value is, in words."""
    if value is None:
        return "null"
    return next((words for kind, words in _KINDS if isinstance(value, kind)), "text")


def _list_keys(record: dict[str, Any]) -> str:
    """Return the first keys of a record, for the person who mends the source."""
    shown = [_clean(key)[:40] for key in list(record)[:10]]
    return ", ".join(shown) if shown else "none"
