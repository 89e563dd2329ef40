"""The key behind pseudonyms: kept, never shown, never replaced by accident."""

import stat

import pytest

from shopscore import key
from shopscore.errors import UsageError


def none(*text):
    raise AssertionError(text)


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    folder = tmp_path / "config"
    first = key.current({}, folder, none)
    assert len(first) == 32
    assert key.current({}, folder, none) == first
    assert stat.S_IMODE(key.key_file(folder).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["pseudonym.key"]


def test_the_environment_wins_and_writes_nothing(tmp_path):
    assert key.current({"SHOPSCORE_KEY": "mine"}, tmp_path, none) == b"mine"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "zz", "abcd"])
def test_a_damaged_key_is_never_replaced_silently(tmp_path, content):
    key.key_file(tmp_path).write_text(content, encoding="ascii")
    with pytest.raises(UsageError, match=r"holds no key.*shopscore key rotate"):
        key.current({}, tmp_path, none)
    assert key.key_file(tmp_path).read_text(encoding="ascii") == content


def test_rotating_makes_another_key_and_forgets_the_old_one(tmp_path):
    old = key.current({}, tmp_path, none)
    assert key.rotate({}, tmp_path) == (key.fingerprint(old), key.fingerprint(key.current({}, tmp_path, none)))
    assert key.current({}, tmp_path, none) != old
    assert old.hex() not in "".join(path.read_text(encoding="ascii") for path in tmp_path.iterdir())


def test_rotating_mends_a_damaged_key(tmp_path):
    key.key_file(tmp_path).write_text("rubbish", encoding="ascii")
    assert key.rotate({}, tmp_path) == (None, key.fingerprint(key.current({}, tmp_path, none)))


def test_a_key_of_the_environment_is_rotated_there(tmp_path):
    with pytest.raises(UsageError, match="SHOPSCORE_KEY"):
        key.rotate({"SHOPSCORE_KEY": "mine"}, tmp_path)


def test_a_key_that_cannot_be_kept_is_said(tmp_path):
    (tmp_path / "file").write_text("", encoding="ascii")
    said = []
    assert len(key.current({}, tmp_path / "file" / "config", lambda *texts: said.append(texts))) == 32
    assert ["cannot be written" in said[0][0], "无法写入" in said[0][1], len(said)] == [True, True, 1]


def test_a_fingerprint_tells_keys_apart_and_is_no_part_of_them():
    one, two = key.fingerprint(b"one"), key.fingerprint(b"two")
    assert one != two
    assert len(one) == 12
