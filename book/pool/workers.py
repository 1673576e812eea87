"""Runs press jobs and other expensive functions: in this process, in several processes, or on a Dask cluster."""

from __future__ import annotations

import os
import pickle
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import Protocol, TypeVar

from book.model.pages import Fragment
from book.pages.press import Job, press
from book.pool import heap
from book.pool.forkserver import process_count, start_forkserver, start_method_context
from book.pool.orphans import end_with_parent
from book.store.store import Store, key_of

SECONDS_PER_CHARACTER = 3e-5
"""Estimated cost of a section, in seconds a character, until its real cost has been measured."""


T = TypeVar("T")


class Backend(Protocol):
    """Runs jobs somewhere else: in processes of this machine or on a cluster."""

    def __call__(self, job: Job, /) -> Future[tuple[Fragment, float]]:
        """Start a job; the future holds its fragment and the seconds that it took."""

    def offload(self, function: Callable[..., T], /, *values: object) -> Callable[[], T]:
        """Start a module-level function, in another process if possible; return a function that awaits its result."""

    def preload(self, function: Callable[..., object], /, *values: object) -> None:
        """Start a function that imports what later calls of `offload` need; its result is ignored."""

    def cancel(self) -> None:
        """Start no more jobs."""


class Workers:
    """Runs press jobs, the most expensive first.

    Several threads may call it at once, unless it has no backend and works in this process.
    """

    def __init__(self, backend: Backend | None) -> None:
        self._backend = backend
        self._seconds: dict[str, float] = {}

    @property
    def is_parallel(self) -> bool:
        """Whether jobs run in other processes."""
        return self._backend is not None

    def __call__(self, jobs: Sequence[Job], /) -> Iterator[Fragment]:
        """Press some jobs; the fragments come in the order of the jobs."""
        backend = self._backend
        if backend is None:
            return (self._record_seconds(job, timed_press(job)) for job in jobs)
        order = sorted(range(len(jobs)), key=lambda number: (-self._estimated_seconds(jobs[number]), number))
        sent = {number: backend(jobs[number]) for number in order}
        return (self._record_seconds(job, sent.pop(number).result()) for number, job in enumerate(jobs))

    def offload(self, function: Callable[..., T], *values: object) -> Callable[[], T]:
        """Start a function in another process if there is one, else call it here at once.

        Args:
            function: A module-level function, because it is pickled by name.
            values: Its arguments, which are pickled at once; the caller need not keep them.

        Returns:
            A function that waits for the result and returns it; to be called once.
        """
        return self._backend.offload(function, *values) if self._backend else constant(function(*values))

    def preload(self, function: Callable[..., object], *values: object) -> None:
        """Start a function in a worker process that imports what `offload` will need there; its result is ignored."""
        if self._backend is not None:
            self._backend.preload(function, *values)

    def cancel(self) -> None:
        """Start no more jobs; callers that wait for one get a CancelledError."""
        if self._backend is not None:
            self._backend.cancel()

    @contextmanager
    def threads(self) -> Iterator[ThreadPoolExecutor]:
        """A thread pool for callers of these workers; one thread only, if the work is done in this process.

        Tasks start in the order in which they were submitted, so a task may wait for an earlier one without a deadlock.
        """
        with ThreadPoolExecutor(2 * (os.cpu_count() or 1) if self.is_parallel else 1) as threads:
            try:
                yield threads
            except Exception:
                threads.shutdown(wait=False, cancel_futures=True)
                raise
            except BaseException:  # an interrupt: nobody is to wait for what is not begun yet
                threads.shutdown(wait=False, cancel_futures=True)
                self.cancel()
                raise

    @contextmanager
    def estimated_costs(self, store: Store, root: Path) -> Iterator[None]:
        """Use the job costs that earlier builds of a project measured; at the end, save those measured meanwhile."""
        self._seconds |= store.get("costs", _SECONDS_KEY, dict[str, float]) or {}
        before = dict(self._seconds)
        yield
        if self._seconds != before:
            own = {name: cost for name, cost in self._seconds.items() if name.startswith(f"{root}/")}
            store.put("costs", _SECONDS_KEY, own)

    def _estimated_seconds(self, job: Job) -> float:
        """How long a job will take, in seconds: as long as the last time, else by its length."""
        return self._seconds.get(_job_name(job), len(job.html) * SECONDS_PER_CHARACTER)

    def _record_seconds(self, job: Job, result: tuple[Fragment, float]) -> Fragment:
        """Remember how long a job took, and return its fragment."""
        self._seconds[_job_name(job)] = round(result[1], 2)
        return result[0]


_SECONDS_KEY = key_of("seconds")
"""The key in the store of the seconds that each section of a project took when it was last set."""


def _job_name(job: Job) -> str:
    """A name for a job that stays the same from one build to the next."""
    return f"{job.root}/{job.path}#{job.slug}"


_REQUEST, _RESPONSE = "request", "response"
"""Names of the files that carry a pickled call to another process, and its pickled result back."""


def constant(value: T) -> Callable[[], T]:
    """A function that returns `value`."""
    return lambda: value


