"""The command ``shopscore``, or ``python -m shopscore``: heard to stop before anything else is loaded."""

import gc
import sys

from shopscore import stopping


def main() -> None:
    """Run the command line; a mistake is a sentence on stderr and an exit code, never a traceback."""
    code = stopping.run(_command)
    gc.freeze()  # all memory goes back at once: looking through it for what can go takes a tenth of a second
    sys.exit(code)


def _command() -> int:
    from shopscore import console  # noqa: PLC0415 - after signals are heard
    from shopscore.cli import app  # noqa: PLC0415 - likewise

    return console.run(app)


if __name__ == "__main__":
    main()
