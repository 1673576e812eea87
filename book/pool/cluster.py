"""A Dask cluster that presses sections: `book build --scheduler tcp://…`.

A worker needs this package in the same version and nothing else, no shared disk: a job is sent as
a *parcel* that lists the files which the section and its stylesheets refer to. Their contents are known
by hash and travel once, not with each job. A worker that dies costs the jobs it had.
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

from book.composition.styles import LAYOUTS
from book.model.editions import Stylesheet
from book.model.pages import Fragment
from book.pages.press import Job, press
from book.pool import heap
from book.project.references import NESTED, replace_references
from book.store.store import key_of, write_whole
from book.store.versions import engine_version

T = TypeVar("T")

HERE = "file:///florilegium.invalid/"
"""What stands in a parcel for the worker's folder, in the addresses of fonts and layouts of this package."""

PATIENCE = 10
"""Seconds in which the scheduler must answer."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job without the machine it comes from."""

    job: Job
    """The job; its root and its folder of faces are the worker's to choose."""
    files: tuple[tuple[str, str], ...]
    """The files it refers to: the path of each in the worker's folder, and the hash of its content."""
    version: str
    """The engine that the result is expected of."""

    @property
    def key(self) -> str:
        """A hash of the files: jobs with the same files share a folder."""
        return key_of(*(part for file in self.files for part in file))


@dataclass(frozen=True, slots=True)
class Result:
    """What a worker sends back."""

    fragment: Fragment
    """The fragment; its faces are named by hash, without a folder."""
    seconds: float
    """How long it took."""
    faces: Mapping[str, bytes]
    """Font files by hash, as far as they are not among the files of the parcel."""


@contextmanager
def cluster(address: str) -> Iterator[_Cluster]:
    """What sends jobs to the cluster whose scheduler has this address.

    Raises OSError where no scheduler answers, and without the extra `cluster`.
    """
    try:
        from distributed import Client
    except ModuleNotFoundError as failure:
        raise OSError('a cluster needs an extra: pip install "florilegium[cluster]"') from failure
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except ValueError as failure:
        raise OSError(f'"{address}" is not the address of a scheduler: {failure}') from failure
    with client:
        yield _Cluster(client)


class _Cluster:
    """Sends jobs to a cluster, and unpacks what comes back."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._sent: dict[str, Any] = {}

    def __call__(self, job: Job) -> Future[tuple[Fragment, float]]:
        """The fragment of the job to come, and the seconds it took."""
        parcel, paths = pack(job)
        contents = [self._send(content, path) for (_, content), path in zip(parcel.files, paths, strict=True)]
        outcome: Future[tuple[Fragment, float]] = Future()

        def end(done: Future[Result]) -> None:
            try:
                result = done.result()
                outcome.set_result((unpack(result, job, paths), result.seconds))
            except Exception as failure:  # noqa: BLE001 - whatever went wrong goes to whoever waits
                outcome.set_exception(OSError(f"the cluster could not set {job.path}: {failure}"))

        self._executor.submit(press_parcel, parcel, contents).add_done_callback(end)
        return outcome

    def post(self, function: Callable[..., T], *values: object) -> Callable[[], T]:
        """Call a function in a thread of this process: what it is given would travel far.

        A bound book leaves 80 kB a page behind, to which that of the next volume would be added.
        """
        try:
            value = function(*values)
        finally:
            heap.give_back()
        return lambda: value

    def prepare(self, function: Callable[..., object], *values: object) -> None:
        """Nothing: this process loads what it needs when it needs it."""

    def cancel(self) -> None:
        """Begin no more jobs."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _send(self, content: str, path: Path) -> Any:
        """A file's content on the cluster; as the result of a task it outlives the worker that holds it."""
        if content not in self._sent:
            self._sent[content] = self._client.submit(bytes, path.read_bytes(), key=f"florilegium-{content}")
        return self._sent[content]


def pack(job: Job) -> tuple[Parcel, list[Path]]:
    """A job as a parcel, and where the files of the parcel lie on this machine.

    Files of the project keep their places. Those of this package and its fonts, which every worker may
    have elsewhere, are named by hash.
    """
    root = Path(job.root).resolve()
    found: dict[str, Path] = {}

    def give(path: Path) -> str:
        name = path.resolve().relative_to(root).as_posix() if path.resolve().is_relative_to(root) else None
        address = f"{HERE}{_hash(path)}{path.suffix}"
        place = name or address.removeprefix(HERE)
        if place not in found:
            found[place] = path
            if path.suffix.lower() in NESTED:
                text = path.read_text(encoding="utf-8", errors="surrogateescape")
                replace_references(text, path.parent, give)
        return address

    def own(text: str, base: Path) -> str:
        """A text with other addresses for what is not the project's."""
        replaced = replace_references(text, base, give)
        return replaced if base.is_relative_to(LAYOUTS) else text

    html = own(job.html, Path(job.root))
    sheets = tuple(
        Stylesheet(_place(sheet.path, job.root), own(sheet.text, Path(sheet.path).parent)) for sheet in job.stylesheets
    )
    places = sorted(found)
    files = tuple((place, _hash(found[place])) for place in places)
    plain = replace(job, html=html, stylesheets=sheets, root="", faces="")
    return Parcel(plain, files, engine_version()), [found[place] for place in places]


def _hash(path: Path) -> str:
    """The hash of a file's bytes, as faces are named by it."""
    return blake2b(path.read_bytes(), digest_size=16).hexdigest()


def _place(path: str, root: str) -> str:
    """Where a stylesheet counts as lying in the worker's folder: where messages will say it lies."""
    own = Path(path)
    return own.relative_to(root).as_posix() if own.is_relative_to(root) else own.name


def press_parcel(parcel: Parcel, contents: Sequence[bytes]) -> Result:
    """Press a parcel on a worker of the cluster. Raises ValueError if this is not the engine that is expected."""
    from distributed import get_worker

    if parcel.version != engine_version():
        raise ValueError("a worker has another version of florilegium or of its libraries")
    folder = Path(get_worker().local_directory).resolve() / "florilegium" / parcel.key
    for (place, _), content in zip(parcel.files, contents, strict=True):
        if not (folder / place).exists():
            write_whole(folder / place, content)
    here = folder.as_uri() + "/"
    job = parcel.job
    sheets = tuple(Stylesheet(str(folder / sheet.path), sheet.text.replace(HERE, here)) for sheet in job.stylesheets)
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
    """The fragment of a job, its font files on this machine; `paths` are those of the parcel's files."""
    folder = Path(job.faces)
    missing = {face.file for face in result.fragment.faces if not (folder / face.file).exists()}
    if missing:
        known = {_hash(path): path for path in paths}
        for name in missing:
            content = result.faces.get(name)
            write_whole(folder / name, known[name].read_bytes() if content is None else content)
    faces = tuple(replace(face, file=str(folder / face.file)) for face in result.fragment.faces)
    return replace(result.fragment, faces=faces)
