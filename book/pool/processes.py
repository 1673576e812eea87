"""Runs jobs in worker processes on this machine."""

from __future__ import annotations

import logging
import pickle
import signal
import tempfile
from collections.abc import Callable
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    InvalidStateError,
    ProcessPoolExecutor,
)
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import Any, TypeVar
from weakref import WeakSet

from book.model.fragments import Fragment, Job
from book.pool import heap
from book.pool.forkserver import clean_start, start_method_context
from book.pool.orphans import end_with_parent
from book.pool.worker_logs import forward_logs
from book.problems.limits import lack_of_memory, memory_hint

T = TypeVar("T")

_log = logging.getLogger(__name__)

_REQUEST, _RESPONSE = "request", "response"
"""Names of the files that carry a pickled call to another process, and its pickled result back."""


def timed_press(job: Job) -> tuple[Fragment, float]:
    """Press a job; return the fragment and the seconds it took."""
    from book.pages.press import press  # here, because the main process sets nothing as long as there are others

    started = perf_counter()
    with heap.collected_at_the_end():
        fragment = press(job)
    return fragment, perf_counter() - started


LARGE = 1_000_000
"""Length in characters of a document after which processes are replaced, such as an index of 7,000 links."""
PATIENCE = 1.0
"""Seconds after which someone who waits for a result looks whether it can still come."""


class Outcome(Future[T]):
    """The result of a task in another process; who waits for it is told if it can never come.

    An executor hands out tasks and results in a thread. Where that thread dies, for lack of memory, the executor says
    nothing to those who wait.
    """

    executor: Executor
    """The executor that runs the task."""

    def result(self, timeout: float | None = None) -> T:
        """Wait for the result.

        Raises:
            OSError: The executor does not work any more.
        """
        while timeout is None:
            try:
                return super().result(PATIENCE)
            except TimeoutError:
                if self.done():
                    break
                if not _works(self.executor):
                    raise OSError(f"there is too little memory\n  hint: {memory_hint()}") from None
        return super().result(timeout)


def _works(executor: Executor) -> bool:
    """Whether an executor's thread lives, as far as can be seen."""
    thread = getattr(executor, "_executor_manager_thread", None)
    return thread is None or thread.is_alive()


def _close(executor: ProcessPoolExecutor) -> None:
    """End an executor and its processes, which `multiprocessing` would wait for at the end of this one."""
    processes = list((getattr(executor, "_processes", None) or {}).values())
    try:
        executor.shutdown(cancel_futures=True)
    except RuntimeError as failure:  # its thread never began
        _log.debug("the executor could not be ended: %s", failure)
    for process in processes:
        try:
            if process.is_alive():
                process.kill()
        except ValueError:  # it has ended, and was closed
            continue


