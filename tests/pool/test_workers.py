from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from book.language.fonts import font_files
from book.model.fragments import Fragment, Job, Stylesheet
from book.pool import processes as module
from book.pool.processes import ProcessBackend
from book.pool.workers import Workers, constant, workers
from book.problem import BookError, Span, error
from book.store.store import Store

T = TypeVar("T")


def job(slug: str, length: int = 10, root: Path = Path("/nowhere")) -> Job:
    html = f"<html lang='en'><head><title>T</title></head><body><p>{slug} {'x ' * length}</p></body></html>"
    font = font_files()[0]
    sheet = Stylesheet("/fonts.css", font.rule(font.path.as_uri()) + f'html {{ font-family: "{font.family}" }}')
    return Job(slug, html, (sheet,), str(root), str(root / "faces"), f"chapters/{slug}.md")


class Recorded:
    """Takes jobs, and ends them in the reverse order, each after as many seconds as its name says."""

    def __init__(self) -> None:
        self.slugs: list[str] = []
        self.ended: list[Future[tuple[Fragment, float]]] = []

    def __call__(self, one: Job) -> Future[tuple[Fragment, float]]:
        self.slugs.append(one.slug)
        outcome: Future[tuple[Fragment, float]] = Future()
        seconds = float(one.slug.partition("-")[2] or 0)
        outcome.set_result((Fragment(one.slug, b"", 1, {}, ()), seconds))
        return outcome

    def offload(self, function: Callable[..., T], *values: object) -> Callable[[], T]:
        return constant(function(*values))

    def cancel(self) -> None:
        """Nothing is left to be cancelled."""


def test_results_come_in_the_order_of_the_jobs_and_the_longest_section_is_begun_first() -> None:
    sent = Recorded()
    found = Workers(sent)([job("short", 1), job("long", 500), job("middle", 50)])
    assert [fragment.slug for fragment in found] == ["short", "long", "middle"]
    assert sent.slugs == ["long", "middle", "short"]


def test_what_a_section_cost_the_last_time_counts_for_more_than_its_length(tmp_path: Path) -> None:
    store = Store(tmp_path)
    jobs = [job("a-1", 500), job("b-9", 1), job("c-4", 50)]
    first = Workers(Recorded())
    with first.estimated_costs(store, Path("/nowhere")):
        list(first(jobs))
    sent = Recorded()
    second = Workers(sent)
    with second.estimated_costs(store, Path("/nowhere")):
        list(second(jobs))
    assert sent.slugs == ["b-9", "c-4", "a-1"]


def test_one_process_is_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.pages.press.press", lambda one: Fragment(f"{one.slug} in {os.getpid()}", b"", 1, {}, ()))
    with workers(1) as pool:
        assert not pool.is_parallel
        assert [fragment.slug for fragment in pool([job("a", root=tmp_path)])] == [f"a in {os.getpid()}"]


@pytest.fixture
def processes() -> Iterator[tuple[Workers, ProcessBackend]]:
    from contextlib import ExitStack

    with ExitStack() as stack:
        sender = ProcessBackend(2, stack)
        yield Workers(sender), sender


def test_a_worker_has_loaded_what_sets_and_binds_pages_and_nothing_that_composes_them(
    processes: tuple[Workers, ProcessBackend],
) -> None:
    loaded = processes[1].offload(eval, "set(__import__('sys').modules)")()
    assert {"weasyprint", "pikepdf", "book.pages.press", "book.pdf.bind", "book.standards.pdf_ua_1"} <= loaded
    assert not {"book.make", "book.composition.composer", "jinja2", "markdown_it"} & loaded


def kill_one(sender: ProcessBackend) -> None:
    """Kill a process as soon as there is one."""
    for _ in range(2000):
        running = list(getattr(sender._executor, "_processes", None) or {})
        if running:
            os.kill(running[0], signal.SIGKILL)
            return
        time.sleep(0.005)


