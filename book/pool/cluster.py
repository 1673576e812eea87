"""A Dask cluster that presses sections: `book build --scheduler tcp://…`.

A worker needs the same version of this package and no shared disk: a job is sent as a *parcel*, which lists the files
that the section and its stylesheets refer to by hash. Each file is sent once, not with every job. If a worker dies, its
jobs are run on others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from book.composition.styles import OWN_FOLDER
from book.model.fragments import Fragment, Job, Stylesheet
from book.pages.press import press
from book.pool import heap
from book.project.references import NESTED, replace_references
from book.store.store import key_of, write_atomically
from book.store.versions import engine_version

T = TypeVar("T")

WORKER_FOLDER = "file:///florilegium.invalid/"
"""Placeholder for the worker's folder in the addresses of fonts and of this package's layouts."""

CONNECT_TIMEOUT = 10
"""Seconds in which the scheduler must answer."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job that does not depend on the machine that sends it."""

    job: Job
    """The job; its folders are empty, because the worker chooses them."""
    files: tuple[tuple[str, str], ...]
    """For each file that it refers to: its path in the worker's folder, and the hash of its content."""
    version: str
    """The engine version that must press it."""

    @property
    def key(self) -> str:
        """A hash of the files: jobs with the same files share a folder."""
        return key_of(*(part for file in self.files for part in file))


@dataclass(frozen=True, slots=True)
class Result:
    """What a worker sends back."""

    fragment: Fragment
    """The fragment; its font files are named by hash, without a folder."""
    seconds: float
    """How long pressing took, in seconds."""
    faces: Mapping[str, bytes]
    """The font files by hash, except those that came with the parcel."""


@contextmanager
def cluster(address: str) -> Iterator[ClusterBackend]:
    """Connect to the cluster whose scheduler has this address.

    Raises:
        OSError: No scheduler answers, a worker has another version, or the extra `cluster` is not installed.
    """
    try:
        from distributed import Client
    except ModuleNotFoundError as failure:
        raise OSError('a cluster needs an extra: pip install "florilegium[cluster]"') from failure
    try:
        client = Client(address, timeout=CONNECT_TIMEOUT, set_as_default=False)  # type: ignore[no-untyped-call]
    except ValueError as failure:
        raise OSError(f'"{address}" is not the address of a scheduler: {failure}') from failure
    except TypeError as failure:
        if not address.startswith("tls:"):
            raise
        message = f'"{address}" needs certificates, which Dask\'s configuration does not name (distributed.comm.tls)'
        raise OSError(message) from failure
    except OSError as failure:
        raise OSError(f'no scheduler can be reached at "{address}": {failure}') from failure
    with client:
        _check_versions(client)
        yield ClusterBackend(client)


def _check_versions(client: Any) -> None:
    """Ask each worker for its version before anything is sent: another one may not understand what it gets.

    Raises:
        OSError: One has another, or none.
    """
    versions = client.run(worker_version, on_error="return")
    others = sorted(address for address, version in versions.items() if version != engine_version())
    if others:
        hint = "install the same versions there as here, from one requirements.lock"
        message = f'the worker at "{others[0]}" has another version of florilegium or of its libraries'
        raise OSError(f"{message}\n  hint: {hint}")


def worker_version() -> str:
    """The version of the engine on a worker, which is called there."""
    return engine_version()


class ClusterBackend:
    """Runs jobs on a cluster."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._sent: dict[str, Any] = {}

    def __call__(self, job: Job) -> Future[tuple[Fragment, float]]:
        """Send a job; the future holds its fragment and the seconds that it took on the worker."""
        parcel, paths = pack(job)
        contents = [self._send(content, path) for (_, content), path in zip(parcel.files, paths, strict=True)]
        outcome: Future[tuple[Fragment, float]] = Future()

        def on_done(done: Future[Result]) -> None:
            try:
                result = done.result()
                outcome.set_result((unpack(result, job, paths), result.seconds))
            except Exception as failure:  # noqa: BLE001 - whatever went wrong goes to whoever waits
                outcome.set_exception(OSError(f"the cluster could not set {job.path}: {failure}"))

        self._executor.submit(press_parcel, parcel, contents).add_done_callback(on_done)
        return outcome

    def offload(self, function: Callable[..., T], *values: object) -> Callable[[], T]:
        """Call a function in this process, because its arguments may be as large as a book.

        Freed memory is returned to the system afterwards: binding leaves 80 kB a page, which would add up over volumes.
        """
        try:
            value = function(*values)
        finally:
            heap.return_freed_memory()
        return lambda: value

    def cancel(self) -> None:
        """Start no more jobs."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _send(self, content: str, path: Path) -> Any:
        """Upload a file's content unless the cluster has it; as a task's result it survives the loss of a worker."""
        if content not in self._sent:
            self._sent[content] = self._client.submit(bytes, path.read_bytes(), key=f"florilegium-{content}")
        return self._sent[content]


