"""The key behind buyers' pseudonyms: where it is kept, made, known by and replaced."""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from shopscore.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

VARIABLE = "SHOPSCORE_KEY"
_FILE = "pseudonym.key"
_BYTES = 32


def key_file(folder: Path) -> Path:
    """Where the key is kept inside the user's configuration folder."""
    return folder / _FILE


def fingerprint(key: bytes) -> str:
    """What a key is known by: it tells two keys apart and gives neither away."""
    return hmac.digest(key, b"shopscore key", "sha256").hex()[:12]


def current(environment: Mapping[str, str], folder: Path, warn: Callable[[str, str], None]) -> bytes:
    """The key in use: of the environment, else of the user's file, which is made on first use.

    Args:
        environment: the process's variables.
        folder: the user's configuration folder.
        warn: told, in English and in Chinese, when a new key cannot be kept.

    Raises:
        UsageError: the file is there and holds no key: making another would give every buyer another pseudonym.
    """
    given = environment.get(VARIABLE)
    if given:
        return given.encode()
    path = key_file(folder)
    with suppress(FileNotFoundError, NotADirectoryError):
        return _read(path)
    key = secrets.token_bytes(_BYTES)
    try:
        _create(path, key)
    except FileExistsError:
        # Another run was first: both use its key.
        return _read(path)
    except OSError:
        warn(
            f"{path} cannot be written: buyers get other pseudonyms on the next run",
            f"{path} 无法写入：下次运行时买家的化名会不同",
        )
    return key


def rotate(environment: Mapping[str, str], folder: Path) -> tuple[str | None, str]:
    """Put a new key in place of the one in the user's file; the old one is gone for good.

    Returns:
        The fingerprints of the old key (None where there was none that could be read) and of the new one.

    Raises:
        UsageError: the key comes from the environment, or the file cannot be written.
    """
    if environment.get(VARIABLE):
        raise UsageError(
            f"the key comes from {VARIABLE}: give that variable another value instead",
            f"密钥来自 {VARIABLE}：请直接改这个变量的值",
        )
    path = key_file(folder)
    old = None
    with suppress(OSError, UsageError):
        old = fingerprint(_read(path))
    key = secrets.token_bytes(_BYTES)
    part = path.with_name(f"{_FILE}.{os.getpid()}")
    try:
        _create(part, key)
        part.replace(path)
    except OSError as error:
        raise UsageError.of_system(error, str(path)) from None
    return old, fingerprint(key)


def _read(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise UsageError.of_system(error, str(path)) from None
    except ValueError:
        key = b""
    if len(key) < _BYTES:
        raise UsageError(
            f"{path} holds no key: put the file back from a backup, or make a new key with `shopscore key rotate`; "
            "buyers then get other pseudonyms",
            f"{path} 里没有密钥：请从备份恢复该文件，或用 `shopscore key rotate` 另建密钥；之后买家的化名会不同",
        )
    return key


def _create(path: Path, key: bytes) -> None:
    """Write a file that only its owner may read and that was not there before, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(key.hex())
        _publish(part, path)
    finally:
        part.unlink(missing_ok=True)


def _publish(part: Path, path: Path) -> None:
    """Give a finished file its name, unless the name is taken."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links.
        if path.exists():
            raise FileExistsError(path) from None
        part.rename(path)
