"""Which reader a file is for: told by its first bytes, and by its name where those fit several."""

import re
from enum import Enum
from pathlib import PurePath
from typing import Final

import orjson

from flows.readers.json_shape import find_list
from flows.readers.url_shape import is_url_list
from flows.readers.xml_prologue import FEED_ROOTS, SITEMAP_ROOTS, WIRE_ROOTS, Prologue, read_prologue
from transforms.decode import find_wide_encoding, looks_binary
from transforms.rejects import RejectedDocumentError

SAMPLE_BYTE_COUNT: Final = 1 << 16
"""How much of a file is looked at."""

GZIP_MAGIC: Final = b"\x1f\x8b"
"""RFC 1952, section 2.3.1."""

BZIP2_START: Final = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
"""The first block, or the end of an empty stream; "BZh" alone may be text."""

ZSTD_MAGIC: Final = b"(\xb5/\xfd"
"""RFC 8878, section 3.1.1."""

PACKED_SUFFIXES: Final = (".gz", ".bz2", ".zst")
"""What compression adds to a name."""


class Format(Enum):
    """A format that a reader knows."""

    TEXT = "text/plain"
    HTML = "text/html"
    JSON_LINES = "application/json"
    JSON = "application/json; one document"
    JSON_LIST = "application/json; a list"
    CSV = "text/csv"
    PARQUET = "application/vnd.apache.parquet"
    WARC = "application/warc"
    ZIP = "application/zip"
    TAR = "application/x-tar"
    FEED = "application/rss+xml"
    SITEMAP = "application/xml; a sitemap"
    WIRE = "application/vnd.iptc.g2.newsitem+xml"
    URL_LIST = "text/uri-list"


