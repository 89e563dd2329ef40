"""The build: the rules are checked once, and carried in the package as they were found right."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """What hatchling calls before it makes a wheel, of copies or of a link to this folder."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the rules into the package; a mistake in them ends the build.

        Args:
            version: standard or editable; both carry them.
            build_data: what the build is told.
        """
        del version
        sys.path.insert(0, self.root)
        try:
            from shopscore.ruleset import carried  # noqa: PLC0415 - the package is here only now
        finally:
            sys.path.remove(self.root)
        carried.build()
        build_data["artifacts"].append(carried.FILE.relative_to(self.root).as_posix())