def pack(job: Job) -> tuple[Parcel, list[Path]]:
    """Turn a job into a parcel.

    Files of the project keep their relative paths. Files of this package and of font packages, which may lie elsewhere
    on a worker, are named by hash.

    Returns:
        The parcel, and the path on this machine of each of its files, in the order of `Parcel.files`.
    """
    root = Path(job.root).resolve()
    found: dict[str, Path] = {}

    def add(path: Path) -> str:
        name = path.resolve().relative_to(root).as_posix() if path.resolve().is_relative_to(root) else None
        address = f"{WORKER_FOLDER}{_hash(path)}{path.suffix}"
        place = name or address.removeprefix(WORKER_FOLDER)
        if place not in found:
            found[place] = path
            if path.suffix.lower() in NESTED:
                text = path.read_text(encoding="utf-8", errors="surrogateescape")
                replace_references(text, path.parent, add)
        return address

    def rewrite(text: str, base: Path) -> str:
        """A text in which addresses of files outside the project are replaced."""
        replaced = replace_references(text, base, add)
        return replaced if base.is_relative_to(OWN_FOLDER) else text

    html = rewrite(job.html, Path(job.root))
    sheets = tuple(
        Stylesheet(_sheet_path(sheet.path, job.root), rewrite(sheet.text, Path(sheet.path).parent))
        for sheet in job.stylesheets
    )
    places = sorted(found)
    files = tuple((place, _hash(found[place])) for place in places)
    plain = replace(job, html=html, stylesheets=sheets, root="", faces="")
    return Parcel(plain, files, engine_version()), [found[place] for place in places]


def _hash(path: Path) -> str:
    """The hash of a file's bytes that stored font files are named by."""
    return blake2b(path.read_bytes(), digest_size=16).hexdigest()


def _sheet_path(path: str, root: str) -> str:
    """A stylesheet's path in the worker's folder, which is also the path in messages."""
    rewrite = Path(path)
    return rewrite.relative_to(root).as_posix() if rewrite.is_relative_to(root) else rewrite.name


def press_parcel(parcel: Parcel, contents: Sequence[bytes]) -> Result:
    """Press a parcel on a worker of the cluster.

    Raises:
        ValueError: The worker has another engine version than the sender.
    """
    from distributed import get_worker

    if parcel.version != engine_version():
        raise ValueError("a worker has another version of florilegium or of its libraries")
    folder = Path(get_worker().local_directory).resolve() / "florilegium" / parcel.key
    for (place, _), content in zip(parcel.files, contents, strict=True):
        if not (folder / place).exists():
            write_atomically(folder / place, content)
    base = folder.as_uri() + "/"
    job = parcel.job
    sheets = tuple(
        Stylesheet(str(folder / sheet.path), sheet.text.replace(WORKER_FOLDER, base)) for sheet in job.stylesheets
    )
    local = replace(job, stylesheets=sheets, root=str(folder), faces=str(folder.parent / "faces"))
    started = perf_counter()
    fragment = press(local)
    seconds = perf_counter() - started
    known = {content for _, content in parcel.files}
    paths = [Path(face.file) for face in fragment.faces]
    others = {path.name: path.read_bytes() for path in paths if path.name not in known}
    named = tuple(replace(face, file=path.name) for face, path in zip(fragment.faces, paths, strict=True))
    return Result(replace(fragment, faces=named), seconds, others)


def unpack(result: Result, job: Job, paths: Sequence[Path]) -> Fragment:
    """Turn a worker's result into a fragment whose font files lie on this machine.

    Args:
        result: What the worker sent back.
        job: The job as it was before it was packed.
        paths: The second result of `pack`.
    """
    folder = Path(job.faces)
    missing = {face.file for face in result.fragment.faces if not (folder / face.file).exists()}
    if missing:
        known = {_hash(path): path for path in paths}
        for name in missing:
            content = result.faces.get(name)
            write_atomically(folder / name, known[name].read_bytes() if content is None else content)
    faces = tuple(replace(face, file=str(folder / face.file)) for face in result.fragment.faces)
    return replace(result.fragment, faces=faces)
