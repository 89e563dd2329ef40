from __future__ import annotations

import datetime as dt
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from msgspec.structs import replace
from services import KINDS, SECRET, served

from shopscore import notify

sys.path.insert(0, str(Path(__file__).parents[1] / "history"))


@pytest.fixture
def services():
    """Kind → what a server of that kind hears."""
    with ExitStack() as running:
        yield {kind: running.enter_context(served(*how)) for kind, how in KINDS.items()}


@pytest.fixture
def target(services):
    """A place at one of the servers."""

    def made(kind, **more):
        url = f"{kind}+{services[kind].url}"
        environment = {"URL": url, "SECRET": SECRET}
        (found,) = notify.read(["${URL}"], environment, b"key", typed=True)
        return replace(found, secret=SECRET, **more)

    return made


@pytest.fixture
def wire():
    """This moment, and waiting that takes no time."""
    waited = []
    made = notify.Wire(lambda: dt.datetime.now(tz=dt.UTC), waited.append)
    return made, waited
