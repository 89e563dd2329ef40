"""``--history`` as people give it → a connection inside one transaction, or a sentence.

SQLite begins every writing transaction by taking the write lock (``BEGIN IMMEDIATE``) and waits for another run to give
it back: what one run reads before it writes, no other run changes meanwhile. Its journal makes a transaction whole or
nothing, also where the process is killed or the power fails.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from shopscore.errors import UsageError
from shopscore.history import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

_PATIENCE = 60
"""Seconds to wait for another run that writes."""


@contextmanager
def connected(given: str, *, writes: bool) -> Iterator[Connection]:
    """A connection inside a transaction that is committed at the end, and undone where something goes wrong.

    Args:
        given: a path, which means a SQLite file, or any URL whose driver is installed.
        writes: whether a history may be made, changed or taken to the latest version.

    Raises:
        UsageError: it cannot be opened, or holds no history to be read.
    """
    url = _url(given)
    name = url.render_as_string(hide_password=True) if "://" in given else given
    engine = _engine(url, name, writes=writes)
    try:
        with engine.begin() as connection:
            if writes:
                tables.prepare(connection)
            elif tables.version(connection) != tables.latest():
                raise UsageError(f"--history {name}: {_why_not(connection)}")
            yield connection
    except DBAPIError as error:
        raise UsageError(f"--history {name}: {_first_line(error.orig)}") from None
    except SQLAlchemyError as error:
        raise UsageError(f"--history {name}: {_first_line(error)}") from None
    finally:
        engine.dispose()


def _url(given: str) -> URL:
    try:
        return make_url(given if "://" in given else f"sqlite:///{given}")
    except ArgumentError:
        raise UsageError("--history: not a path and not a URL; write nights.db or postgresql://host/name") from None


def _engine(url: URL, name: str, *, writes: bool) -> Engine:
    of_sqlite = url.get_backend_name() == "sqlite"
    if of_sqlite and url.database not in (None, "", ":memory:"):
        path = Path(url.database)
        if writes:
            _folder(path.parent, name)
        elif not path.is_file():
            raise UsageError(
                f"--history {name}: there is no history yet; shopscore audit PATH --history {name} begins one"
            )
    try:
        engine = create_engine(url, connect_args={"timeout": _PATIENCE} if of_sqlite else {})
    except NoSuchModuleError:
        raise UsageError(f"--history {name}: no such kind of database; a plain path is a SQLite file") from None
    except ImportError as error:
        raise UsageError(f"--history {name}: its driver is not installed ({error.name}): pip install it") from None
    if of_sqlite:
        _begin_at_once(engine, "IMMEDIATE" if writes else "DEFERRED")
    return engine


def _folder(path: Path, name: str) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"--history {name}: {error.strerror or error}") from None


def _begin_at_once(engine: Engine, how: str) -> None:
    """Transactions of SQLite begin where ours do, not where its driver thinks they should."""

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {how}")


def _why_not(connection: Connection) -> str:
    found = tables.version(connection)
    if found is None:
        return "this holds no history"
    if found > tables.latest():
        return f"its tables are of version {found}, a later shopscore wrote it; this one knows {tables.latest()}"
    return "its tables are of an older version; the next audit with --history takes them up"


def _first_line(error: BaseException | None) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
