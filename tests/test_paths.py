"""Paths as people give them."""

from pathlib import Path

import pytest

from shopscore import paths


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "我的 店 (1)【新】"
    place.mkdir()
    (place / "orders.csv").write_text("x", encoding="utf-8")
    (place / "refunds.csv").write_text("x", encoding="utf-8")
    return place


@pytest.mark.parametrize(
    "written",
    [
        "{path}",
        '"{path}"',
        "'{path}'",
        "“{path}”",
        " {path} ",
        '{path}"',
        "& '{path}'",
        "file://{url}",
    ],
)
def test_a_folder_given_by_drag_and_drop_is_found(folder, written):
    url = str(folder).replace(" ", "%20").replace("【", "%E3%80%90")
    assert paths.meant([Path(written.format(path=folder, url=url))]) == (folder,)


def test_escapes_that_a_shell_left_in_are_taken_out(folder):
    assert paths.meant([Path(str(folder).replace(" ", r"\ "))]) == (folder,)


def test_a_path_that_exists_is_taken_as_it_stands(tmp_path):
    odd = tmp_path / "'quoted'"
    odd.mkdir()
    (tmp_path / "quoted").mkdir()
    assert paths.meant([odd]) == (odd,)


def test_a_home_that_no_shell_has_filled_in(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder.parent))
    assert paths.meant([Path("~") / folder.name]) == (folder,)


def test_a_pattern_that_no_shell_has_filled_in(folder):
    plain = folder.parent / "plain"
    folder.rename(plain)
    assert paths.meant([plain / "*.csv"]) == (plain / "orders.csv", plain / "refunds.csv")


def test_a_drive_of_windows_is_looked_for_where_it_is_mounted(folder, monkeypatch):
    monkeypatch.setattr(paths, "_MOUNTS", (f"{folder.parent}/{{rest}}",))
    assert paths.meant([Path(rf"D:\{folder.name}\orders.csv")]) == (folder / "orders.csv",)
    assert paths.meant([Path(f"D:/{folder.name}")]) == (folder,)


@pytest.mark.parametrize("text", ["/no/such/folder", "*.nothing", "x" * 5000, "file:///no/such", '"', "C:\\nowhere"])
def test_what_nothing_is_found_for_stays_as_it_is(text):
    assert paths.meant([Path(text)]) == (Path(text),)
