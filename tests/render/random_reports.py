"""Reports as hypothesis makes them: every field of every noun, by its type; a noun that is added is made too."""

from __future__ import annotations

import datetime as dt
import typing
from functools import cache

from hypothesis import strategies as st

from shopscore.model import MetricResult, Report, SharedCause, ShopReport, TrustReason
from shopscore.overlay.shapes import fields_of, inner, kind
from shopscore.render.words import WORDS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-3, 3).map(float)


SIMPLE = {
    str: TEXTS,
    int: st.integers(-(10**6), 10**6),
    float: NUMBERS,
    bool: st.booleans(),
    dt.date: st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    dt.datetime: st.integers(0, 10**8).map(lambda second: dt.datetime(2024, 1, 1) + dt.timedelta(seconds=second)),
}
MEANT = {
    (Report, "schema_version"): st.sampled_from(["1.0.0", "1.4.2"]),
    (MetricResult, "better"): st.sampled_from(["higher", "lower"]),
    (ShopReport, "timezone"): st.sampled_from(["Asia/Shanghai", "America/Los_Angeles"]),
    (SharedCause, "dimension"): st.sampled_from(["carrier", "region"]),
    (TrustReason, "files"): st.lists(TEXTS, min_size=1, max_size=2).map(tuple),
    (TrustReason, "reason"): st.sampled_from([key.removeprefix("note_") for key in WORDS if key.startswith("note_")]),
}
"""What the contract and the renderers take for granted of a field, beyond its type."""


@cache
def of(shape):
    """Values of a type of the model."""
    args = typing.get_args(shape)
    made = {
        "optional": lambda: st.none() | of(inner(shape)),
        "fields": lambda: st.fixed_dictionaries(parts(shape)).map(lambda given: shape(**given)),
        "words": lambda: st.builds(shape, TEXTS, TEXTS) | TEXTS.map(lambda text: shape(text, text)),
        "items": lambda: st.lists(of(args[0]), max_size=2).map(tuple),
        "tuple": lambda: st.tuples(*map(of, args)),
        "mapping": lambda: st.dictionaries(TEXTS, of(args[1]), max_size=2),
        "literal": lambda: st.sampled_from(args),
        "value": lambda: SIMPLE[shape],
        "time": lambda: SIMPLE[shape],
    }
    return made[kind(shape)]()


def parts(shape):
    """A strategy for each field."""
    return {field.name: MEANT.get((shape, field.name), of(field.shape)) for field in fields_of(shape)}


def reports():
    """Whole reports."""
    return of(Report)
