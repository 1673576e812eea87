"""Where sections are pressed: in this process, in several on this machine, or on a cluster."""

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
from book.pool.forkserver import context, processes, warm
from book.store.store import Store, key_of

PACE = 3e-5
"""Seconds that a character of a section is taken to cost, as long as nothing better is known."""


T = TypeVar("T")


class Sender(Protocol):
    """What gives jobs to an executor."""

    def __call__(self, job: Job, /) -> Future[tuple[Fragment, float]]:
        """The fragment of a job to come, and the seconds it took."""

    def post(self, function: Callable[..., T], /, *values: object) -> Callable[[], T]:
        """Have a function of a module called, beside this process if that can be; what it gives is waited for."""

    def prepare(self, function: Callable[..., object], /, *values: object) -> None:
        """Call a function that loads what `post` will need, where that helps; it is not waited for."""

    def cancel(self) -> None:
        """Begin no more jobs."""


class Workers:
    """Presses jobs, the most expensive first. Several threads may call it at once, unless it works in this process."""

    def __init__(self, send: Sender | None) -> None:
        self._send = send
        self._costs: dict[str, float] = {}

    @property
    def beside(self) -> bool:
        """Whether the work is done in other processes."""
        return self._send is not None

    def __call__(self, jobs: Sequence[Job], /) -> Iterator[Fragment]:
        """The fragments of some jobs, in the order of the jobs."""
        send = self._send
        if send is None:
            return (self._note(job, pressed(job)) for job in jobs)
        order = sorted(range(len(jobs)), key=lambda number: (-self._cost(jobs[number]), number))
        sent = {number: send(jobs[number]) for number in order}
        return (self._note(job, sent.pop(number).result()) for number, job in enumerate(jobs))

    def post(self, function: Callable[..., T], *values: object) -> Callable[[], T]:
        """Have a function of a module called, while this process is free for others if it can be.

        The values need not be kept. What comes back waits for what the function gives, and is to be called.
        """
        return self._send.post(function, *values) if self._send else given(function(*values))

    def prepare(self, function: Callable[..., object], *values: object) -> None:
        """Have a function called that loads what `post` will need, in a process that has time; it is not waited for."""
        if self._send is not None:
            self._send.prepare(function, *values)

    def cancel(self) -> None:
        """Begin no more jobs: whoever waits for one gets a CancelledError."""
        if self._send is not None:
            self._send.cancel()

    @contextmanager
    def threads(self) -> Iterator[ThreadPoolExecutor]:
        """Threads that may call these workers; one, where the work is done in this very process.

        They take up their tasks in order, so a task may wait for one that was begun before it.
        """
        with ThreadPoolExecutor(2 * (os.cpu_count() or 1) if self.beside else 1) as threads:
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
    def known_costs(self, store: Store, root: Path) -> Iterator[None]:
        """With the costs that a project's store knows; at the end the store learns new ones."""
        self._costs |= store.get("costs", _COSTS, dict[str, float]) or {}
        before = dict(self._costs)
        yield
        if self._costs != before:
            own = {name: cost for name, cost in self._costs.items() if name.startswith(f"{root}/")}
            store.put("costs", _COSTS, own)

    def _cost(self, job: Job) -> float:
        """What a job will cost, in seconds, as far as one can tell."""
        return self._costs.get(_name(job), len(job.html) * PACE)

    def _note(self, job: Job, result: tuple[Fragment, float]) -> Fragment:
        """Remember what a job cost."""
        self._costs[_name(job)] = round(result[1], 2)
        return result[0]


_COSTS = key_of("seconds")
"""The key of what the sections of a project cost when they were last set."""


def _name(job: Job) -> str:
    """What a job is known by from one build to the next."""
    return f"{job.root}/{job.path}#{job.slug}"


_QUESTION, _ANSWER = "question", "answer"
"""The files in which a function and its values go to another process, and what it gives comes back."""


def given(value: T) -> Callable[[], T]:
    """What gives a value that is there already."""
    return lambda: value


def pressed(job: Job) -> tuple[Fragment, float]:
    """The fragment of a job, and the seconds it took."""
    started = perf_counter()
    return press(job), perf_counter() - started


