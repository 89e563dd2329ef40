"""Canonical tables made into facts: one row per subject, with durations, deadlines and states, at one moment."""

from shopscore.facts.aftersale import cases, impossible, stages, stays
from shopscore.facts.build import Facts, build
from shopscore.facts.rewind import newest_event

__all__ = ["Facts", "build", "cases", "impossible", "newest_event", "stages", "stays"]