def test_what_a_killed_process_was_setting_is_set_by_another(
    processes: tuple[Workers, ProcessBackend], tmp_path: Path
) -> None:
    pool, sender = processes
    killer = threading.Thread(target=kill_one, args=[sender])
    killer.start()
    slugs = [fragment.slug for fragment in pool([job(f"s{number}", root=tmp_path) for number in range(6)])]
    killer.join()
    assert slugs == [f"s{number}" for number in range(6)]
    assert sender._restarts == 1


def test_what_follows_a_large_section_is_done_in_another_process(
    processes: tuple[Workers, ProcessBackend], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool, sender = processes
    list(pool([job("small", root=tmp_path)]))
    first = sender._executor
    running = set(getattr(first, "_processes", None) or {})
    list(pool([job("another", root=tmp_path)]))
    assert sender._executor is first
    monkeypatch.setattr(module, "LARGE", 500)
    (fragment,) = pool([job("large", 400, tmp_path)])
    assert fragment.pages > 0
    assert pool.offload(os.getpid)() not in running
    for _ in range(100):
        running = {pid for pid in running if is_running(pid)}
        if not running:
            return
        time.sleep(0.1)
    pytest.fail("the process that set the large section did not end")


def test_no_fresh_processes_are_started_while_others_have_tasks(
    processes: tuple[Workers, ProcessBackend], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, sender = processes
    monkeypatch.setattr(module, "LARGE", 500)
    found = [sender(job(name, 400 if name == "large" else 40, tmp_path)) for name in ("large", "a", "b")]
    executor = sender._executor
    found[0].result()
    found.append(sender(job("c", 40, tmp_path)))
    assert sender._executor is executor or all(one.done() for one in found[:3])
    sender.cancel()
    left = [one for one in found if not one.done()]
    assert left == [], "a task that nobody can cancel any more goes on"


def is_running(pid: int) -> bool:
    """Whether a process has not ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def die(_: Job) -> tuple[Fragment, float]:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def test_a_section_that_kills_every_process_is_given_up_with_a_reason(
    processes: tuple[Workers, ProcessBackend], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "timed_press", die)
    with pytest.raises(OSError, match="killed twice"):
        list(processes[0]([job("a", root=tmp_path)]))


def test_a_failure_in_a_process_arrives_where_the_result_is_awaited_as_a_problem_of_the_file(
    processes: tuple[Workers, ProcessBackend], tmp_path: Path
) -> None:
    broken = replace(job("a", root=tmp_path), faces="no\0where")
    with pytest.raises(BookError) as failure:
        list(processes[0]([broken]))
    assert [(problem.code, problem.at.path) for problem in failure.value.problems] == [("defect", broken.path)]
    assert isinstance(failure.value.__cause__, ValueError)


def fail(code: str) -> int:
    raise BookError([error(code, f"in {os.getpid()}", Span("book.toml"))])


def test_work_is_done_in_another_process_and_its_problems_arrive_whole(
    processes: tuple[Workers, ProcessBackend],
) -> None:
    pool, _ = processes
    assert pool.offload(os.getpid)() != os.getpid()
    with pytest.raises(BookError) as caught:
        pool.offload(fail, "one-code")()
    (problem,) = caught.value.problems
    assert (problem.code, problem.message != f"in {os.getpid()}") == ("one-code", True)


def test_nothing_is_left_of_what_another_process_was_asked_and_answered(
    processes: tuple[Workers, ProcessBackend], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pool, _ = processes
    assert pool.offload(sorted, [2, 1])() == [1, 2]
    with pytest.raises(BookError):
        pool.offload(fail, "one-code")()
    pool.cancel()
    with pytest.raises(CancelledError):
        pool.offload(sorted, [2, 1])
    assert list(tmp_path.glob("florilegium-*")) == []


def test_work_is_done_here_where_there_is_no_other_process() -> None:
    assert Workers(None).offload(os.getpid)() == os.getpid()


def test_after_a_cancellation_nothing_is_begun(processes: tuple[Workers, ProcessBackend], tmp_path: Path) -> None:
    processes[0].cancel()
    with pytest.raises(CancelledError):
        list(processes[0]([job("a", root=tmp_path)]))
