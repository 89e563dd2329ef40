"""An audit and who wants to hear of it → messages in the outbox, and what is in it sent."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from shopscore import console, delivery, nightly, notify
from shopscore.errors import BusyError, UsageError
from shopscore.model import Letter
from shopscore.nightly import outbox
from shopscore.render import letter as letters

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from shopscore.model import Report, ShopComparison, ShopReport
    from shopscore.notify import Target

_BUDGET = 120
"""Seconds all that is sent may take, beside the last message begun."""
_PATIENCE = 60
"""Seconds to wait for another run that sends to the same place."""


class Audited(Struct, frozen=True):
    """What there is to tell.

    Attributes:
        report: the audit.
        since: what each shop has become since the audit before, where there is one.
        output: where the full report is.
        language: of those who ask for no other.
    """

    report: Report
    since: Mapping[str, ShopComparison]
    output: Path | None
    language: str


class Telling(Struct, frozen=True):
    """Who is told, and when unless they say otherwise themselves."""

    targets: tuple[Target, ...]
    on: str


def begin(given: Sequence[str] | None, on: str | None, *, remembers: bool) -> Telling:
    """Look at every address, and at the outbox, before anything is read.

    Raises:
        UsageError, RuleError: somebody could not be told.
    """
    addresses = notify.named(given or (), os.environ)
    if not addresses:
        raise UsageError(
            f"--notify-on {on}: tell whom? Give --notify, or set {notify.VARIABLE}",
            f"--notify-on {on}：通知谁？请给出 --notify，或设置 {notify.VARIABLE}",
        )
    targets = notify.read(addresses, os.environ, console.pseudonym_key(), typed=bool(given))
    found = Telling(targets, on or "always")
    for target in targets:
        asked = target.when or found.on
        if asked != "always" and not remembers:
            raise UsageError(
                f"--notify-on {asked}: compared with which audit? Give --history PATH",
                f"--notify-on {asked}：与哪一次体检相比？请用 --history 给出历史库",
            )
    with outbox.opened(_place()):
        return found


def put(told: Telling, audited: Audited) -> bool:
    """Put a message into the outbox for everybody who wants to hear of this audit and has not; whether that worked."""
    now = console.now().timestamp()
    lost = [target for target in told.targets if target.owner is not None and audited.report.fleet is None]
    for target in lost:
        console.tell(
            f"--notify {target.shown}: owner: nobody owns shops here; audit the fleet.yaml that says who does",
            f"--notify {target.shown}：owner：这里的店铺没有负责人；请对写明负责人的 fleet.yaml 做体检",
        )
    try:
        with outbox.opened(_place()) as box:
            for target in told.targets:
                new = _message(target, target.when or told.on, audited)
                if new:
                    outbox.put(box, new, now)
    except UsageError as error:
        console.tell(f"--notify: {error.en}", f"--notify：{error.zh}")
        return False
    return not lost


def send(told: Telling) -> bool:
    """Send what is in the outbox for these places, each message once; whether all of it was taken."""
    until = console.now().timestamp() + _BUDGET
    try:
        with outbox.opened(_place()) as box:
            given_up = outbox.tidied(box, console.now().timestamp())
            if given_up:
                console.tell(
                    f"--notify: {given_up} messages nobody took for two weeks were given up",
                    f"--notify：{given_up} 条消息两周都没有人接收，已放弃",
                )
            taken = [_sent_to(target, box, until) for target in told.targets]  # all are tried
    except UsageError as error:
        console.tell(f"--notify: {error.en}", f"--notify：{error.zh}")
        return False
    return all(taken)


# ── what is worth telling ────────────────────────────────────────────────────────────────────────────────────────


def _theirs(target: Target, report: Report) -> list[ShopReport]:
    """The shops a place is told of: those it names, and of these its owner's."""
    listed = report.fleet.shops if report.fleet else ()
    owned = {(each.platform, each.shop) for each in listed if each.owner == target.owner}
    named = (shop for shop in report.shops if any(fnmatchcase(_name(shop), wanted) for wanted in target.shops))
    return [shop for shop in named if target.owner is None or (shop.platform, shop.shop) in owned]


def _name(shop: ShopReport) -> str:
    return f"{shop.platform}/{shop.shop}"


def _worth_telling(on: str, shops: Sequence[ShopReport], since: Mapping[str, ShopComparison]) -> list[ShopReport]:
    """The shops somebody wants to hear of; one without an audit before has neither changed nor become worse."""
    if on == "always":
        return list(shops)
    known = [(shop, since.get(_name(shop))) for shop in shops]
    if on == "regression":
        return [shop for shop, found in known if found and found.regressions]
    return [shop for shop, found in known if found and (found.turned or found.regressions)]


def _message(target: Target, when: str, audited: Audited) -> outbox.New | None:
    """What a place is told of an audit; None where there is nothing it wants to hear."""
    report, lang = audited.report, target.lang or audited.language
    if target.owner is not None and report.fleet:
        own = (each.name for each in report.fleet.failed if each.owner == target.owner)
        report = replace(report, failed=tuple(own))
    shops = _theirs(target, report)
    heard = _worth_telling(when, shops, audited.since)
    if not heard and not report.failed:
        return None
    where = target.report or (str(audited.output) if audited.output else None)
    letter = letters.render(report, audited.since, heard, where, lang)
    content = delivery.html(audited.report, lang).encode() if target.attach else None
    return outbox.New(target.known_as, report.audit_id, msgspec.json.encode(letter).decode(), content)


# ── sending ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _place() -> Path:
    return console.state_folder() / "outbox.db"


def _sent_to(target: Target, box: sqlite3.Connection, until: float) -> bool:
    """Send what waits for one place, one run at a time; a place that cannot be reached is tried once."""
    try:
        with nightly.alone(
            nightly.named(console.state_folder(), target.known_as, target.shown), _PATIENCE, console.tell
        ):
            for message in outbox.unsent(box, target.known_as):
                try:
                    _deliver(target, message, box, until)
                except notify.Undelivered as error:
                    console.tell(
                        f"--notify {target.shown}: {error}; kept, and tried again by the next run",
                        f"--notify {target.shown}：{error}；已保留，下次运行再试",
                    )
                    if error.later:
                        break
            return not outbox.unsent(box, target.known_as)
    except BusyError:
        console.tell(
            f"--notify {target.shown}: another run is sending there; kept, and tried again by the next run",
            f"--notify {target.shown}：另一次运行正在向那里发送；已保留，下次运行再试",
        )
        return False


def _deliver(target: Target, message: outbox.Message, box: sqlite3.Connection, until: float) -> None:
    """The steps of a message that were not taken yet.

    Raises:
        Undelivered: one of them is not taken now.
    """
    wire = notify.Wire(console.now)
    steps = notify.steps(msgspec.json.decode(message.letter, type=Letter), target, message.report)
    for number, step in enumerate(steps[message.done :], message.done + 1):
        most = notify.a_minute(target)
        pause = outbox.room(box, target.known_as, most, console.now().timestamp()) if most else 0.0
        if console.now().timestamp() + pause > until:
            raise notify.Undelivered("it takes no more messages for now" if pause else "sending took too long")
        wire.sleep(pause)
        notify.do(step, wire)
        outbox.taken(box, message, number, console.now().timestamp())
    outbox.sent(box, message, console.now().timestamp())
