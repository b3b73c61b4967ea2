"""Readers: bytes on disk become raw documents, one file a source format. Nothing is parsed beyond splitting lines."""

from flows.readers.batches import ReadBatch, read_paths
from flows.readers.walk import count_bytes, require_paths

__all__ = ["ReadBatch", "count_bytes", "read_paths", "require_paths"]