class Processes:
    """Processes on this machine. When one of them dies (of lack of memory, say), they are started anew, once."""

    def __init__(self, count: int, stack: ExitStack) -> None:
        self._count = count
        self._stack = stack
        self._lock = Lock()
        self._executor: Executor | None = None
        self._restarts = 0
        self._cancelled = False

    def cancel(self) -> None:
        """Begin no more jobs."""
        with self._lock:
            self._cancelled = True
            if self._executor is not None:
                self._executor.shutdown(wait=False, cancel_futures=True)

    def __call__(self, job: Job) -> Future[tuple[Fragment, float]]:
        """The fragment of a job to come, and the seconds it took."""
        return self._submit(pressed, job)

    def post(self, function: Callable[..., T], *values: object) -> Callable[[], T]:
        """Have a function of a module called in one of the processes.

        Question and answer are files, because they may be as large as a book, and an executor would keep the
        one twice until it has the other.
        """
        with ExitStack() as stack:
            folder = tempfile.TemporaryDirectory(prefix="florilegium-", ignore_cleanup_errors=True)
            letter = Path(stack.enter_context(folder))
            with (letter / _QUESTION).open("wb") as file:
                pickle.dump((function, values), file, pickle.HIGHEST_PROTOCOL)
            answered = self._submit(_answer, letter)
            kept = stack.pop_all()

        def read() -> T:
            with kept:
                answered.result()
                answer: T = pickle.loads((letter / _ANSWER).read_bytes())  # noqa: S301 - nobody else can write there
                return answer

        return read

    def prepare(self, function: Callable[..., object], *values: object) -> None:
        """Call a function in one of the processes, whatever becomes of it."""
        self._submit(function, *values)

    def _submit(self, function: Callable[..., T], *values: object) -> Future[T]:
        """What a function will give that is called in one of the processes."""
        outcome: Future[T] = Future()
        self._start(partial(function, *values), outcome, self._running())
        return outcome

    def _running(self, broken: Executor | None = None) -> Executor:
        """The executor, started if need be; another if it is `broken`."""
        with self._lock:
            if self._cancelled:
                raise CancelledError
            if self._executor is not None and self._executor is broken:
                self._restarts += 1
                if self._restarts > 1:
                    raise OSError("a process that sets pages was killed twice; is there enough memory?")
                self._executor = None
            if self._executor is None:
                self._executor = ProcessPoolExecutor(self._count, context(), _ignore_interrupts)
                self._stack.callback(self._executor.shutdown, cancel_futures=True)
            return self._executor

    def _start(self, task: Callable[[], T], outcome: Future[T], executor: Executor) -> None:
        """Have an executor do a task; `outcome` learns how that ends."""

        def end(done: Future[T]) -> None:
            try:
                outcome.set_result(done.result())
            except BrokenExecutor:
                again()
            except BaseException as failure:  # noqa: BLE001 - whatever it is goes to whoever waits
                outcome.set_exception(failure)

        def again() -> None:
            try:
                self._start(task, outcome, self._running(broken=executor))
            except BaseException as failure:  # noqa: BLE001
                outcome.set_exception(failure)

        try:
            executor.submit(task).add_done_callback(end)
        except BrokenExecutor:
            again()


def _answer(letter: Path) -> None:
    """Read what was asked, and write the answer; `letter` is the folder of both.

    What the sections that were set here before have left is given back, so that it does not add to what is to come.
    """
    heap.give_back()
    with (letter / _QUESTION).open("rb") as file:
        function, values = pickle.load(file)  # noqa: S301 - nobody else can write there
    with (letter / _ANSWER).open("wb") as file:
        pickle.dump(function(*values), file, pickle.HIGHEST_PROTOCOL)


def _ignore_interrupts() -> None:
    """Leave an interrupt from the keyboard to the process that waits for this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def workers(count: int | None, scheduler: str | None = None) -> Iterator[Workers]:
    """Workers in `count` processes, by default one for each core; they end with the context.

    With the address of a Dask `scheduler` (`tcp://…`) they are those of its cluster, however many they are.
    Raises OSError where there is none at that address.
    """
    with ExitStack() as stack:
        if scheduler is not None:
            from book.pool.cluster import cluster

            yield Workers(stack.enter_context(cluster(scheduler)))
        elif processes(count) == 1:
            yield Workers(None)
        else:
            warm()
            yield Workers(Processes(processes(count), stack))
