"""Under limits that the system sets, a build ends with a message, never with a hang; and SIGTERM always ends it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from book.pool.forkserver import LONGEST_SOCKET
from tests.conftest import EDITIONS, MINIMAL, MakeBook

BUILD = [sys.executable, "-P", "-m", "book", "build", "--quiet", "--jobs", "2"]


def run_limited(command: list[str], limit: int, value: int) -> subprocess.CompletedProcess[str]:
    """Run a command for which a limit of the system is so low."""

    def lower() -> None:
        resource.setrlimit(limit, (value, value))

    return subprocess.run(command, preexec_fn=lower, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("kilobytes", [80_000, 100_000, 120_000, 200_000, 400_000])
def test_too_little_memory_is_told_with_the_limit_before_anything_is_begun(project: Path, kilobytes: int) -> None:
    told = run_limited([*BUILD, "--project", str(project)], resource.RLIMIT_AS, kilobytes * 1024)
    assert told.returncode == 1, told.stderr
    assert f"(ulimit -v {kilobytes})" in told.stderr
    assert "ulimit -v unlimited" in told.stderr
    assert "Traceback" not in told.stderr
    assert "defect" not in told.stderr


def test_too_few_files_are_told_with_the_limit(project: Path) -> None:
    told = run_limited([*BUILD, "--project", str(project)], resource.RLIMIT_NOFILE, 16)
    assert told.returncode == 1
    assert told.stderr.splitlines() == [
        "error: the system lets this process open 16 files at once (ulimit -n), and 32 are needed",
        "  hint: raise that number: ulimit -n 1024",
    ]


def test_a_book_is_made_with_just_the_memory_and_files_that_are_asked_for(project: Path) -> None:
    from book.problems.limits import LEAST_FILES, LEAST_MEMORY

    command = [*BUILD, "--project", str(project)]
    for limit, value in ((resource.RLIMIT_AS, LEAST_MEMORY), (resource.RLIMIT_NOFILE, LEAST_FILES)):
        told = run_limited([*command, "--output", str(project / str(value))], limit, value)
        assert told.returncode == 0, told.stderr
        assert (project / str(value) / "print.pdf").is_file()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_may_not_be_so_large_is_named(project: Path, jobs: str, tmp_path: Path) -> None:
    build = [*BUILD[:-1], jobs, "--project", str(project)]
    told = run_limited([*build, "--output", str(tmp_path / "first")], resource.RLIMIT_FSIZE, 20_000)
    assert told.returncode == 1
    assert told.stderr.startswith(f"error: {tempfile.gettempdir()}: File too large\n"), "fonts are written there"
    assert "ulimit -f unlimited" in told.stderr
    subprocess.run([*build, "--output", str(tmp_path / "second")], check=True)  # all is in the store now
    largest = max((tmp_path / "second").iterdir(), key=lambda path: path.stat().st_size)
    told = run_limited([*build, "--output", str(tmp_path / "third")], resource.RLIMIT_FSIZE, largest.stat().st_size - 1)
    assert told.returncode == 1
    assert told.stderr.startswith(f"error: {tmp_path / 'third' / largest.name}: File too large\n")
    assert [path.name for path in (tmp_path / "third").iterdir() if not path.name.startswith(".")] == []


STARVED = """
import resource
import sys
import threading
from contextlib import ExitStack

from book.pool.forkserver import start_forkserver
from book.pool.processes import ProcessBackend

threading.stack_size(8 * 2**20)
with ExitStack() as stack:
    backend = ProcessBackend(2, stack)
    if sys.argv[1] == "server":
        start_forkserver()
    used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
    limit = used + int(sys.argv[2]) * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        waits = [backend.offload(len, "word") for _ in range(3)]
        print([wait() for wait in waits])
    except OSError as failure:
        print(failure)
"""


@pytest.mark.parametrize(("before", "megabytes"), [("nothing", 1), ("nothing", 10), ("server", 4), ("server", 10)])
def test_who_waits_for_a_worker_that_cannot_be_begun_is_told(before: str, megabytes: int) -> None:
    command = [sys.executable, "-c", STARVED, before, str(megabytes)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "\n  hint: the system gives each process" in done.stdout


SCRIPT = """
import sys
from pathlib import Path

from book.build import build_book
from book.check import check_all

