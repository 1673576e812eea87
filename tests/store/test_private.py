"""Folders of this user alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from book.store.private import private_folder


@pytest.fixture
def cache_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    private_folder.cache_clear()
    yield tmp_path / "cache"
    private_folder.cache_clear()


def test_it_lies_in_the_users_cache_and_is_the_users_own(cache_home: Path) -> None:
    folder = private_folder("fontconfig")
    assert folder == cache_home / "florilegium" / "fontconfig"
    assert folder.stat().st_mode & 0o077 == 0


def test_a_link_laid_there_is_not_followed(cache_home: Path, tmp_path: Path) -> None:
    (tmp_path / "trap").mkdir()
    (cache_home / "florilegium").mkdir(parents=True, mode=0o700)
    (cache_home / "florilegium" / "fontconfig").symlink_to(tmp_path / "trap")
    folder = private_folder("fontconfig")
    assert not folder.resolve().is_relative_to(tmp_path / "trap")
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("cache_home")
def test_a_folder_that_others_may_write_to_is_not_used() -> None:
    first = private_folder("fontconfig")
    first.chmod(0o777)
    private_folder.cache_clear()
    assert private_folder("fontconfig") != first


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT TESTED: only root can give a folder to another user")
@pytest.mark.usefixtures("cache_home")
def test_a_folder_of_another_user_is_not_used() -> None:
    first = private_folder("fontconfig")
    os.chown(first, 65534, 65534)
    private_folder.cache_clear()
    assert private_folder("fontconfig") != first


def test_no_module_uses_a_fixed_name_in_the_folder_for_temporary_files(sample: Path) -> None:
    paths = sorted((sample / "book").rglob("*.py"))
    named = [path.name for path in paths if "gettempdir() /" in path.read_text() or '"/tmp' in path.read_text()]
    assert named == []