class ProcessBackend:
    """Runs jobs in processes on this machine.

    If a process dies (for lack of memory, say), all are restarted once, and unfinished jobs are run again.
    """

    def __init__(self, count: int, stack: ExitStack) -> None:
        self._count = count
        self._stack = stack
        self._lock = Lock()
        self._executor: Executor | None = None
        self._worn = False
        """Whether a large section was given to the present processes, which keep the memory that Python used for it."""
        self._restarts = 0
        self._cancelled = False
        self._failure: OSError | None = None
        self._waited_for: WeakSet[Future[Any]] = WeakSet()

    def cancel(self) -> None:
        """Start no more jobs; whoever waits for one gets a CancelledError."""
        with self._lock:
            self._cancelled = True
            if self._executor is not None:
                self._executor.shutdown(wait=False, cancel_futures=True)
            waited_for = list(self._waited_for)
        for outcome in waited_for:
            _set_failure(outcome, CancelledError())

    def __call__(self, job: Job) -> Future[tuple[Fragment, float]]:
        """Start a job; the future holds its fragment and the seconds that it took."""
        outcome = self._submit(timed_press, job)
        if len(job.html) > LARGE:
            self._worn = True
        return outcome

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

    def _submit(self, function: Callable[..., T], *values: object) -> Future[T]:
        """Call a function in one of the processes; return a future of its result."""
        outcome: Outcome[T] = Outcome()
        with self._lock:
            self._renew_if_worn()
            self._waited_for.add(outcome)
        self._run(partial(function, *values), outcome, self._get_executor())
        return outcome

    def _renew_if_worn(self) -> None:
        """Replace processes that were given a large section, if all are idle; as long as one is not, they go on."""
        if self._worn and self._executor is not None and all(outcome.done() for outcome in self._waited_for):
            self._executor.shutdown(wait=False)
            self._executor, self._worn = None, False

    def _get_executor(self, broken: Executor | None = None) -> Executor:
        """The executor; a new one if there is none yet, or if it is `broken`.

        Raises:
            OSError: It broke for the second time, or there was too little memory for it.
            CancelledError: No more jobs are to be started.
        """
        with self._lock:
            if self._failure is not None:
                raise self._failure
            if self._cancelled:
                raise CancelledError
            if self._executor is not None and self._executor is broken:
                self._restarts += 1
                if self._restarts > 1:
                    raise OSError(f"a process that sets pages was killed twice\n  hint: {memory_hint()}")
                self._executor = None
            if self._executor is None:
                context = start_method_context()
                with clean_start():  # their queues start the process that multiprocessing cleans up with
                    start_logging = forward_logs(context, self._stack)
                    executor = ProcessPoolExecutor(self._count, context, _start_worker, (start_logging,))
                _log.debug("%d worker processes, started by %s", self._count, context.get_start_method())
                self._stack.callback(_close, executor)
                self._executor = executor
            return self._executor

    def _run(self, task: Callable[[], T], outcome: Outcome[T], executor: Executor) -> None:
        """Run a task and copy its result into `outcome`; if the executor breaks, run the task again in a new one.

        Raises:
            OSError: There is too little memory for a process or a thread.
        """

        def on_done(done: Future[T]) -> None:
            try:
                result = done.result()
            except BrokenExecutor:
                retry()
            except BaseException as failure:  # noqa: BLE001 - whatever it is goes to whoever waits
                _set_failure(outcome, failure)
            else:
                with suppress(InvalidStateError):  # nobody waits any more
                    outcome.set_result(result)

        def retry() -> None:
            try:
                self._run(task, outcome, self._get_executor(broken=executor))
            except BaseException as failure:  # noqa: BLE001
                _set_failure(outcome, failure)

        outcome.executor = executor
        try:
            with clean_start():
                started = executor.submit(task)
            started.add_done_callback(on_done)
        except BrokenExecutor:
            retry()
        except (RuntimeError, MemoryError, EOFError, OSError) as failure:
            lack = lack_of_memory(failure)
            if isinstance(failure, EOFError | ConnectionError):  # the fork server has ended
                lack = OSError(f"no process could be started that sets pages\n  hint: {memory_hint()}")
            if lack is None:
                raise
            self._failure = lack  # of this executor, no result can be expected
            raise lack from failure


def _set_failure(outcome: Future[Any], failure: BaseException) -> None:
    """Tell whoever waits for a result that there is none, unless there is one."""
    with suppress(InvalidStateError):
        outcome.set_exception(failure)


def _handle_request(folder: Path) -> None:
    """In a worker: unpickle the call from a folder, make it, and pickle its result there.

    Memory that earlier jobs left behind is returned to the system first, so that it does not add to what is needed now.
    """
    heap.return_freed_memory()
    with (folder / _REQUEST).open("rb") as file:
        function, values = pickle.load(file)  # noqa: S301 - nobody else can write there
    with (folder / _RESPONSE).open("wb") as file:
        pickle.dump(function(*values), file, pickle.HIGHEST_PROTOCOL)


def _start_worker(start_logging: Callable[[], None] | None) -> None:
    """Leave Ctrl-C to the main process, which stops the workers itself; but do not outlive that process."""
    heap.collect_less_often()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    if start_logging is not None:
        start_logging()
