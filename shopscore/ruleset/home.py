"""Where the rules that come with shopscore are."""

from pathlib import Path


def default_rules_dir() -> Path:
    """The rules that come with shopscore: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_rules"
    return installed if installed.is_dir() else package.parent / "rules"
