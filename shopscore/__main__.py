"""The command ``shopscore``, or ``python -m shopscore``: heard to stop before anything else is loaded."""

import sys

from shopscore import stopping


def main() -> None:
    """Run the command line; a mistake is a sentence on stderr and an exit code, never a traceback."""
    sys.exit(stopping.run(_command))


def _command() -> int:
    from shopscore import console  # noqa: PLC0415 - after signals are heard
    from shopscore.cli import app  # noqa: PLC0415 - likewise

    return console.run(app)


if __name__ == "__main__":
    main()
