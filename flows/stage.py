"""Stage files: Parquet that is written once, whole or not at all, and read back by the next step.

A file gets its name only when it is complete and on the disk, so whatever has the name can be trusted after a crash.
"""

import logging
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import PanicException, PolarsError

from flows.errors import StageError

LOGGER = logging.getLogger(__name__)

_TEMPORARY_NAME: Final = re.compile(r"\..+\.(?P<pid>[0-9]+)-[0-9a-f]+\.tmp")


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Write a frame to path, atomically, compressed with zstd; the folder is made when it is missing.

    Args:
        frame: Any columns.
        path: The final name; a file that has it is replaced.

    Raises:
        StageError: The disk is full, the folder cannot be written.
    """
    content = BytesIO()  # polars says of a disk that is full what it likes, such as "Invalid thrift"
    frame.write_parquet(content, compression="zstd")
    write_bytes(content.getbuffer(), path)


def copy_file(source: Path, path: Path) -> None:
    """Copy a file, atomically; the folder is made when it is missing.

    Args:
        source: What to copy.
        path: The final name; a file that has it is replaced.

    Raises:
        StageError: The disk is full, the folder cannot be written, the source cannot be read.
    """
    with _written_aside(path) as temporary:
        shutil.copyfile(source, temporary)


def write_bytes(content: bytes | memoryview, path: Path) -> None:
    """Write a file as it is, atomically; the folder is made when it is missing.

    Args:
        content: All of it.
        path: The final name; a file that has it is replaced.

    Raises:
        StageError: The disk is full, the folder cannot be written.
    """
    with _written_aside(path) as temporary, temporary.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_bytes(path: Path) -> bytes:
    """Return a stage file as it is, to be handed on.

    Raises:
        StageError: It is missing, or cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise StageError(f"cannot read {path}: {_describe(error)}; run again") from error


@contextmanager
def _written_aside(path: Path) -> Iterator[Path]:
    """Give a name to write to, and move what is there to its final name when the block ends well.

    Raises:
        StageError: The disk is full, the folder cannot be written.
    """
    temporary = path.parent / f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise StageError(f"cannot write {path}: {_describe(error)}; make room or mend it, then run again") from error
    finally:
        _remove_quietly(temporary)


def read_parquet(
    path: Path, columns: Sequence[str] | None = None, *, advice: str = "delete the file and run again"
) -> pl.DataFrame:
    """Return the frame in path.

    Args:
        path: A file that ``write_parquet`` made.
        columns: Those that are needed; None for all.
        advice: What to do when it is damaged; that of a stage file, which can be made again.

    Raises:
        StageError: The file is missing, damaged, or has not the columns.
    """
    try:
        return pl.read_parquet(path, columns=None if columns is None else list(columns), glob=False)
    except (OSError, PolarsError, PanicException) as error:  # polars panics at some kinds of damage
        raise StageError(f"cannot read {path}: {_describe(error)}; {advice}") from error


def locate_chunk_file(folder: Path, chunk_id: str) -> Path:
    """Return where the stage file of a chunk is in a folder of one kind of them."""
    return folder / chunk_id[:2] / f"{chunk_id}.parquet"


def read_first_rows(paths: Sequence[Path], columns: Sequence[str], *, advice: str) -> pl.DataFrame:
    """Return the first row of each file, with its path in the column ``path``; much faster than one file at a time.

    Args:
        paths: Files that ``write_parquet`` made, of the same columns.
        columns: Those that are needed, of text or times.
        advice: What to do when one is damaged.

    Raises:
        StageError: A file is damaged.
    """
    if not paths:
        return pl.DataFrame(schema=dict.fromkeys(("path", *columns), pl.String))
    try:
        rows = pl.scan_parquet(list(paths), include_file_paths="path", glob=False).select("path", *columns)
        first: pl.DataFrame = rows.group_by("path", maintain_order=True).first().collect()
    except (OSError, PolarsError, PanicException) as error:
        raise StageError(f"cannot read {paths[0].parent.parent}: {_describe(error)}; {advice}") from error
    return first


def remove_leftovers(folder: Path) -> int:
    """Remove the unfinished files that dead processes left anywhere under folder; return how many.

    Files of processes that still run are left alone, and so is whatever has another kind of name.
    """
    count = 0
    for temporary in folder.rglob(".*.tmp"):
        match = _TEMPORARY_NAME.fullmatch(temporary.name)
        if match is not None and not _is_alive(int(match["pid"])) and _remove_quietly(temporary):
            count += 1
    if count:
        LOGGER.info("removed %d unfinished files under %s", count, folder)
    return count


def _is_alive(pid: int) -> bool:
    """Return whether a process with this id runs, be it ours or someone else's."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _remove_quietly(path: Path) -> bool:
    """Remove a file; return whether that was done. What cannot be removed now is a leftover of the next run."""
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _describe(error: BaseException) -> str:
    """Return the cause on one line: the system's word, else the first line of the library's."""
    if isinstance(error, OSError) and error.strerror is not None:
        return error.strerror
    return str(error).partition("\n")[0]
