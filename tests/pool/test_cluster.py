"""Sections set on a cluster: a real one of two processes on this machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from book.cli.commands import main

if TYPE_CHECKING:
    from tests.conftest import MakeBook

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

pytestmark = pytest.mark.filterwarnings("default")  # those of the cluster's own libraries are not ours to mend

SETTINGS = """\
[book]
title = "A Small Book"
language = "en"
[editions.print]
output = "pdf"
styles = ["styles/print.css"]
[editions.ebook]
output = "epub"
"""

CHAPTER = """---
title: Chapter {0}
---

The phrase dates from a visit [@talk-2013, part {0}]. {1}

![A square](images/square.svg "A square")

![A square, or none](images/broken.png)

> Quoted words.
>
> — [@talk-2013]
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, scheduler_port=0
    ) as running:
        yield running


@pytest.fixture
def root(make_book: MakeBook) -> Path:
    """A book whose sections refer to stylesheets, to a picture that can be read and to one that cannot."""
    files: dict[str, str | bytes] = {
        "book.toml": SETTINGS,
        "styles/print.css": '@import "more/colours.css"; p { colour: red }',
        "styles/more/colours.css": '.quotation { background: url("../../chapters/images/square.svg") }',
        "chapters/images/square.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"'
        ' height="9"/></svg>',
        "chapters/images/broken.png": b"no picture",
    }
    for number in range(1, 5):
        files[f"chapters/0{number}-c{number}.md"] = CHAPTER.format(number, "A sentence of some length. " * 12 * number)
    return make_book({**files, "chapters/01-first.md": None})


