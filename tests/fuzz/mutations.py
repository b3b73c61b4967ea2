"""Damage to files, as disks, programs and attackers do it. All randomness is in the generator handed in."""

import re
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from random import Random
from typing import Final

from tests.fuzz.seeds import PACKERS

MAX_BYTE_COUNT: Final = 1 << 19
"""Files are cut to this: the larger ones only take time."""

SUFFIXES: Final = (
    *"txt html htm xhtml jsonl ndjson json csv tsv parquet xml rss atom rdf warc arc warc.gz ninjs zip tar".split(),
    *"gz bz2 zst txt.gz css js bin".split(),
    "",
)
"""Of names, rightly or wrongly given."""

LIMITS: Final = (32 << 20, 32 << 20, 100_000, 3_000, 100)
"""Bytes that a document may have."""

_OF_ANY: Final = 0.5
_CUT_SHORT: Final = 0.1
_WRONG_NAME: Final = 0.2
_PACKED: Final = 0.35
_DAMAGED_PACK: Final = 0.5

_TOKENS: Final = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        *(
            "<",
            ">",
            "&",
            '"',
            "'",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?xml",
            "?>",
            "<?",
            "/>",
            "</",
            "&#0;",
            "&#x110000;",
        ),
        *("&#xD800;", "&amp", "&#99999999999999999999;", '<!DOCTYPE a [<!ENTITY b "cc">]>', "<!DOCTYPE html", "&b;"),
        *(
            "<script>",
            "</script>",
            "<style>",
            "<title>",
            "<plaintext>",
            "<svg>",
            "<math>",
            "<table>",
            "<base href='//['>",
        ),
        *("<rss>", "<feed>", "<urlset>", "<item>", "<entry>", "<nitf>", "<newsItem>", "<x:y>", "<p>", "</p>", "<br/>"),
        *(' xmlns="urn:x"', ' xmlns:a=""', ' xml:base="http://[::1"', ' encoding="utf-16"', ' encoding="iso-2022-jp"'),
        *(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "NaN",
            "-Infinity",
            "1e999",
            "-0",
            "1E400",
            '"\\ud800"',
            "\\u0000",
        ),
        *('{"a":', '"articles": [', '"items": [', '"id": 1.5,', '"text": "",', '"html": [],', '"url": "http://[",'),
        *(
            "\\",
            "\\x",
            "\\u12",
            "/*",
            "//",
            "#",
            "\r",
            "\n",
            "\r\n\r\n",
            "\n\n",
            "\t",
            ";",
            "|",
            '""',
            "\v",
            "\f",
            "\x85",
        ),
        *("HTTP/1.1 200 OK\r\n", "HTTP/1.1 999\r\n", "Content-Length: -1\r\n", "Content-Length: 99999999999999999\r\n"),
        *(
            "Content-Type: text/html; charset=utf-7\r\n",
            "Content-Encoding: br\r\n",
            "Content-Encoding: gzip, deflate\r\n",
        ),
        *(
            "Transfer-Encoding: chunked\r\n",
            "WARC/1.0\r\n",
            "WARC-Type: response\r\n",
            "WARC-Date: 0001-01-01T00:00+14:00\r\n",
        ),
        *(
            "ffffffff\r\n",
            "-1\r\n",
            " : \r\n",
            "charset=shift_jis",
            "charset=gb18030",
            "utf-8",
            "\x00",
            "\x1b$B",
            "\x1b(B",
        ),
        *("\ufeff", "\u2028", "\u200b", "\u202e", "\ufffe", "\U0001f600", "\ud83d", "e" + "\u0301" * 40, "ß", "İ", "ﬁ"),
        *(
            "http://",
            "https://quay.example/",
            "file:///etc/passwd",
            "//",
            "http://xn--",
            "http://a:99999/",
            "../../",
            "%00",
        ),
        *(
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00",
            "2024-02-30",
            "1e5",
            "20240208T",
            "-1-1-1",
            "12:60",
        ),
        *("User-agent: *\n", "Disallow: /", "Allow: *", "Crawl-delay: -1e9\n", "Crawl-delay: nan\n", "Sitemap: \n"),
        *("PK\x03\x04", "PAR1", "ustar", "BZh91AY&SY", "\x1f", "0" * 40, "9" * 5000, "a" * 3000, " " * 500),
    )
)
_MAGICS: Final = (
    b"\x1f\x8b\x08\x00",
    b"(\xb5/\xfd",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xff\xfe\0\0",
    b"\xef\xbb\xbf",
    b"\xff" * 9,
)
_NESTED: Final = (
    (b"[", b"]"),
    (b'{"a":', b"}"),
    (b"<div>", b"</div>"),
    (b"<a>", b""),
    (b"<item>", b"</item>"),
    (b"(", b")"),
)
_NUMBERS: Final = (
    0,
    1,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0xFFFF,
    0x7FFFFFFF,
    0xFFFFFFFF,
    1 << 62,
    (1 << 63) - 1,
    (1 << 64) - 1,
)
_WRITTEN_NUMBERS: Final = (b"0", b"-1", b"4294967296", b"18446744073709551616", b"1e308", b"9" * 400, b"007", b"0x7f")
_DIGITS: Final = re.compile(rb"\d+")
_ENCODINGS: Final = (
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-be",
    "utf-7",
    "cp1252",
    "iso2022_jp",
    "cp037",
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A damaged file and how it is read.

    Attributes:
        seed: The name of the file it was made from.
        packing: What was added to the name when it was packed; "" for nothing.
        name: Of the file.
        content: Its bytes.
        limit: Bytes of a document.
        batch_bytes: Bytes of a batch.
        source: The outlet; None to tell it from the name.
    """

    seed: str
    packing: str
    name: str
    content: bytes
    limit: int
    batch_bytes: int
    source: str | None


def make_case(seeds: Mapping[str, bytes], random: Random) -> Case:
    """Return a seed damaged, packed or not, and the damage again."""
    seed = _pick_seed(seeds, random)
    name, packing, content = PurePath(seed).name, "", mutate(seeds[seed], seeds, random)
    if random.random() < _PACKED:
        packing = random.choice(list(PACKERS))
        content = PACKERS[packing](name, content)
        content = mutate(content, seeds, random) if random.random() < _DAMAGED_PACK else content
    return Case(
        seed=seed,
        packing=packing,
        name=_misname(name, random) if random.random() < _WRONG_NAME else name + packing,
        content=content,
        limit=random.choice(LIMITS),
        batch_bytes=random.choice((500_000, 5_000)),
        source=random.choice((None, "quay.example")),
    )


def _pick_seed(seeds: Mapping[str, bytes], random: Random) -> str:
    """Return the name of a seed: half the time of any, else of any folder or kind, or large folders would be all."""
    if random.random() < _OF_ANY:
        return random.choice(list(seeds))
    kind = random.choice(list(dict.fromkeys(name.partition("/")[0] for name in seeds)))
    return random.choice([name for name in seeds if name.partition("/")[0] == kind])


def mutate(content: bytes, seeds: Mapping[str, bytes], random: Random) -> bytes:
    """Return bytes with one to six damages."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        content = random.choice(_MUTATIONS)(content, seeds, random)[:MAX_BYTE_COUNT]
    return content[: random.randrange(len(content) + 1)] if random.random() < _CUT_SHORT else content


def _misname(name: str, random: Random) -> str:
    """Return a name with an ending of another format, or one that is hard to write down."""
    stem = random.choice((PurePath(name).stem, "a b", "caf\udce9", "naïve", "x" * 200, "%41#?", ".hidden"))
    return f"{stem}.{random.choice(SUFFIXES)}"


def _pick_run(content: bytes, random: Random) -> tuple[int, int]:
    """Return the start and end of a run, short ones more often."""
    start = random.randrange(len(content) + 1)
    return start, min(len(content), start + random.choice((1, 2, 4, 16, 100, 1000, len(content))))


def _flip_bits(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    flipped = bytearray(content)
    for _number in range(random.choice((1, 2, 8, 40)) if content else 0):
        flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
    return bytes(flipped)


def _delete_run(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    start, end = _pick_run(content, random)
    return content[:start] + content[end:]


def _repeat_run(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    start, end = _pick_run(content, random)
    count = min(random.choice((1, 2, 30, 1000)), MAX_BYTE_COUNT // max(end - start, 1))
    return content[:start] + content[start:end] * count + content[start:]


def _move_run(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    start, end = _pick_run(content, random)
    return _insert(content[:start] + content[end:], content[start:end], random)


def _fill_run(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    start, end = _pick_run(content, random)
    filling = random.choice((b"\0", b"\xff", b" ", b"\n", b"\x80", random.randbytes(1)))
    return content[:start] + filling * (end - start) + content[end:]


def _insert_noise(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    return _insert(content, random.randbytes(random.choice((1, 3, 50, 400))), random)


def _insert_tokens(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    for token in random.choices(_TOKENS, k=random.choice((1, 1, 3, 12))):
        content = _insert(content, token * random.choice((1, 1, 1, 2, 200)), random)
    return content


def _insert_nesting(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    opening, closing = random.choice(_NESTED)
    count = random.choice((50, 150, 300, 2000, 30_000))
    start, end = _pick_run(content, random)
    return content[:start] + opening * count + content[start:end] + closing * count + content[end:]


def _splice(content: bytes, seeds: Mapping[str, bytes], random: Random) -> bytes:
    other = seeds[random.choice(list(seeds))]
    start, end = _pick_run(other, random)
    cut = random.choice((0, len(content), random.randrange(len(content) + 1)))
    return content[:cut] + other[start:end] + (b"" if random.random() < _DAMAGED_PACK else content[cut:])


def _change_number(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    """Return bytes with a written number changed: a length, a date, a reference."""
    found = list(_DIGITS.finditer(content, 0, 1 << 16))
    if not found:
        return content
    match = random.choice(found)
    return content[: match.start()] + random.choice(_WRITTEN_NUMBERS) + content[match.end() :]


def _change_field(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    """Return bytes with a binary number changed, near an end more often: there headers and footers are."""
    width, form = random.choice(((1, "B"), (2, "<H"), (4, "<I"), (4, ">I"), (8, "<Q")))
    ends = (random.randrange(40), len(content) - random.randrange(80), random.randrange(len(content) + 1))
    start = max(0, random.choice(ends))
    number = random.choice(_NUMBERS) % (1 << 8 * width)
    return content[:start] + struct.pack(form, number) + content[start + width :]


def _recode(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    return content.decode("utf-8", "replace").encode(random.choice(_ENCODINGS), "replace")


def _put_magic_in_front(content: bytes, _: Mapping[str, bytes], random: Random) -> bytes:
    return random.choice(_MAGICS) + content


def _insert(content: bytes, piece: bytes, random: Random) -> bytes:
    place = random.randrange(len(content) + 1)
    return content[:place] + piece + content[place:]


_MUTATIONS: Final[Sequence[Callable[[bytes, Mapping[str, bytes], Random], bytes]]] = (
    _flip_bits,
    _delete_run,
    _repeat_run,
    _move_run,
    _fill_run,
    _insert_noise,
    _insert_tokens,
    _insert_tokens,
    _insert_nesting,
    _splice,
    _change_number,
    _change_field,
    _recode,
    _put_magic_in_front,
)
