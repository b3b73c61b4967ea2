"""Plain text: a file is a document, its folder the outlet."""

from collections.abc import Iterator

from flows.readers.found import FoundFile, Provenance, RawDocument
from transforms.rejects import RejectedDocumentError

MEDIA_TYPE = "text/plain"


def read_text(chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int) -> Iterator[RawDocument]:
    """Yield the one document of a text file.

    Args:
        chunks: The content.
        found: The file.
        source: The outlet; None for the name of the folder.
        limit: Bytes.

    Raises:
        RejectedDocumentError: too_large, truncated.
    """
    provenance = Provenance(found, MEDIA_TYPE, found.folder_name if source is None else source)
    yield provenance.make_document(join_chunks(chunks, limit=limit))


def join_chunks(chunks: Iterator[bytes], *, limit: int) -> bytes:
    """Return all bytes of a file that is one document.

    Raises:
        RejectedDocumentError: too_large, as soon as the limit is passed; truncated.
    """
    taken: list[bytes] = []
    byte_count = 0
    for chunk in chunks:
        byte_count += len(chunk)
        if byte_count > limit:
            raise RejectedDocumentError("too_large", f"more than {limit:,} bytes")
        taken.append(chunk)
    return b"".join(taken)