def build(root: Path, output: Path, *words: str) -> tuple[int, str]:
    """What a build says, and how it ends."""
    result = CliRunner().invoke(main, ["build", "-q", "-p", str(root), "-o", str(output), *words])
    return result.exit_code, result.stderr


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a build by its name."""
    found = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {str(name): path.read_bytes() for name, path in found.items() if name.parts[0] != ".store"}


def repaired(root: Path) -> Path:
    """The book with a picture that can be read."""
    picture = (root / "chapters" / "images" / "square.svg").read_bytes()
    for path in (root / "chapters").glob("*.md"):
        path.write_text(path.read_text().replace("broken.png", "other.svg"))
    (root / "chapters" / "images" / "other.svg").write_bytes(picture)
    return root


def test_the_bytes_are_the_same_however_and_wherever_the_sections_are_set(
    root: Path, tmp_path: Path, cluster: Any
) -> None:
    repaired(root)
    one, two, away = (tmp_path / name for name in ("one", "two", "away"))
    ends = [
        build(root, one, "--jobs", "1"),
        build(root, two, "--jobs", "2"),
        build(root, away, "--scheduler", cluster.scheduler_address),
    ]
    assert [code for code, _ in ends] == [0, 0, 0]
    assert "print.pdf" in files(one)
    assert files(one) == files(two) == files(away)
    (away / "print.pdf").unlink()  # set again from the store alone
    assert build(root, away, "--scheduler", cluster.scheduler_address)[0] == 0
    assert files(one) == files(away)
    assert ends[0][1] == ends[1][1] == ends[2][1], "the problems are named alike"
    assert "styles/print.css:1:" in ends[0][1]


def test_a_picture_that_cannot_be_read_is_named_as_in_the_project(root: Path, tmp_path: Path, cluster: Any) -> None:
    here = build(root, tmp_path / "here", "--jobs", "1")
    away = build(root, tmp_path / "away", "--scheduler", cluster.scheduler_address)
    assert 'the image "chapters/images/broken.png" cannot be read' in here[1]
    assert away == here


def test_a_worker_that_is_killed_in_the_middle_costs_nothing_but_time(root: Path, tmp_path: Path, cluster: Any) -> None:
    repaired(root)
    before = {worker.pid for worker in cluster.workers.values()}

    def kill() -> None:
        client = distributed.Client(cluster.scheduler_address, set_as_default=False)
        with client:
            for _ in range(2000):
                busy = [address for address, tasks in client.processing().items() if tasks]
                if busy:
                    worker = next(one for one in cluster.workers.values() if one.worker_address == busy[0])
                    os.kill(worker.pid, signal.SIGKILL)
                    return
                time.sleep(0.005)

    killer = threading.Thread(target=kill)
    killer.start()
    code, _ = build(root, tmp_path / "away", "--scheduler", cluster.scheduler_address)
    killer.join()
    assert code == 0
    deadline = time.time() + 10
    while {worker.pid for worker in cluster.workers.values()} == before and time.time() < deadline:
        time.sleep(0.1)
    assert {worker.pid for worker in cluster.workers.values()} != before, "no worker was killed"
    assert build(root, tmp_path / "here", "--jobs", "1")[0] == 0
    assert files(tmp_path / "away") == files(tmp_path / "here")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "no address"])
def test_an_address_without_a_scheduler_is_reported(
    root: Path, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("book.pool.cluster.CONNECT_TIMEOUT", 0.5)
    code, said = build(repaired(root), tmp_path / "out", "--scheduler", address)
    assert code == 1
    assert said.startswith("error: ")
    assert not (tmp_path / "out" / "print.pdf").exists()


@contextmanager
def scheduler_and_worker(folder: Path, protocol: str, *options: str, **variables: str) -> Iterator[str]:
    """The address of a scheduler that was started with its one worker as people start them, by Dask's command."""
    dask, named = str(Path(sys.executable).with_name("dask")), folder / "scheduler.json"
    shared = {"env": {**os.environ, **variables}, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    words = ["--protocol", protocol, "--no-dashboard"]
    scheduler = [dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(named), *words]
    with ExitStack() as running:

        def start(command: list[str]) -> None:
            process = subprocess.Popen(command, **shared)  # type: ignore[call-overload]
            running.callback(process.wait, timeout=30)
            running.callback(process.kill)

        start(scheduler)
        wait_for(named.exists)
        address = str(json.loads(named.read_text())["address"])
        worker = [dask, "worker", address, "--nthreads", "1", "--local-directory", str(folder / "work"), *words]
        start([*worker, *options])
        wait_for(lambda: any((folder / "work").rglob("worker-*")))
        yield address


def wait_for(there: Callable[[], object]) -> None:
    """Wait until something is there."""
    end = time.monotonic() + 60
    while not there():
        assert time.monotonic() < end
        time.sleep(0.1)


def built_there(root: Path, output: Path, address: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A build on the cluster at an address, in a process of its own."""
    command = [sys.executable, "-P", "-m", "book", "build", "-q", "-p", str(root), "-o", str(output)]
    return subprocess.run(
        [*command, "--scheduler", address],
        env={**os.environ, **variables}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        "import book.pool.cluster as one\none.engine_version = lambda: 'x'",
        "import sys\nsys.modules['book.pool'] = None",
    ],
    ids=["another", "none"],
)
def test_a_worker_of_another_version_is_refused(make_book: MakeBook, tmp_path: Path, change: str) -> None:
    (tmp_path / "other.py").write_text(change)
    with scheduler_and_worker(tmp_path, "tcp", "--preload", str(tmp_path / "other.py")) as address:
        done = built_there(make_book(), tmp_path / "out", address)
    assert done.returncode == 1
    assert " has another version of florilegium or of its libraries" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_cluster_can_be_reached_by_tls_alone(make_book: MakeBook, tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("NOT TESTED: there is no openssl to make a certificate with")
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    words = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=cluster", "-keyout", key, "-out", certificate]
    subprocess.run(["openssl", "req", "-x509", *words], check=True, capture_output=True)
    variables = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": certificate, "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "1"}
    for one in ("SCHEDULER", "WORKER", "CLIENT"):
        variables |= {f"DASK_DISTRIBUTED__COMM__TLS__{one}__KEY": key}
        variables |= {f"DASK_DISTRIBUTED__COMM__TLS__{one}__CERT": certificate}
    with scheduler_and_worker(tmp_path, "tls", **variables) as address:
        assert address.startswith("tls://")
        without = built_there(make_book(), tmp_path / "out", address)
        done = built_there(make_book(), tmp_path / "out", address, **variables)
    assert without.returncode == 1
    assert "needs certificates" in without.stderr
    assert (done.returncode, (tmp_path / "out" / "print.pdf").is_file()) == (0, True), done.stderr