# First bytes of what no reader knows: https://en.wikipedia.org/wiki/List_of_file_signatures
_MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an office program"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"#!/", "a script"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (GZIP_MAGIC, "gzip inside gzip"),
    (b"\xfd7zXZ\x00", "compressed by xz"),
    (ZSTD_MAGIC, "zstd inside another compression"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_PARQUET_MAGIC: Final = b"PAR1"
_WARC_MAGICS: Final = (b"WARC/", b"filedesc://")  # WARC and ARC
_ZIP_MAGIC: Final = b"PK\x03\x04"
_ZIP_NAME: Final = slice(30, 60)
_OFFICE_NAMES: Final = (b"[Content_Types].xml", b"_rels/", b"mimetype", b"META-INF/")  # the first file in it
_TAR_MAGIC: Final = slice(257, 262)
_DUCKDB_MAGIC: Final = slice(8, 12)

# Text, and yet no article.
_OTHER_SUFFIXES: Final = {
    ".xml": "no XML, for all its name",
    ".rss": "no feed, for all its name",
    ".atom": "no feed, for all its name",
    ".css": "a style sheet",
    ".js": "a script",
    ".log": "a log",
    **dict.fromkeys((".toml", ".ini", ".cfg", ".conf", ".yaml", ".yml", ".lock"), "settings of a program"),
    **dict.fromkeys(
        ".bash .bat .cpp .cs .go .hpp .ipynb .java .jsx .kt .lua .mjs .ps1 .py .pyi .rb .rs .scala .sh .sql .swift "
        ".ts .tsx".split(),
        "the source of a program",
    ),
}
"""Endings of one letter are not among them: "Fire in Washington D.C" is the name of an article, and no C."""
_SUFFIX_FORMATS: Final = {
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
}

# Atomic: with 30 comments and no tag after them, a pattern that tries again would never end.
_PROLOGUE: Final = rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+"
_HTML_START: Final = re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_XML_SUFFIXES: Final = frozenset({".xml", ".rss", ".atom", ".rdf"})
_FEED_PART: Final = re.compile(r"<(?:[\w-]+:)?(?:channel|item)[\s/>]|//purl\.org/rss/|netscape\.com/rdf", re.IGNORECASE)
_NINJS_KEY: Final = re.compile(
    rb'\s*\{.{0,2000}"(?:versioncreated|representationtype|body_xhtml|bodies)"\s*:', re.DOTALL
)
_RECORD_START: Final = re.compile(rb'\s*\{\s*"')


def strip_packing(name: str) -> str:
    """Return a name without what compression added to it."""
    suffix = next((suffix for suffix in PACKED_SUFFIXES if name.lower().endswith(suffix)), "")
    return name[: len(name) - len(suffix)]


def detect_format(sample: bytes, name: str) -> Format:
    """Return the format of a file.

    Args:
        sample: Its first ``SAMPLE_BYTE_COUNT`` bytes, unpacked.
        name: Its name; an ending such as ``.gz`` does not count.

    Raises:
        RejectedDocumentError: unsupported_format, or not_text for bytes that are no text and nothing known.
    """
    _refuse_known_kinds(sample)
    container = _detect_container(sample)
    if container is not None:
        return container
    if looks_binary(sample):
        raise RejectedDocumentError("not_text", "bytes of no kind that is known")
    text = _to_utf8(sample)
    suffix = PurePath(strip_packing(name.lower())).suffix
    if _HTML_START.match(text) is not None:
        return Format.HTML
    if text.lstrip()[:1] in {b"[", b"{"} and find_list(text) is not None:
        return Format.JSON_LIST
    if _starts_with_record(text):
        return Format.JSON_LINES
    return _detect_xml(text, suffix) or _detect_by_name(text, suffix, is_whole=len(sample) < SAMPLE_BYTE_COUNT)


def _detect_by_name(text: bytes, suffix: str, *, is_whole: bool) -> Format:
    """Return the format that a name says of a text, and plain text or a list of addresses when it says nothing.

    Raises:
        RejectedDocumentError: unsupported_format.
    """
    by_name = _SUFFIX_FORMATS.get(suffix)
    if by_name is not None:
        return Format.JSON_LIST if by_name is Format.JSON and text.lstrip().startswith(b"[") else by_name
    if suffix in _OTHER_SUFFIXES:
        raise RejectedDocumentError("unsupported_format", f"{_OTHER_SUFFIXES[suffix]} ({suffix})")
    if _NINJS_KEY.match(text) is not None:
        return Format.JSON
    return Format.URL_LIST if is_url_list(text, is_whole=is_whole) else Format.TEXT


def detect_xml_root(text: str, *, skips_junk: bool = True) -> tuple[Prologue, Format | None]:
    """Return the prologue of an XML document and the format its root says it is in, None when no reader knows that.

    Args:
        text: Its start.
        skips_junk: Whether text before a feed or sitemap is skipped.

    Raises:
        RejectedDocumentError: bad_feed, when a document type declaration has no end.
    """
    prologue = read_prologue(text, skips_junk=skips_junk)
    name = prologue.local_name.lower()
    if name in SITEMAP_ROOTS:
        return prologue, Format.SITEMAP
    if name in FEED_ROOTS and (name != "rdf" or _FEED_PART.search(text, prologue.start) is not None):
        return prologue, Format.FEED
    return prologue, Format.WIRE if prologue.local_name in WIRE_ROOTS else None


def _detect_xml(text: bytes, suffix: str) -> Format | None:
    """Return the format of an XML document; None for what does not begin as one.

    What says by its name that it is text or something else may be about XML, and is not searched for it.

    Raises:
        RejectedDocumentError: unsupported_format; bad_feed, when a document type declaration has no end.
    """
    skips_junk = suffix != ".txt" and suffix not in _SUFFIX_FORMATS
    prologue, form = detect_xml_root(text.decode("utf-8", "replace"), skips_junk=skips_junk)
    if form is None and prologue.root and (prologue.has_declaration or suffix in _XML_SUFFIXES):
        raise RejectedDocumentError("unsupported_format", f"XML of a kind no reader knows: {prologue.root[:40]}")
    return form


def _refuse_known_kinds(sample: bytes) -> None:
    """Refuse what its first bytes say is no text."""
    kind = next((words for magic, words in _MAGIC if sample.startswith(magic)), None)
    if sample[_DUCKDB_MAGIC] == b"DUCK":
        kind = "a DuckDB database"
    if BZIP2_START.match(sample) is not None:
        kind = "bzip2 inside another compression"
    if kind is not None:
        raise RejectedDocumentError("unsupported_format", kind)


def _detect_container(sample: bytes) -> Format | None:
    """Return the format of a file that holds files or rows in a binary form; None when it is none.

    Raises:
        RejectedDocumentError: unsupported_format, for a document that is a zip archive inside.
    """
    if sample.startswith(_PARQUET_MAGIC):
        return Format.PARQUET
    if sample.startswith(_WARC_MAGICS):
        return Format.WARC
    if sample[_TAR_MAGIC] == b"ustar":
        return Format.TAR
    if not sample.startswith(_ZIP_MAGIC):
        return None
    if sample[_ZIP_NAME].startswith(_OFFICE_NAMES):
        raise RejectedDocumentError("unsupported_format", "a document of an office program, an e-book or a program")
    return Format.ZIP


def _to_utf8(sample: bytes) -> bytes:
    """Return the sample as UTF-8 without a byte order mark, whatever Unicode encoding it is in."""
    wide = find_wide_encoding(sample)
    text = sample if wide is None else sample.decode(wide, "ignore").encode()
    return text.removeprefix(b"\xef\xbb\xbf")


def _starts_with_record(text: bytes) -> bool:
    """Return whether the first line is a JSON object, or begins like one when it is longer than the sample."""
    if _RECORD_START.match(text) is None:
        return False
    line, line_end, _ = text.lstrip().partition(b"\n")
    if not line_end and len(text) >= SAMPLE_BYTE_COUNT // 2:
        return True
    try:
        return isinstance(orjson.loads(line.decode("utf-8", "replace")), dict)
    except orjson.JSONDecodeError:
        return False