def timed_press(job: Job) -> tuple[Fragment, float]:
    """Press a job; return the fragment and the seconds it took."""
    started = perf_counter()
    return press(job), perf_counter() - started


class ProcessBackend:
    """Runs jobs in processes on this machine.

    If a process dies (for lack of memory, say), all are restarted once, and unfinished jobs are run again.
    """

    def __init__(self, count: int, stack: ExitStack) -> None:
        self._count = count
        self._stack = stack
        self._lock = Lock()
        self._executor: Executor | None = None
        self._restarts = 0
        self._cancelled = False

    def cancel(self) -> None:
        """Start no more jobs."""
        with self._lock:
            self._cancelled = True
            if self._executor is not None:
                self._executor.shutdown(wait=False, cancel_futures=True)

    def __call__(self, job: Job) -> Future[tuple[Fragment, float]]:
        """Start a job; the future holds its fragment and the seconds that it took."""
        return self._submit(timed_press, job)

    def offload(self, function: Callable[..., T], *values: object) -> Callable[[], T]:
        """Call a module-level function in one of the processes.

        Arguments and result are passed as files: they may be as large as a book, and an executor would keep the pickled
        arguments in memory until the result is there.
        """
        with ExitStack() as stack:
            temporary = tempfile.TemporaryDirectory(prefix="florilegium-", ignore_cleanup_errors=True)
            folder = Path(stack.enter_context(temporary))
            with (folder / _REQUEST).open("wb") as file:
                pickle.dump((function, values), file, pickle.HIGHEST_PROTOCOL)
            handled = self._submit(_handle_request, folder)
            kept = stack.pop_all()

        def read() -> T:
            with kept:
                handled.result()
                response: T = pickle.loads((folder / _RESPONSE).read_bytes())  # noqa: S301 - nobody else can write there
                return response

        return read

    def preload(self, function: Callable[..., object], *values: object) -> None:
        """Call a function in one of the processes; errors are ignored."""
        self._submit(function, *values)

    def _submit(self, function: Callable[..., T], *values: object) -> Future[T]:
        """Call a function in one of the processes; return a future of its result."""
        outcome: Future[T] = Future()
        self._run(partial(function, *values), outcome, self._get_executor())
        return outcome

    def _get_executor(self, broken: Executor | None = None) -> Executor:
        """The executor; a new one if there is none yet, or if it is `broken`.

        Raises:
            OSError: It broke for the second time.
            CancelledError: No more jobs are to be started.
        """
        with self._lock:
            if self._cancelled:
                raise CancelledError
            if self._executor is not None and self._executor is broken:
                self._restarts += 1
                if self._restarts > 1:
                    raise OSError("a process that sets pages was killed twice; is there enough memory?")
                self._executor = None
            if self._executor is None:
                self._executor = ProcessPoolExecutor(self._count, start_method_context(), _start_worker)
                self._stack.callback(self._executor.shutdown, cancel_futures=True)
            return self._executor

    def _run(self, task: Callable[[], T], outcome: Future[T], executor: Executor) -> None:
        """Run a task and copy its result into `outcome`; if the executor breaks, run the task again in a new one."""

        def on_done(done: Future[T]) -> None:
            try:
                outcome.set_result(done.result())
            except BrokenExecutor:
                retry()
            except BaseException as failure:  # noqa: BLE001 - whatever it is goes to whoever waits
                outcome.set_exception(failure)

        def retry() -> None:
            try:
                self._run(task, outcome, self._get_executor(broken=executor))
            except BaseException as failure:  # noqa: BLE001
                outcome.set_exception(failure)

        try:
            executor.submit(task).add_done_callback(on_done)
        except BrokenExecutor:
            retry()


def _handle_request(folder: Path) -> None:
    """In a worker: unpickle the call from a folder, make it, and pickle its result there.

    Memory that earlier jobs left behind is returned to the system first, so that it does not add to what is needed now.
    """
    heap.return_freed_memory()
    with (folder / _REQUEST).open("rb") as file:
        function, values = pickle.load(file)  # noqa: S301 - nobody else can write there
    with (folder / _RESPONSE).open("wb") as file:
        pickle.dump(function(*values), file, pickle.HIGHEST_PROTOCOL)


def _start_worker() -> None:
    """Leave Ctrl-C to the main process, which stops the workers itself; but do not outlive that process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


@contextmanager
def workers(count: int | None, scheduler: str | None = None, *, isolated: bool = False) -> Iterator[Workers]:
    """Start workers; they end with the context.

    Args:
        count: Number of processes; None for one for each core.
        scheduler: Address of a Dask scheduler (`tcp://…`) whose cluster is used instead.
        isolated: Whether the layout engine must not be loaded into this process, as it is where there is one only.

    Raises:
        OSError: No scheduler answers at that address.
    """
    with ExitStack() as stack:
        if scheduler is not None:
            from book.pool.cluster import cluster

            yield Workers(stack.enter_context(cluster(scheduler)))
        elif process_count(count) == 1 and not isolated:
            yield Workers(None)
        else:
            start_forkserver()
            yield Workers(ProcessBackend(process_count(count), stack))
