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
                raise _not_readable(name, connection)
            yield connection
    except DBAPIError as error:
        raise _not_answered(name, error.orig) from None
    except SQLAlchemyError as error:
        raise _not_answered(name, error) from None
    finally:
        engine.dispose()


def _url(given: str) -> URL:
    try:
        return make_url(given if "://" in given else f"sqlite:///{given}")
    except ArgumentError:
        raise UsageError(
            "--history: not a path and not a URL; write nights.db or postgresql://host/name",
            "--history：既不是路径也不是 URL；请写成 nights.db 或 postgresql://host/name 的样子",
        ) from None


def _engine(url: URL, name: str, *, writes: bool) -> Engine:
    of_sqlite = url.get_backend_name() == "sqlite"
    if of_sqlite and url.database not in (None, "", ":memory:"):
        path = Path(url.database)
        if writes:
            _folder(path.parent, name)
        elif not path.is_file():
            raise UsageError(
                f"--history {name}: there is no history yet; shopscore audit PATH --history {name} begins one",
                f"--history {name}：还没有历史库；shopscore audit PATH --history {name} 会新建一个",
            )
    try:
        engine = create_engine(url, connect_args={"timeout": _PATIENCE} if of_sqlite else {})
    except NoSuchModuleError:
        raise UsageError(
            f"--history {name}: no such kind of database; a plain path is a SQLite file",
            f"--history {name}：没有这种数据库；只写路径就是 SQLite 文件",
        ) from None
    except ImportError as error:
        raise UsageError(
            f"--history {name}: its driver is not installed ({error.name}): pip install it",
            f"--history {name}：没有安装它的驱动（{error.name}）：请用 pip 安装",
        ) from None
    if of_sqlite:
        _begin_at_once(engine, "IMMEDIATE" if writes else "DEFERRED")
    return engine


def _folder(path: Path, name: str) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError.of_system(error, f"--history {name}") from None


def _begin_at_once(engine: Engine, how: str) -> None:
    """Transactions of SQLite begin where ours do, not where its driver thinks they should."""

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {how}")


def _not_readable(name: str, connection: Connection) -> UsageError:
    found, known = tables.version(connection), tables.latest()
    if found is None:
        return UsageError(f"--history {name}: this holds no history", f"--history {name}：这里没有历史库")
    if found > known:
        return UsageError(
            f"--history {name}: its tables are of version {found}, a later shopscore wrote it; this one knows {known}",
            f"--history {name}：它的表是第 {found} 版，由更新的 shopscore 写成；本程序只认到第 {known} 版",
        )
    return UsageError(
        f"--history {name}: its tables are of an older version; the next audit with --history takes them up",
        f"--history {name}：它的表是旧版；下一次带 --history 的体检会升级它",
    )


def _not_answered(name: str, error: BaseException | None) -> UsageError:
    """What the database said, its first line."""
    told = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return UsageError(f"--history {name}: {told}", f"--history {name}：{told}")
