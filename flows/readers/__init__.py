"""Readers: bytes on disk become raw documents, one file a source format.

Most split and parse nothing; of what lists or wraps articles, feeds and wire copy, they make the records it holds.
"""

from flows.readers.batches import ReadBatch, read_paths
from flows.readers.fetched_listing import parse_listing
from flows.readers.found import Link
from flows.readers.listing import Entry, Listing
from flows.readers.walk import count_bytes, require_paths

__all__ = ["Entry", "Link", "Listing", "ReadBatch", "count_bytes", "parse_listing", "read_paths", "require_paths"]
