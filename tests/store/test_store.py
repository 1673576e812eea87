from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from book.model.fragments import Position
from book.problem import Severity
from book.store.locks import lock
from book.store.store import KEEP_SECONDS, Store, clear_leftovers, key_of, write_atomically

KEY = key_of("what it was made from")


def entry(store: Store) -> Path:
    """The path of the only file of a store."""
    (path,) = (path for path in store.folder.rglob("*") if path.is_file())
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "build" / ".store")


def test_what_is_put_into_a_store_is_found_by_the_next_build(store: Store) -> None:
    store.put("places", KEY, {"a": Position(1, 2.5, 3.5)})
    assert Store(store.folder).get("places", KEY, dict[str, Position]) == {"a": Position(1, 2.5, 3.5)}


def test_another_key_or_another_kind_finds_nothing(store: Store) -> None:
    store.put("places", KEY, 1)
    assert store.get("places", key_of("something else"), int) is None
    assert store.get("other", KEY, int) is None


def test_a_key_depends_on_every_part_and_on_where_it_ends() -> None:
    keys = {key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("c", "ab"), key_of("ab", "c", "")}
    assert len(keys) == 5
    assert key_of("ab") == key_of(b"ab")


def test_something_is_made_once(store: Store) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return 7

    assert [store.get_or_make("numbers", KEY, int, make) for _ in range(3)] == [7, 7, 7]
    assert len(made) == 1


@pytest.mark.parametrize("damage", [b"", b"short", bytes(40)])
def test_a_damaged_entry_is_made_again_with_a_warning(store: Store, damage: bytes) -> None:
    store.put("numbers", KEY, 7)
    entry(store).write_bytes(damage)
    assert store.get_or_make("numbers", KEY, int, lambda: 8) == 8
    (problem,) = store.damaged
    assert (problem.code, problem.severity) == ("damaged-store", Severity.WARNING)
    assert problem.at.path.startswith(".store/numbers/")
    assert Store(store.folder).get("numbers", KEY, int) == 8


def test_one_wrong_bit_is_noticed(store: Store) -> None:
    store.put("texts", KEY, "some text of a chapter")
    path = entry(store)
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(data)
    assert store.get("texts", KEY, str) is None
    assert not path.exists()


def test_an_entry_of_another_type_counts_as_damaged(store: Store) -> None:
    store.put("numbers", KEY, "seven")
    assert store.get("numbers", KEY, int) is None
    assert len(store.damaged) == 1


def test_a_store_that_cannot_be_written_to_holds_nothing_and_troubles_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("where the folder should be")
    store = Store(tmp_path / "file")
    store.put("numbers", KEY, 7)
    store.trim()
    assert store.get("numbers", KEY, int) is None
    assert not store.damaged


def test_two_builds_that_write_and_read_the_same_entry_never_see_a_part_of_it(store: Store) -> None:
    text = "x" * 200_000
    stores = [Store(store.folder) for _ in range(4)]

    def work(one: Store) -> list[str | None]:
        found = []
        for _ in range(20):
            one.put("texts", KEY, text)
            found.append(one.get("texts", KEY, str))
        return found

    with ThreadPoolExecutor(4) as threads:
        assert {one for found in threads.map(work, stores) for one in found} == {text}
    assert [one.damaged for one in stores] == [[]] * 4
    entry(store)  # and nothing but the entry is left


def fill(store: Store, count: int) -> list[str]:
    """Fill a store with entries of about 1,000 bytes, the first used longest ago."""
    keys = [key_of(str(number)) for number in range(count)]
    for key in keys:
        store.put("texts", key, "x" * 1000)
    for age, key in enumerate(reversed(keys)):
        long_ago = time.time() - 2 * KEEP_SECONDS - age
        os.utime(store.folder / "texts" / key[:2] / key[2:], (long_ago, long_ago))
    return keys


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=3500)
    keys = fill(store, 6)
    assert store.get("texts", keys[0], str)  # used again: now it is the newest
    store.trim()
    kept = [key for key in keys if store.get("texts", key, str)]
    assert kept == [keys[0], keys[4], keys[5]]


def test_what_another_build_may_be_using_stays_whatever_the_limit(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=0)
    store.put("texts", KEY, "x" * 1000)
    store.trim()
    assert store.get("texts", KEY, str)


def test_two_entries_that_were_exchanged_are_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    keys = [key_of(name) for name in ("one", "two")]
    for key in keys:
        store.put("texts", key, f"for {key}")
    one, two = (store.folder / "texts" / key[:2] / key[2:] for key in keys)
    one.rename(tmp_path / "kept")
    two.rename(one)
    (tmp_path / "kept").rename(two)
    assert [store.get("texts", key, str) for key in keys] == [None, None]
    assert [problem.code for problem in store.damaged] == ["damaged-store"] * 2
    assert store.get_or_make("texts", keys[0], str, lambda: "made again") == "made again"


def test_an_entry_of_another_kind_is_not_taken(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    key = key_of("one")
    store.put("texts", key, "text")
    (store.folder / "texts").rename(store.folder / "words")
    assert store.get("words", key, str) is None


def test_temporary_files_of_stopped_builds_are_cleared_and_those_in_use_are_not(tmp_path: Path) -> None:
    store = Store(tmp_path / "output" / "store")
    store.put("texts", key_of("one"), "text")
    left, used, other = (
        store.folder / "texts" / name for name in (".florilegium-a.tmp", ".florilegium-b.tmp", ".kept")
    )
    outside = store.folder.parent / ".florilegium-c.tmp"
    for path in (left, used, other, outside):
        path.write_bytes(b"")
    with used.open("wb") as file:
        assert lock(file.fileno())
        store.trim()
        assert [path.exists() for path in (left, outside, used, other)] == [False, False, True, True]


def test_a_temporary_file_that_another_build_cleared_away_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleared: list[Path] = []

    def cleared_before_it_is_locked(handle: int) -> bool:
        if not cleared:
            cleared.extend(tmp_path.glob(".florilegium-*"))
            clear_leftovers(cleared)
        return lock(handle)

    monkeypatch.setattr("book.store.store.lock", cleared_before_it_is_locked)
    write_atomically(tmp_path / "file", b"content")
    assert len(cleared) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"content"
