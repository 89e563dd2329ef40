"""Native readers that panic print their own stack on stderr; what a user needs is the sentence in the account."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_STDERR: Final = 2


@contextmanager
def no_panic_shown() -> Iterator[None]:
    """Keep what native code writes to the process's stderr off the terminal."""
    try:
        kept = os.dup(_STDERR)
    except OSError:
        # There is no stderr to write to.
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STDERR)
        yield
    finally:
        with suppress(OSError):
            os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(nowhere)
