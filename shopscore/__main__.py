"""``python -m shopscore``."""

from shopscore.cli import main

main()
