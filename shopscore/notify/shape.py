"""The shape of ``notify.yaml``: where what is told to whom."""

from __future__ import annotations

from typing import Literal

from shopscore.ruleset.strict import Strict

When = Literal["change", "regression", "always"]


class Place(Strict):
    """One place messages go to; ``${NAME}`` in it stands for a variable of the environment.

    Attributes:
        url: the address of the robot, the webhook, or what apprise calls one.
        name: what it is called in errors, and what its messages are known by when its address changes.
        secret: what messages are signed with, where the service signs.
        when: of what it is told, instead of ``--notify-on``.
        shops: which shops, as globs of ``platform/shop``.
        owner: only the shops this owner has in ``fleet.yaml``.
        lang: in which language, instead of the report's.
        at: who is called: telephones for DingTalk and WeCom, ids for Feishu.
        report: where people find the full report, instead of ``--output``.
        attach: send the full report along, order ids and all: e-mail and its like, WeCom.
    """

    url: str
    name: str | None = None
    secret: str | None = None
    when: When | None = None
    shops: list[str] = ["*"]
    owner: str | None = None
    lang: Literal["zh-Hans", "zh-Hant", "en"] | None = None
    at: list[str] = []
    report: str | None = None
    attach: bool = False


class NotifyFile(Strict):
    """``notify.yaml``."""

    to: list[Place]
