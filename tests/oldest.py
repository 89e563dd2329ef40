"""The oldest versions that the project says it works with, as constraints for pip.

python tests/oldest.py > oldest.txt && python -m pip install -c oldest.txt '.[test]'
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)>=(?P<oldest>[0-9.]+)(?:,.*)?")


def oldest():
    """Every direct requirement of the program and of its tests, at its least version."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    for each in (*project["dependencies"], *project["optional-dependencies"]["test"]):
        found = REQUIREMENT.fullmatch(each)
        if found is None:
            raise SystemExit(f"{each!r} names no oldest version")
        yield f"{found['name']}=={found['oldest']}"


if __name__ == "__main__":
    print("\n".join(oldest()))  # noqa: T201 - a script
