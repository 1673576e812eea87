"""Limits that the system sets for a process (ulimit, setrlimit): too low ones are told before anything is begun.

This module imports nothing from the package, because it is needed before our own modules are loaded.
"""

from __future__ import annotations

import errno

try:
    import resource
except ModuleNotFoundError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

LEAST_MEMORY = 768 * 1024 * 1024
"""Bytes of address space in which a small book can be set; each thread reserves much more than it uses."""
LEAST_FILES = 32
"""Files that a build with several processes may have open at once."""

_NO_MEMORY = ("can't start new thread", "cannot allocate memory", "failed to map segment", "error creating thread")
"""What the messages of failures contain, in small letters, that are due to too little memory."""


def check_limits() -> None:
    """Refuse to begin what cannot end well: threads, libraries or workers that get no memory can hang.

    Raises:
        OSError: The process may use too little memory or too few files; the message says which limit to raise.
    """
    memory, files = _limit("RLIMIT_AS"), _limit("RLIMIT_NOFILE")
    if memory is not None and memory < LEAST_MEMORY:
        raise OSError(f"a book cannot be set in so little memory\n  hint: {_memory_hint(memory)}")
    if files is not None and files < LEAST_FILES:
        raise OSError(
            f"the system lets this process open {files} files at once (ulimit -n), and {LEAST_FILES} are needed"
            "\n  hint: raise that number: ulimit -n 1024"
        )


def lack_of_memory(failure: BaseException) -> OSError | None:
    """A failure that is due to too little memory, as an error with a message for users; None for any other failure."""
    said = str(failure).lower()
    no_memory = isinstance(failure, OSError) and failure.errno == errno.ENOMEM
    if not (no_memory or isinstance(failure, MemoryError) or any(part in said for part in _NO_MEMORY)):
        return None
    return OSError(f"there is too little memory\n  hint: {memory_hint()}")


def memory_hint() -> str:
    """What to do about too little memory; the limit of this process is named, if it has one."""
    memory = _limit("RLIMIT_AS")
    return _memory_hint(memory) if memory is not None else "close some programs, or use --jobs 1"


def _memory_hint(limit: int) -> str:
    """What to do about a limit of so many bytes."""
    return (
        f"the system gives each process {limit // 2**20} MiB of address space (ulimit -v {limit // 1024}); at least "
        f"{LEAST_MEMORY // 2**20} MiB are needed, more for a large book: ulimit -v unlimited"
    )


def _limit(name: str) -> int | None:
    """A limit of this process; None where there is none."""
    number = getattr(resource, name, None)
    if number is None:
        return None
    soft = resource.getrlimit(number)[0]
    return None if soft == resource.RLIM_INFINITY else soft
