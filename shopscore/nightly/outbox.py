"""Messages that still have to go out, and which have gone: a SQLite file of the user's, so that no crash loses either.

A message is put here before it is sent and stays until it was taken. What is here is what is sent: titles, counts and
verdicts, the full report where it goes along; never an address or a secret. A place is known by a name that tells
neither.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TABLES = """
create table if not exists messages (
  number integer primary key, place text not null, audit text not null, made real not null, letter text not null,
  report blob, done integer not null default 0, sent real, unique (place, audit)
);
create table if not exists steps (place text not null, at real not null);
create index if not exists steps_by_place on steps (place, at);
"""
_PATIENCE = 60
"""Seconds to wait for another run that writes."""
_DAY = 86_400
_KEPT_UNSENT, _MOST_UNSENT = 14 * _DAY, 500
"""Until what nobody takes is given up: seconds, and messages."""
_KEPT_SENT, _MOST_SENT = 400 * _DAY, 20_000
"""How long it is known that something was sent: seconds, and messages."""
_A_MINUTE = 60


class New(Struct, frozen=True):
    """A message to put in.

    Attributes:
        place: where to.
        audit: of which audit; a place hears of each once.
        letter: what it says, as JSON.
        report: the full report where it goes along.
    """

    place: str
    audit: str
    letter: str
    report: bytes | None = None


class Message(Struct, frozen=True):
    """A message that still has to go out.

    Attributes:
        place: where to.
        letter: what it says, as JSON.
        report: the full report where it goes along.
        done: how many of its steps were taken already.
    """

    number: int
    place: str
    letter: str
    report: bytes | None
    done: int


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The outbox; made where there is none, for its owner's eyes only.

    Raises:
        UsageError: it cannot be opened.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as box:
            box.executescript(_TABLES)
            yield box
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"the outbox {path} cannot be used: {reason}", f"发件箱 {path} 无法使用：{reason}") from None


def put(box: sqlite3.Connection, new: New, now: float) -> bool:
    """Put a message in, unless this audit was sent to this place before or still has to be; whether it is new."""
    added = box.execute(
        "insert or ignore into messages (place, audit, made, letter, report) values (?, ?, ?, ?, ?)",
        (new.place, new.audit, now, new.letter, new.report),
    )
    return added.rowcount == 1


def unsent(box: sqlite3.Connection, place: str) -> list[Message]:
    """What still has to go to a place, the oldest first."""
    found = box.execute(
        "select number, place, letter, report, done from messages where place = ? and sent is null order by number",
        (place,),
    )
    return [Message(*row) for row in found.fetchall()]


def taken(box: sqlite3.Connection, message: Message, done: int, now: float) -> None:
    """A step of a message was taken: it is never taken again."""
    box.execute("update messages set done = ? where number = ?", (done, message.number))
    box.execute("insert into steps values (?, ?)", (message.place, now))


def sent(box: sqlite3.Connection, message: Message, now: float) -> None:
    """All of a message was taken: only that it was is kept."""
    box.execute("update messages set sent = ?, letter = '', report = null where number = ?", (now, message.number))


def room(box: sqlite3.Connection, place: str, most: int, now: float) -> float:
    """Seconds until a place that bears ``most`` steps a minute bears another."""
    since = now - _A_MINUTE
    found = box.execute("select at from steps where place = ? and at > ? order by at desc", (place, since)).fetchall()
    return float(found[most - 1][0] - since) if len(found) >= most else 0.0


def tidied(box: sqlite3.Connection, now: float) -> int:
    """Forget what is too old or too much; how many messages were given up unsent."""
    given_up = box.execute(
        "delete from messages where sent is null and (made < ? or number not in "
        "(select number from messages where sent is null order by number desc limit ?))",
        (now - _KEPT_UNSENT, _MOST_UNSENT),
    ).rowcount
    box.execute(
        "delete from messages where sent is not null and (sent < ? or number not in "
        "(select number from messages where sent is not null order by number desc limit ?))",
        (now - _KEPT_SENT, _MOST_SENT),
    )
    box.execute("delete from steps where at < ?", (now - _A_MINUTE,))
    return given_up
