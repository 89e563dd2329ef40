"""``rules/integrity.yaml`` and a pack's ``integrity:`` → the checks of a shop's own data, ready to be counted.

A check is counted as a share is: its rows meet their fate as those of a metric do, and a hit is a suspicious row. So
the ledger, the segments and ``explain`` need to know nothing of checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Struct
from pydantic import Field, StringConstraints

from shopscore.ruleset.metric import Condition, Dimension, Metric, Segment, Slug, Window
from shopscore.ruleset.resolve import as_definition, parameters_of
from shopscore.ruleset.strict import Strict, Text, TimeZone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.resolve import Definition
    from shopscore.ruleset.shopfile import ShopFile

PREFIX = "integrity."
"""What the id of a check begins with: checks belong to no platform."""
Moment = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$")]
CHANGEABLE = ("where", "exclude", "unknown", "pending", "suspicious")
"""What a pack may say otherwise, where the platform's own rule is another."""


class Check(Strict):
    """One thing that looks wrong in a shop's own data: which rows are looked at, and which of them are suspicious.

    ``honest`` says what may lie behind it in good faith, ``risk`` what it means if nothing does. ``subject`` is the
    column by whose cells a report names a few of the rows; without one it names none.
    """

    id: Slug
    title: Text
    dimension: Dimension
    from_: str = Field(alias="from")
    at: str
    where: Condition | None = None
    exclude: dict[Slug, Condition] = {}
    unknown: Condition | None = None
    pending: Condition | None = None
    optional: list[str] = []
    suspicious: Condition
    window: Window = "30 days"
    segments: list[Segment] = []
    subject: str | None = None
    explained_by: Slug | None = None
    """A check of time zones that, where it finds something, explains this one."""
    honest: Text
    risk: Text
    todo: Text


class Note(Strict):
    """Something the readers have noted already: shown with the checks, and said once."""

    id: Slug
    title: Text
    note: Slug
    honest: Text
    risk: Text
    todo: Text


class Lag(Strict):
    """Two events of an order in two tables, ``table.column`` each, of which one cannot come before the other."""

    cause: Moment
    effect: Moment


class Hours(Strict):
    """Rows of a table that people make while awake: ``table.column``, perhaps only those that meet ``where``."""

    at: Moment
    where: Condition | None = None


class Shifts(Strict):
    """How a table is told whose hours are those of another time zone.

    ``{table}``, ``{other}`` and ``{hours}`` in the titles stand for the two tables, by their ``names``, and the
    difference.
    """

    id: Slug
    early: Text
    late: Text
    names: dict[str, Text]
    zones: list[TimeZone]
    lags: list[Lag]
    usual: Hours
    found: list[Hours]
    honest: Text
    risk: Text
    todo: Text


class IntegrityRules(Strict):
    """The checks that any platform can use."""

    checks: list[Check] = []
    shifts: Shifts | None = None
    notes: list[Note] = []


class Penalty(Strict):
    """What a platform does about it; never without its source."""

    text: Text
    source: list[str] = Field(min_length=1)


class Affected(Strict):
    """A metric that a check's rows flatter, and what becomes of them once they are found out."""

    metric: Slug
    counted_as: Literal["miss", "left_out"]


class PlatformCheck(Strict):
    """What a platform says about one of the checks."""

    check: Slug
    changes: dict[str, Any] = {}
    penalty: Penalty | None = None
    affects: list[Affected] = []


class Suspect(Struct, frozen=True):
    """A check as it is counted for one shop.

    Attributes:
        check: the check, with the changes of the platform.
        definition: the same as a share: hits are the suspicious rows.
        platform: what the platform says about it.
    """

    check: Check
    definition: Definition
    platform: PlatformCheck

    @property
    def id(self) -> str:
        """The full id, ``integrity.click_without_scan``."""
        return self.definition.id


def suspects(rules: IntegrityRules, pack: Pack, shop: ShopFile) -> tuple[Suspect, ...]:
    """Every check as it is counted for a shop of a platform, in the order in which they stand."""
    return tuple(_suspects(rules, pack, parameters_of(pack, shop)))


def _suspects(rules: IntegrityRules, pack: Pack, parameters: tuple[tuple[str, float], ...]) -> Iterator[Suspect]:
    own = {each.check: each for each in pack.integrity}
    for check in rules.checks:
        platform = own.get(check.id, PlatformCheck(check=check.id))
        changed = changed_check(check, platform)
        yield Suspect(changed, as_definition(PREFIX + check.id, as_metric(changed), parameters), platform)


def changed_check(check: Check, platform: PlatformCheck) -> Check:
    """A check with the keys that a platform says otherwise."""
    if not platform.changes:
        return check
    own = check.model_dump(by_alias=True, exclude_unset=True)
    return Check.model_validate(own | platform.changes, by_alias=True)


def as_metric(check: Check) -> Metric:
    """A check as the share of its rows that is suspicious."""
    sides = check.model_dump(
        by_alias=True, include={"from_", "at", "where", "exclude", "unknown", "pending", "optional"}
    )
    return Metric(
        **sides,
        id=check.id,
        title=check.title,
        why=check.risk,
        definition="derived",
        definition_text=check.honest,
        purpose="display",
        source=[PREFIX + check.id],
        dimension=check.dimension,
        kind="ratio",
        better="lower",
        numerator=check.suspicious,
        window=check.window,
        segments=check.segments,
    )
