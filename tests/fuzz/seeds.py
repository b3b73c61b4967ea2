"""A whole file of every format that a reader knows, to be damaged: the samples of the tests, and the articles."""

import bz2
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from tests.flows.test_readers_feed import ATOM, CDF, JSON_FEED, RDF, RSS
from tests.flows.test_readers_sitemap import INDEX, NEWS, SITEMAP
from tests.flows.test_readers_url_list import LIST
from tests.flows.test_readers_warc import ARC, PAGE, Archive
from tests.flows.test_readers_wire import HTML, NITF, make_item, make_message

ARTICLES: Final = Path(__file__).parents[2] / "seeds" / "articles"

TEXT: Final = (
    "Ferry service to Skarholm resumes\n\nThe ferry from Oakhaven sailed again on Thursday after nine days of storm, "
    "said Ada Poe, who runs the harbour. “We waited long enough,” she said.\n\nFares stay as they are until May.\n"
)
RECORD: Final = {
    "id": 7,
    "url": "https://quay.example/ferry?id=7",
    "source": "The Quay",
    "published": "2024-02-08T10:00:00+01:00",
    "title": "Ferry service to Skarholm resumes",
    "author": ["Ada Poe", "Bo Low"],
    "text": TEXT,
}
NINJS: Final = {
    "uri": "urn:quay:7",
    "versioncreated": "2024-02-08T10:00:00Z",
    "headlines": [{"role": "main", "value": "Ferry service resumes"}],
    "bodies": [{"role": "main", "contentType": "text/html", "value": f"<p>{TEXT}</p>"}],
    "infosources": [{"role": "author", "name": "Ada Poe"}],
}
PAGE_WITH_METADATA: Final = f"""<!DOCTYPE html><html lang="en"><head>
<meta charset="utf-8"><title>Ferry | The Quay</title>
<link rel="canonical" href="https://quay.example/ferry"><meta property="og:site_name" content="The Quay">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "Ferry service resumes",
"author": [{{"name": "Ada Poe"}}], "datePublished": "2024-02-08T10:00:00Z"}}]}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry service resumes</h1><time datetime="2024-02-08">Thursday</time>
<p>{TEXT}</p><blockquote><p>We waited.</p></blockquote><ul><li>One</li></ul></article></body></html>"""
ROBOTS: Final = b"""# The Quay
User-agent: *
Disallow: /private/*?id=
Allow: /private/a$
Crawl-delay: 2.5
Request-rate: 1/5s 0900-1700
Visit-time: 0900-1700
User-agent: Dateline
Disallow: /%7Eada/
Sitemap: https://quay.example/sitemap.xml
"""

Packer = Callable[[str, bytes], bytes]
"""Name and content of a file -> it packed."""


def make_seeds() -> dict[str, bytes]:
    """Return a name -> the bytes of a whole file, for all that is not packed, and archives with all of that."""
    seeds = {
        "news.txt": TEXT.encode(),
        "latin.txt": (TEXT.replace("“", "«").replace("”", "»") + "Café, crème, Þór.\n").encode("cp1252"),
        "wide.txt": TEXT.encode("utf-16"),
        "page.html": PAGE_WITH_METADATA.encode(),
        "latin.html": PAGE_WITH_METADATA.replace("utf-8", "iso-8859-1").encode("cp1252", "replace"),
        "quay.jsonl": _join_lines([RECORD, {**RECORD, "id": "8", "text": None, "html": f"<p>{TEXT}</p>"}]),
        "article.json": json.dumps(RECORD, indent=1).encode(),
        "list.json": json.dumps([RECORD, {**RECORD, "id": "8"}]).encode(),
        "answer.json": json.dumps({"status": "ok", "articles": [RECORD, {"title": "Empty"}]}).encode(),
        "gull.ninjs": json.dumps(NINJS, indent=1).encode(),
        "feed.json": json.dumps(JSON_FEED).encode(),
        "table.csv": _make_csv(","),
        "table.tsv": _make_csv("\t"),
        "table.parquet": _make_parquet("snappy"),
        "plain.parquet": _make_parquet("none"),
        "rss.xml": RSS.replace("Rain fell in Oakhaven.", TEXT).encode(),
        "atom.xml": ATOM.encode(),
        "rdf.xml": RDF.encode(),
        "cdf.xml": CDF.encode(),
        "sitemap.xml": SITEMAP.encode(),
        "news_sitemap.xml": NEWS.encode(),
        "index.xml": INDEX.encode(),
        "urls.txt": LIST,
        "crawl.warc": _make_archive().content,
        "crawl.warc.gz": _make_archive(packed=True).content,
        "crawl.arc": ARC,
        "message.xml": make_message(make_item(HTML), make_item(NITF, guid="urn:2")).encode(),
        "newsml.xml": make_item(HTML).encode(),
        "nitf.xml": NITF.encode(),
        "robots.txt": ROBOTS,
    }
    articles = {f"articles/{path.name}": path.read_bytes() for path in sorted(ARTICLES.rglob("*")) if path.is_file()}
    seeds = {**articles, **seeds}
    return {**seeds, "all.zip": make_zip(seeds.items()), "all.tar": make_tar(seeds.items())}


def read_corpus(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder, each name with that of the folder; those above a megabyte are left out."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size <= 1 << 20)
    return {f"{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths}


def make_zip(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return files as a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(f"quay.example/{name}"), content)
    return packed.getvalue()


def make_tar(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return files as a tar archive."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files:
            info = tarfile.TarInfo(f"quay.example/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


PACKERS: Final[Mapping[str, Packer]] = {
    ".gz": lambda _, content: gzip.compress(content, mtime=0),
    ".bz2": lambda _, content: bz2.compress(content),
    ".zst": lambda _, content: pa.Codec("zstd").compress(content, asbytes=True),
    ".zip": lambda name, content: make_zip([(name, content)]),
    ".tar": lambda name, content: make_tar([(name, content)]),
    ".tar.gz": lambda name, content: gzip.compress(make_tar([(name, content)]), mtime=0),
}
"""What packing adds to a name -> how it is done."""


def _join_lines(records: Iterable[object]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def _make_csv(delimiter: str) -> bytes:
    rows = [["id", "title", "text", "published"], *(["7", "Ferry", f'"{TEXT}"', "2024-02-08"] for _ in range(3))]
    return "".join(f"{delimiter.join(row)}\n" for row in rows).encode()


def _make_parquet(compression: str) -> bytes:
    columns = {
        "id": pa.array([7, 8], pa.int64()),
        "text": [TEXT, TEXT.upper()],
        "published": pa.array([1707382800000, None], pa.timestamp("ms", "UTC")),
        "authors": [["Ada Poe"], []],
        "extra": [{"a": 1, "b": b"\xff"}, None],
    }
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression=compression)
    return file.getvalue()


def _make_archive(*, packed: bool = False) -> Archive:
    """Return a WARC file with pages as servers send them: plain, packed, in pieces."""
    html = ("Content-Type", "text/html; charset=utf-8")
    pieces = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    archive = Archive(packed=packed).add(PAGE_WITH_METADATA.encode(), headers=(html,))
    archive.add(gzip.compress(PAGE, mtime=0), headers=(html, ("Content-Encoding", "gzip")))
    archive.add(pieces, headers=(html, ("Transfer-Encoding", "chunked")))
    archive.add(b"gone", status="HTTP/1.1 404 Not Found")
    return archive.add(TEXT.encode(), kind="resource", headers=(("Content-Type", "text/plain"),))
