"""From the paths a user gives to the files to read, in an order that depends on their names alone.

A folder is walked with all folders in it. Skipped and not counted are hidden files and folders (``.git``), what
programs leave behind (``Thumbs.db``, ``notes~``), and what a warehouse keeps in its home; a path that is given by name
is read whatever its name. A file that is reached twice, by a link or by overlapping paths, is read once. Links are
followed; one that leads back into a folder above it is refused, and so are pipes, sockets and devices, which are never
opened.
"""

import errno
import logging
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from flows.errors import UsageError
from flows.home import Home
from flows.readers.found import FoundFile, Refusal, to_text

LOGGER = logging.getLogger(__name__)

_JUNK_NAMES: Final = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_SPECIAL_KINDS: Final = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class _Visit(NamedTuple):
    """A path to look at.

    Attributes:
        path: Absolute, links not resolved.
        base: What its external id is relative to.
        above: The folders on the way to it, links resolved.
    """

    path: Path
    base: Path
    above: tuple[Path, ...]


def require_paths(paths: Sequence[Path]) -> None:
    """Check that there is something at each path, before anything is read.

    A path that is there and cannot be read passes: it becomes a refused document.

    Raises:
        UsageError: There is nothing at a path.
    """
    missing = [_quote(path) for path in paths if _is_missing(path)]
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}")


def count_bytes(paths: Sequence[Path]) -> int:
    """Return the bytes on disk of all files under paths, compressed as they are: what a progress bar counts to."""
    return sum(found.size for found in walk_paths(paths) if isinstance(found, FoundFile))


def walk_paths(paths: Sequence[Path]) -> Iterator[FoundFile | Refusal]:
    """Yield the files under paths, sorted by name folder for folder, and a refusal for what cannot be reached.

    Args:
        paths: Files and folders. Their order does not matter: a folder comes before what is given inside it.
    """
    seen: set[Path] = set()
    roots = {_make_absolute(path) for path in paths}
    for root in sorted(roots, key=lambda path: (len(path.parts), path.parts)):
        # The id of a file given alone has its folder's name too, as if the folder had been given.
        base = root.parent if _is_folder(root) else root.parent.parent
        yield from _walk(_Visit(root, base, ()), seen)


def _walk(root: _Visit, seen: set[Path]) -> Iterator[FoundFile | Refusal]:
    """Yield what is at or under one path, except what was seen before."""
    pending = [root]  # a stack and not recursion: folders may be nested deeper than Python's stack
    while pending:
        visit = pending.pop()
        try:
            status, real = _look_up(visit)
            if stat.S_ISDIR(status.st_mode) and any(folder.is_relative_to(real) for folder in visit.above):
                yield _refuse(visit, "symlink_loop", f"a link to {to_text(str(real))}, which it is in")
                continue
            if real in seen:
                LOGGER.info("%s is read once, though it is reached twice", visit.path)
                continue
            seen.add(real)
            if stat.S_ISDIR(status.st_mode):
                pending.extend(_list_folder(visit, real))
            else:
                yield _accept(visit, status)
        except OSError as error:
            yield _refuse_unreadable(visit, error)


def _look_up(visit: _Visit) -> tuple[os.stat_result, Path]:
    """Return the status of what a path leads to, and where that really is."""
    status = visit.path.lstat()
    if visit.above and not stat.S_ISLNK(status.st_mode):
        return status, visit.above[-1] / visit.path.name
    return visit.path.stat(), Path(os.path.realpath(visit.path))


def _list_folder(visit: _Visit, real: Path) -> Iterator[_Visit]:
    """Yield what is in a folder, last name first: it is taken from the end."""
    above = (*visit.above, real)
    paths = sorted(visit.path.iterdir(), reverse=True)
    home = Home(visit.path) if Home(visit.path).lock_path in paths else None
    for path in paths:
        if is_junk(path.name) or (home is not None and home.owns(path)):
            LOGGER.info("%s is skipped", path)
        else:
            yield _Visit(path, visit.base, above)


def is_junk(name: str) -> bool:
    """Tell whether a file or folder of this name is skipped: hidden, or left behind by a program."""
    return name.startswith(".") or name.endswith("~") or name in _JUNK_NAMES


def _accept(visit: _Visit, status: os.stat_result) -> FoundFile | Refusal:
    """Return the file, or its refusal when it is something else than a file."""
    if not stat.S_ISREG(status.st_mode):
        kind = next((words for is_kind, words in _SPECIAL_KINDS if is_kind(status.st_mode)), "no regular file")
        return _refuse(visit, "unsupported_format", kind)
    return FoundFile(
        path=visit.path,
        external_id=_get_external_id(visit),
        size=status.st_size,
        modified_us=status.st_mtime_ns // 1000,
    )


def _refuse_unreadable(visit: _Visit, error: OSError) -> Refusal:
    """Return the refusal of what the system does not let us see."""
    if error.errno == errno.ELOOP:
        return _refuse(visit, "symlink_loop", "links that lead to each other")
    if isinstance(error, FileNotFoundError) and visit.path.is_symlink():
        return _refuse(visit, "unreadable", f"a link to {to_text(str(visit.path.readlink()))}, where nothing is")
    return _refuse(visit, "unreadable", error.strerror or str(error))


def _refuse(visit: _Visit, reason: str, detail: str) -> Refusal:
    """Return a refusal of a path."""
    return Refusal(visit.path.as_uri(), _get_external_id(visit), None, reason, detail)


def _get_external_id(visit: _Visit) -> str:
    """Return the path relative to the base, the same on every system."""
    return to_text(visit.path.relative_to(visit.base).as_posix())


def _make_absolute(path: Path) -> Path:
    """Return an absolute path without ``..``; links stay, their names are what the user sees."""
    absolute = path.absolute()
    return absolute.resolve() if ".." in absolute.parts else absolute


def _is_folder(path: Path) -> bool:
    """Return whether path is a folder or a link to one, as far as we may look."""
    try:
        return path.is_dir()
    except PermissionError:
        return False


def _quote(path: Path) -> str:
    """Return a path for a message of one line: what cannot be printed, a line end say, is written out."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in str(path))


def _is_missing(path: Path) -> bool:
    """Return whether nothing is at path, as far as we may look."""
    try:
        path.stat()
    except PermissionError:
        return False
    except OSError as error:
        return error.errno != errno.ELOOP
    return False