root = Path(sys.argv[1])
found = {function}
print("done once")
"""


@pytest.mark.parametrize(
    "function", ["check_all(root)", "build_book(root, jobs=2)", "build_book(root, jobs=1, isolated=True)"]
)
def test_a_script_without_the_usual_guard_is_run_once_and_ends(
    make_book: MakeBook, tmp_path: Path, function: str
) -> None:
    settings = '[book]\ntitle = "B"\n[editions.print]\noutput = "pdf"\nstyles = ["own.css"]\n'
    root = make_book({"book.toml": settings, "own.css": "p { color: #123 }"})
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(function=function), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(root)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "done once\n"
    assert not done.stderr


STUCK = """
import signal
import sys
import threading

from book import __main__ as program

program.GRACE = 1
signal.signal(signal.SIGTERM, program._terminate)
threading.Thread(target=threading.Event().wait).start()
print("ready", flush=True)
threading.Event().wait()
"""


def test_sigterm_ends_a_process_whose_threads_never_end() -> None:
    with subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 143


def test_sigterm_ends_a_build_whose_workers_do_not_answer(project: Path) -> None:
    with subprocess.Popen(
        [*BUILD, "--project", str(project)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        stopped: list[int] = []
        while process.poll() is None and not stopped:
            stopped = stop_descendants(process.pid)
            time.sleep(0.01)
        assert stopped, "the build ended before a worker was there"
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        try:
            assert process.wait(timeout=30) == 143
        finally:
            for one in stopped:
                os.kill(one, signal.SIGKILL)


@pytest.fixture
def heard() -> Iterator[None]:
    """Signals as in a terminal: what runs the tests may ignore some (`nohup`, a background job), and hands that on."""
    before = {
        signal.SIGHUP: signal.signal(signal.SIGHUP, signal.SIG_DFL),
        signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler),
    }
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("started", ["by the fork server", "each anew"])
def test_a_build_that_is_stopped_or_whose_terminal_is_closed_leaves_nothing_behind(
    project: Path, tmp_path: Path, number: signal.Signals, started: str
) -> None:
    with tempfile.TemporaryDirectory(dir=None if started == "by the fork server" else tmp_path) as name:
        folder = Path(name, "x" * (1 if started == "by the fork server" else LONGEST_SOCKET))
        folder.mkdir()
        with subprocess.Popen(
            [*BUILD, "--project", str(project)],
            env={**os.environ, "TMPDIR": str(folder)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            while process.poll() is None and len(children(process.pid)) < 2:  # one of them clears up
                time.sleep(0.01)
            process.send_signal(number)
            said = process.communicate(timeout=60)[1]
        assert (process.returncode, said) == (128 + number, "")
        assert list(folder.iterdir()) == []


def test_processes_that_are_started_anew_end_without_a_word(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / ("x" * LONGEST_SOCKET)
    folder.mkdir()
    done = subprocess.run(
        [*BUILD, "--project", str(project)],
        env={**os.environ, "TMPDIR": str(folder)}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("seconds", [0.4, 0.6, 0.8, 1.0, 1.3, 1.6, 2.0])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_all_processes_of_a_terminal_prints_no_traceback(
    make_book: MakeBook, number: signal.Signals, seconds: float
) -> None:
    """Some are importing, or being started; the least time is one in which Python itself has begun."""
    root = make_book({"book.toml": MINIMAL["book.toml"] + EDITIONS})
    command = BUILD if number is signal.SIGINT else [*BUILD[:4], "check"]
    with subprocess.Popen(
        [*command, "--project", str(root)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        time.sleep(seconds)
        os.killpg(process.pid, number)
        said = process.communicate(timeout=60)[1]
    assert "Traceback" not in said
    assert "Error" not in said


def test_a_build_under_nohup_goes_on(project: Path) -> None:
    script = "trap '' HUP; exec \"$@\""
    with subprocess.Popen(["sh", "-c", script, "sh", *BUILD, "--project", str(project)]) as process:
        while process.poll() is None and not children(process.pid):
            time.sleep(0.01)
        process.send_signal(signal.SIGHUP)
        assert process.wait(timeout=120) == 0


def stop_descendants(parent: int) -> list[int]:
    """Stop (SIGSTOP) the workers, which are children of the fork server; their numbers."""
    found = []
    for server in children(parent):
        for worker in children(server):
            os.kill(worker, signal.SIGSTOP)
            found.append(worker)
    return found


def children(parent: int) -> list[int]:
    """The children of a process."""
    try:
        return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []
