"""What is kept is found whole or not at all, and is kept within its bounds."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from shopscore import cache
from shopscore.cache import Cache


@pytest.fixture
def kept(tmp_path):
    return Cache(tmp_path / "cache", most=100)


def put(kept, name, size, asked=None):
    cache.keep(kept, name, lambda path: path.write_bytes(b"x" * size))
    if asked is not None:
        os.utime(kept.folder / name, (asked, asked))


def names(kept):
    return sorted(path.name for path in kept.folder.rglob("*") if path.is_file() and path.name[0] != ".")


def test_what_is_kept_is_found_under_its_name(kept):
    assert cache.found(kept, "a/b") is None
    put(kept, "a/b", 3)
    assert cache.found(kept, "a/b").read_bytes() == b"xxx"


def test_what_was_not_written_whole_is_not_there(kept):
    def half(path):
        path.write_bytes(b"x")
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        cache.keep(kept, "a", half)
    assert cache.found(kept, "a") is None
    assert list(kept.folder.iterdir()) == []


def test_what_was_not_asked_for_longest_goes_first(kept):
    for name, asked in (("old", 1), ("older", 0), ("new", 2)):
        put(kept, name, 40, asked)
    cache.prune(kept, now=10_000)
    assert names(kept) == ["new", "old"]


def test_being_found_is_being_asked_for(kept):
    for name in ("one", "two", "three"):
        put(kept, name, 40, asked=1)
    cache.found(kept, "one")
    cache.found(kept, "three")
    cache.prune(kept, now=10_000)
    assert names(kept) == ["one", "three"]


def test_it_is_pruned_once_an_hour(kept):
    cache.prune(kept, now=0)
    kept.folder.mkdir()
    (kept.folder / ".pruned").touch()
    began = (kept.folder / ".pruned").stat().st_mtime
    for name in ("one", "two", "three"):
        put(kept, name, 40)
    cache.prune(kept, now=began + 3599)
    assert len(names(kept)) == 3
    cache.prune(kept, now=began + 3601)
    assert len(names(kept)) == 2


def test_many_at_once_leave_one_whole(kept):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda size: put(Cache(kept.folder), "same", size), [10_000 + each for each in range(50)]))
    assert len(cache.found(kept, "same").read_bytes()) >= 10_000
    assert names(kept) == ["same"]


def test_another_version_of_a_library_is_another_program(tmp_path, monkeypatch):
    (tmp_path / "readers_of_files.py").write_text("version = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(cache, "_LIBRARIES", ("readers_of_files", "none_of_this_name"))
    first = cache.program.__wrapped__()
    assert cache.program.__wrapped__() == first
    (tmp_path / "readers_of_files.py").write_text("version = 10\n")
    assert cache.program.__wrapped__() != first
