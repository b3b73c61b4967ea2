"""Archives: what a zip or tar holds is read as if it lay in a folder of the archive's name."""

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from flows.readers.chunks import ChunkFile, read_chunks
from flows.readers.found import FoundFile, Refusal, refuse, to_text
from flows.readers.walk import is_junk
from transforms.rejects import RejectedDocumentError

Member = tuple[FoundFile, Iterator[bytes]]

_DAMAGE: Final = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, OSError),
    UnicodeDecodeError,  # a name that says it is UTF-8 and is not
)
_ENCRYPTED: Final = 0x1  # general purpose bit 0, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.4.4


def read_zip(found: FoundFile) -> Iterator[Member | Refusal]:
    """Yield the files in a zip archive, each with its bytes, and a refusal for each that cannot be read.

    Raises:
        RejectedDocumentError: truncated, when the archive's directory cannot be read.
    """
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(stack.enter_context(found.open())))
        except _DAMAGE as error:
            raise RejectedDocumentError("truncated", f"not a whole zip archive: {error}") from error
        for info in archive.infolist():
            member = _name_member(found, info.filename, info.file_size)
            if member is None or info.is_dir():  # in this order: the library fails for a name of no characters
                continue
            if info.flag_bits & _ENCRYPTED:
                yield refuse(member, "unreadable", "encrypted")
            else:
                yield member, _guard(_open_zip(archive, info))


def read_tar(chunks: Iterator[bytes], found: FoundFile) -> Iterator[Member | Refusal]:
    """Yield the files in a tar archive, each with its bytes, which must be read before the next file is asked for.

    Args:
        chunks: The archive, unpacked.
        found: The file it is in.

    Raises:
        RejectedDocumentError: truncated, once the files before the damage have been yielded.
    """
    try:
        with tarfile.open(fileobj=ChunkFile(chunks), mode="r|") as archive:
            for info in archive:
                member = _name_member(found, info.name, info.size)
                file = archive.extractfile(info) if info.isreg() and member is not None else None
                if file is not None and member is not None:
                    yield member, _guard(read_chunks(file))
    except tarfile.TarError as error:
        raise RejectedDocumentError("truncated", f"the archive ends early or is damaged: {error}") from error


def _open_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as file:
        yield from read_chunks(file)


def _guard(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file in an archive; what is wrong with the archive is wrong with it.

    Raises:
        RejectedDocumentError: truncated.
    """
    try:
        yield from chunks
    except _DAMAGE as error:
        raise RejectedDocumentError("truncated", f"damaged in the archive: {error}") from error


def _name_member(found: FoundFile, name: str, size: int) -> FoundFile | None:
    """Return a file in an archive as one in a folder; None for what is skipped in folders.

    A name is only a name: ".." and a slash in front lead nowhere.
    """
    parts = [to_text(part) for part in PurePosixPath(name.replace("\\", "/")).parts if part not in {"/", "..", "."}]
    if not parts or any(is_junk(part) for part in parts):
        return None
    external_id = "/".join((found.external_id, *parts))
    return replace(found, path=found.path.joinpath(*parts), external_id=external_id, size=size)
