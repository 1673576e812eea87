"""Runs press jobs and other expensive functions: in this process, in several processes, or on a Dask cluster."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from book.model.fragments import Fragment, Job
from book.pool.forkserver import clean_start, process_count, start_forkserver, start_method_context
from book.pool.processes import ProcessBackend, timed_press
from book.problems.defects import told_as_problem
from book.problems.limits import check_limits
from book.store.store import Store, key_of

_log = logging.getLogger(__name__)

SECONDS_PER_CHARACTER = 3e-5
"""Estimated cost of a section, in seconds a character, until its real cost has been measured."""


T = TypeVar("T")


class Backend(Protocol):
    """Runs jobs somewhere else: in processes of this machine or on a cluster."""

    def __call__(self, job: Job, /) -> Future[tuple[Fragment, float]]:
        """Start a job; the future holds its fragment and the seconds that it took."""

    def offload(self, function: Callable[..., T], /, *values: object) -> Callable[[], T]:
        """Start a module-level function, in another process if possible; return a function that awaits its result."""

    def cancel(self) -> None:
        """Start no more jobs."""


class Workers:
    """Runs press jobs, the most expensive first.

    Several threads may call it at once, unless it has no backend and works in this process.
    """

    def __init__(self, backend: Backend | None, alone_because: str | None = None) -> None:
        self._backend = backend
        self.alone_because = alone_because
        """Why there is one process only, where there should be others; None where nothing is in the way."""
        self._seconds: dict[str, float] = {}

    @property
    def is_parallel(self) -> bool:
        """Whether jobs run in other processes."""
        return self._backend is not None

    def __call__(self, jobs: Sequence[Job], /) -> Iterator[Fragment]:
        """Press some jobs; the fragments come in the order of the jobs."""
        backend = self._backend
        if backend is None:
            return (self._record_seconds(job, partial(timed_press, job)) for job in jobs)
        order = sorted(range(len(jobs)), key=lambda number: (-self._estimated_seconds(jobs[number]), number))
        sent = {number: backend(jobs[number]) for number in order}
        return (self._record_seconds(job, sent.pop(number).result) for number, job in enumerate(jobs))

    def offload(self, function: Callable[..., T], *values: object) -> Callable[[], T]:
        """Start a function in another process if there is one, else call it here at once.

        Args:
            function: A module-level function, because it is pickled by name.
            values: Its arguments, which are pickled at once; the caller need not keep them.

        Returns:
            A function that waits for the result and returns it; to be called once.
        """
        return self._backend.offload(function, *values) if self._backend else constant(function(*values))

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

    def _record_seconds(self, job: Job, wait: Callable[[], tuple[Fragment, float]]) -> Fragment:
        """Wait for a job, remember how long it took, and return its fragment."""
        with told_as_problem("set this section in pages", job.path):
            result = wait()
        _log.debug("%s took %.2f s; expected were %.2f s", job.slug, result[1], self._estimated_seconds(job))
        self._seconds[_job_name(job)] = round(result[1], 2)
        return result[0]


_SECONDS_KEY = key_of("seconds")
"""The key in the store of the seconds that each section of a project took when it was last set."""


def _job_name(job: Job) -> str:
    """A name for a job that stays the same from one build to the next."""
    return f"{job.root}/{job.path}#{job.slug}"


def constant(value: T) -> Callable[[], T]:
    """A function that returns `value`."""
    return lambda: value


_SEMAPHORES = 12
"""As many semaphores as the queues of worker processes and of their logs need, and some more."""


def _why_alone() -> str | None:
    """Why this system cannot share work between processes; None if it can; on Linux that takes `/dev/shm`."""
    try:
        with clean_start():  # the first one starts a process
            held = [start_method_context().Lock() for _ in range(_SEMAPHORES)]
        _log.debug("%d semaphores can be had", len(held))
    except ImportError:
        return "the system has no semaphores"
    except OSError as failure:
        return f"the system gives no semaphore (is /dev/shm there, and writable?): {failure.strerror}"
    return None


@contextmanager
def workers(count: int | None, scheduler: str | None = None, *, isolated: bool = False) -> Iterator[Workers]:
    """Start workers; they end with the context.

    Args:
        count: Number of processes; None for one for each core.
        scheduler: Address of a Dask scheduler (`tcp://…`) whose cluster is used instead.
        isolated: Whether the layout engine must not be loaded into this process, as it is where there is one only.

    Raises:
        OSError: No scheduler answers at that address, or the system's limits for a process are too low.
    """
    check_limits()
    with ExitStack() as stack:
        if scheduler is not None:
            from book.pool.cluster import cluster

            yield Workers(stack.enter_context(cluster(scheduler)))
        elif process_count(count) == 1 and not isolated:
            yield Workers(None)
        elif reason := _why_alone():
            yield Workers(None, reason)
        else:
            start_forkserver()
            yield Workers(ProcessBackend(process_count(count), stack))
