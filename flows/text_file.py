"""Changes a text file that people keep, as a whole: written aside, forced to the disk, renamed into place."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.errors import DatelineError


def replace_text(
    path: Path, text: str, *, before: str, read: Callable[[Path], str], error_type: type[DatelineError]
) -> None:
    """Put a text in the place of a file.

    Args:
        path: The file; a link is followed. It is made when it is missing.
        text: What it will hold.
        before: What it held when it was read, "" when it was not there.
        read: Reads it again, as it was read.
        error_type: What to raise.

    Raises:
        DatelineError: Of the type given: it was changed by somebody else meanwhile, or cannot be written.
    """
    try:
        target = path.resolve()
        temporary = target.parent / f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp"
        with _removing(temporary):
            _write_bytes(temporary, text.encode())
            if target.exists():
                shutil.copymode(target, temporary)
            if read(target) != before:
                raise error_type(f"{path} was changed meanwhile: nothing is written, run the command again")
            temporary.replace(target)
    except OSError as error:
        raise error_type(f"cannot write {path}: {error.strerror}") from error


@contextmanager
def _removing(path: Path) -> Iterator[None]:
    """Remove a temporary file whatever happens; it is gone when it got its final name."""
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()


def _write_bytes(path: Path, payload: bytes) -> None:
    """Write a new file and wait until it is on the disk."""
    with path.open("xb") as file:
        file.write(payload)
        file.flush()
        os.fsync(file.fileno())
