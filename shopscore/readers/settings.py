"""What holds for every file of a unit: formats, words, zones, the secret, the moment, the encoding."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from shopscore.errors import UsageError
from shopscore.readers.formats import catalogue, owned

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from shopscore.cache import Cache
    from shopscore.readers.formats import Known
    from shopscore.ruleset.format import Format, WordList
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.shopfile import ShopFile


class _LoadedFormat(Protocol):
    @property
    def format(self) -> Format: ...


class _LoadedPack(Protocol):
    @property
    def pack(self) -> Pack: ...


class ReadingRules(Protocol):
    """The part of the rules that reading needs."""

    @property
    def formats(self) -> Sequence[_LoadedFormat]:
        """The formats."""

    @property
    def words(self) -> Mapping[str, WordList]:
        """Word lists by id."""

    @property
    def packs(self) -> Mapping[str, _LoadedPack]:
        """Packs by platform."""

    @property
    def digest(self) -> str:
        """Of all rules; nothing where it is not known."""


class Settings(Struct, frozen=True):
    """What holds for every file of a unit.

    Attributes:
        known: the catalogue of formats.
        words: word lists by id.
        zones: platform → time zone.
        shop_files: ``shop.yaml`` by path.
        formats: formats kept beside exports, by path.
        key: the secret buyers are pseudonymised with.
        now: no event is later.
        encoding: of text files, if the user states it.
        digest: of all rules.
        kept: where what files gave is kept, if anywhere.
    """

    known: tuple[Known, ...]
    words: Mapping[str, WordList]
    zones: Mapping[str, str]
    shop_files: Mapping[Path, ShopFile]
    formats: Mapping[Path, Format]
    key: bytes
    now: dt.datetime
    encoding: str | None
    digest: str = ""
    kept: Cache | None = None

    def known_for(self, paths: Sequence[Path]) -> tuple[Known, ...]:
        """The catalogue for a file beside or below some formats, the nearest last."""
        return (*self.known, *owned(self.formats[path] for path in paths))


class Stated(Struct, frozen=True):
    """What people keep beside their exports, by path."""

    shop_files: Mapping[Path, ShopFile]
    formats: Mapping[Path, Format]


def settings_of(rules: ReadingRules, stated: Stated, key: bytes, now: dt.datetime, encoding: str | None) -> Settings:
    """Gather what holds for every file.

    Args:
        rules: what comes with shopscore.
        stated: what people keep beside their exports.
        key: the secret buyers are pseudonymised with.
        now: no event is later.
        encoding: of text files, if the user states it.

    Raises:
        UsageError: the encoding stated does not exist.
    """
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise UsageError(
                f"There is no encoding {encoding!r}; try utf-8, gb18030 or big5.",
                f"没有 {encoding!r} 这种编码；可以试 utf-8、gb18030 或 big5。",
            ) from None
    known = catalogue(loaded.format for loaded in rules.formats)
    zones = {name: loaded.pack.timezone for name, loaded in rules.packs.items()}
    files, formats = stated.shop_files, stated.formats
    return Settings(known, rules.words, zones, files, formats, key, now, encoding, rules.digest)
