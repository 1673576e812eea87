"""Messages about failures: missing libraries, and defects of the program, with a report of them."""

from __future__ import annotations

import errno
import os
import platform
import re
import shutil
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

from book import __version__
from book.cli.streams import STANDARD_OUTPUT
from book.problems.limits import memory_hint
from book.store.temporary import system_folder

_PANGO = {
    "debian": "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1",
    "fedora": "dnf install pango harfbuzz fontconfig",
    "arch": "pacman -S pango harfbuzz fontconfig",
    "alpine": "apk add pango harfbuzz fontconfig",
    "suse": "zypper install libpango-1_0-0 libharfbuzz-subset0 fontconfig",
    "macos": "brew install pango",
    "windows": "install MSYS2, then in its shell: pacman -S mingw-w64-x86_64-pango",
}
"""What brings Pango, by system."""
_KIN = {"ubuntu": "debian", "rhel": "fedora", "centos": "fedora", "manjaro": "arch", "opensuse": "suse", "sles": "suse"}
"""Systems that have the packages of another."""
_REMOTE = re.compile(r'^ *File "[^"]+", line \d+, in .+$', re.MULTILINE)


_REMEDIES = {
    errno.ENOSPC: "free some space on that disk, or write to another with --output; the last editions are as they were",
    errno.EDQUOT: "your share of that disk is used up: free some space, or write to another with --output",
    errno.EROFS: "that disk can only be read: write to another with --output",
    errno.EACCES: "see who may write there (ls -ld), or write to another folder with --output",
    errno.EPERM: "see who may write there (ls -ld), or write to another folder with --output",
    errno.EMFILE: "the system lets this process open few files: raise the number (ulimit -n 1024), or use --jobs 1",
    errno.ENFILE: "too many files are open on this machine: close some programs, or use --jobs 1",
    errno.EFBIG: "the system lets this process write small files only: raise the limit (ulimit -f unlimited)",
    errno.ENAMETOOLONG: "shorten that name",
}
"""What to do about failures of the system, by number (errno)."""


def system_message(failure: OSError) -> str:
    """A failure of the system in words: the path, what is wrong, and on a second line what to do, if that is known."""
    if failure.errno is None or failure.strerror is None:
        return f"{failure}{library_hint(failure)}"
    if failure.errno == errno.ENOENT and not failure.filename and not _has_current_folder():
        return "the current folder is not there any more\n  hint: change to another one"
    place = failure.filename or _temporary_folder(failure)
    where = f"{place}: " if place else ""
    remedy = memory_hint() if failure.errno == errno.ENOMEM else _REMEDIES.get(failure.errno)
    if place == STANDARD_OUTPUT:
        remedy = _PRINTING
    return f"{where}{failure.strerror}" + (f"\n  hint: {remedy}" if remedy else library_hint(failure))


_PRINTING = "what stands after > takes no more: free some space there, or write to another file"


def _temporary_folder(failure: OSError) -> str:
    """The folder for temporary files, if a failure names no file and must have arisen there: all others are named."""
    folder = system_folder()
    if failure.errno == errno.EFBIG:
        return str(folder)
    if failure.errno not in (errno.ENOSPC, errno.EDQUOT):
        return ""
    try:
        return str(folder) if shutil.disk_usage(folder).free < _LITTLE else ""
    except OSError:
        return str(folder)


def _has_current_folder() -> bool:
    """Whether the folder that the command was called in is still there."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return False
    return True


_LITTLE = 1 << 20
"""Bytes that are too few for anything."""


def missing_package(failure: BaseException) -> str:
    """What to do where a package that this one depends on is not installed; empty for any other failure."""
    if not isinstance(failure, ModuleNotFoundError):
        return ""
    package = (failure.name or "book").partition(".")[0]
    if package == "book":  # a module of our own: a defect
        return ""
    return (
        f'a package that florilegium {__version__} depends on is not installed: no module "{package}"'
        "\n  hint: install florilegium again in this environment; in a checkout, make book does"
    )


def library_hint(failure: OSError, system: str | None = None) -> str:
    """A hint for a missing system library, on a line of its own; empty for any other failure.

    Args:
        failure: What was raised.
        system: The system, a key of the packages; by default that of this machine.
    """
    if "cannot load library" not in str(failure):
        return ""
    system = system or _system()
    if system in _PANGO:
        return f"\n  hint: Pango is missing, which sets text in lines: {_PANGO[system]}"
    ways = "".join(f"\n    {name}: {way}" for name, way in _PANGO.items())
    return f"\n  hint: Pango is missing, which sets text in lines:{ways}"


def _system() -> str:
    """The system of this machine as the packages name it; its own name, or nothing, where none has."""
    if sys.platform in ("darwin", "win32"):
        return "macos" if sys.platform == "darwin" else "windows"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ""
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    return next((_KIN.get(name, name) for name in names if _KIN.get(name, name) in _PANGO), "")


def write_report(failures: Iterable[BaseException], command: str, *, with_text: bool) -> Path | None:
    """Write a report of defects; return its path, or None if it cannot be written.

    It contains versions, the command, and where in the program each failure arose. A failure's message, which may
    contain text of the book, is included only `with_text`. The folder is the state folder of the XDG base directories,
    else that for temporary files.
    """
    text = "\n".join(_report(failures, command, with_text=with_text)) + "\n"
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    name = f"report-{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}.txt"
    for folder in (Path(state) / "florilegium", system_folder()):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(folder / name, "x", encoding="utf-8", errors="backslashreplace", opener=_for_the_user) as file:
                file.write(text)
        except OSError:
            continue
        return folder / name
    return None


def _for_the_user(path: str, flags: int) -> int:
    """Open a file that only this user can read."""
    return os.open(path, flags, 0o600)


def _report(failures: Iterable[BaseException], command: str, *, with_text: bool) -> Iterator[str]:
    """The lines of a report."""
    yield f"florilegium {__version__}, Python {platform.python_version()}, {platform.platform()}"
    yield ", ".join(_versions())
    yield f"command: {command}"
    for failure in failures:
        yield ""
        yield from _frames(failure, with_text=with_text)


def _versions() -> list[str]:
    """The libraries that the program needs, with their versions."""
    from importlib.metadata import PackageNotFoundError, requires, version

    found = []
    for requirement in requires("florilegium") or ():
        name = re.match(r"[\w.-]+", requirement)
        if name and "extra ==" not in requirement:
            try:
                found.append(f"{name[0]} {version(name[0])}")
            except PackageNotFoundError:
                found.append(f"{name[0]} missing")
    return found


def _frames(failure: BaseException, *, with_text: bool) -> Iterator[str]:
    """A failure and what caused it, the first cause first: the places in the program that it came through."""
    for one in _chain(failure):
        said = f": {one}" if with_text else ""
        if type(one).__name__ == "_RemoteTraceback":  # the frames of another process, as text
            yield from ("in a worker:", *_REMOTE.findall(str(one)))
            continue
        yield f"{type(one).__module__}.{type(one).__qualname__}{said}"
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"


def _chain(failure: BaseException) -> list[BaseException]:
    """A failure behind its causes."""
    found = [failure]
    while (cause := found[0].__cause__ or found[0].__context__) is not None and cause not in found:
        found.insert(0, cause)
    return found


def _short(path: str) -> str:
    """The path of a module without the folder it is installed in, which may name a person."""
    for folder in sorted(sys.path, key=len, reverse=True):
        if folder and path.startswith(f"{folder}{os.sep}"):
            return path[len(folder) + 1 :]
    return Path(path).name
