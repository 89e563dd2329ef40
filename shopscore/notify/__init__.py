"""A letter and a place → requests its service takes, within its limits, signed as it asks."""

from shopscore.notify.service import a_minute, do, steps
from shopscore.notify.targets import VARIABLE, Target, named, read
from shopscore.notify.wire import Undelivered, Wire

__all__ = ["VARIABLE", "Target", "Undelivered", "Wire", "a_minute", "do", "named", "read", "steps"]
