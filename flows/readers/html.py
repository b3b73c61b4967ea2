"""HTML: a page is a document, its folder the outlet. What is article and what is not is told later."""

from collections.abc import Iterator

from flows.readers.found import FoundFile, Provenance, RawDocument
from flows.readers.text import join_chunks

MEDIA_TYPE = "text/html"


def read_html(chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int) -> Iterator[RawDocument]:
    """Yield the one document of an HTML file.

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
