"""``python -m shopscore``."""

from shopscore.cli import main

if __name__ == "__main__":
    main()
