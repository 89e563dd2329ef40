"""What can go wrong and whose matter it is; every message is a sentence for the person who sees it, in both languages.

ShopscoreError
├── UsageError    exit 2   the command line asks for something that is not there
├── RuleError     exit 2   a rule pack, a format or a shop.yaml is wrong (all problems at once)
├── DataError     exit 3   no file could be used
└── BusyError     exit 75  another run is at work on the same: nothing was done, try again later

A metric that fails and a file that cannot be read are results, not exceptions.
"""

from __future__ import annotations

import errno
from typing import Self

from msgspec import Struct

WHOLE = "document"
"""Where a mistake is that no key of a file leads to."""
_OF_SYSTEM = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘为只读",
    errno.ENOSPC: "磁盘空间不足",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENAMETOOLONG: "名称过长",
}
"""Reasons that systems give in English."""


class ShopscoreError(Exception):
    """A sentence for the user, and the exit code that goes with it.

    Attributes:
        en: the sentence in English, which is also what `str` gives.
        zh: the same in Chinese.
    """

    exit_code = 70

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en, zh)
        self.en = en
        self.zh = zh

    def __str__(self) -> str:
        return self.en

    @classmethod
    def of_system(cls, error: OSError, en: str, zh: str | None = None) -> Self:
        """With which path and option the system would not do something, or what, and the reason it gives."""
        reason = error.strerror or str(error)
        return cls(f"{en}: {reason}", f"{en if zh is None else zh}：{_OF_SYSTEM.get(error.errno or 0, reason)}")


class UsageError(ShopscoreError):
    """The command line asks for something that does not exist."""

    exit_code = 2


class DataError(ShopscoreError):
    """The data given cannot be audited at all."""

    exit_code = 3


class BusyError(ShopscoreError):
    """Another run holds what this one needs; 75 is what mail programs have always called "try again later"."""

    exit_code = 75


class NotThisError(ValueError):
    """A value that a shape does not take, as pydantic wants to hear of it: a sentence in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.zh = zh


class Problem(Struct, frozen=True):
    """One mistake in a file that a person wrote.

    Attributes:
        place: ``path:line`` as an editor understands it.
        where: the keys that lead to it, such as ``metrics.ship_fulfil_rate.where``.
        what: what is wrong, one sentence.
        text: the text in question, or nothing.
        at: the caret's column in ``text``, or None for no caret.
        hint: what to write instead, or nothing.
        zh: ``what`` in Chinese; nothing where only who writes rule packs can make this mistake.
        zh_hint: ``hint`` in Chinese.
    """

    place: str
    where: str
    what: str
    text: str = ""
    at: int | None = None
    hint: str = ""
    zh: str = ""
    zh_hint: str = ""

    def __str__(self) -> str:
        return self._told(f"{self.place}: {self.where}: {self.what}", self.hint)

    @property
    def in_chinese(self) -> str:
        """As `str`; in English where there is no other."""
        if not self.zh:
            return str(self)
        where = "文件" if self.where == WHOLE else self.where
        return self._told(f"{self.place}: {where}：{self.zh}", self.zh_hint)

    def _told(self, first: str, hint: str) -> str:
        lines = [first]
        if self.text:
            lines.append(f"    {self.text}")
            if self.at is not None:
                lines.append(" " * (4 + self.at) + "^")
        if hint:
            lines.append(f"    {hint}")
        return "\n".join(lines)


class RuleError(ShopscoreError):
    """Everything that is wrong with the files people wrote, all at once.

    What a seller's own files can get wrong is told in both languages; mistakes of rule packs are told in English, which
    the rule language's own words are too.
    """

    exit_code = 2

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(
            "\n".join(str(problem) for problem in problems), "\n".join(problem.in_chinese for problem in problems)
        )
        self.problems = problems
