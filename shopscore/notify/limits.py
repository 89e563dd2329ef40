"""What the services allow: facts of theirs, each with where it stands, when it was looked at and how sure it is."""

from __future__ import annotations

from typing import NamedTuple


class Limit(NamedTuple):
    """The most of something.

    Attributes:
        most: how much.
        of: what is counted.
        source: where it is said.
        seen: when that was read.
        confidence: ``high`` where the service's own pages say so, ``medium`` where others who met it do.
    """

    most: int
    of: str
    source: str
    seen: str
    confidence: str


_DINGTALK = "open.dingtalk.com, custom robots"
_WECOM = "developer.work.weixin.qq.com, group robots (path 91770)"
_FEISHU = "open.feishu.cn, custom bots"

DINGTALK_A_MINUTE = Limit(20, "messages a minute and robot, then none for ten minutes", _DINGTALK, "2026-11", "high")
DINGTALK_BYTES = Limit(20_000, "bytes of a message", _DINGTALK, "2026-11", "medium")
DINGTALK_LETTERS = Limit(3_500, "characters until a client shows less", "reports of users", "2026-11", "medium")
WECOM_A_MINUTE = Limit(20, "messages a minute and robot", _WECOM, "2026-11", "high")
WECOM_MARKDOWN = Limit(4_096, "bytes of markdown, else errcode 40058", _WECOM, "2026-11", "high")
WECOM_TEXT = Limit(2_048, "bytes of text, else errcode 40058", _WECOM, "2026-11", "high")
WECOM_FILE = Limit(20 << 20, "bytes of a file", _WECOM, "2026-11", "high")
WECOM_PARTS = Limit(5, "messages we make of one letter: people read no more", "our own", "2026-11", "high")
FEISHU_A_MINUTE = Limit(100, "messages a minute and bot", _FEISHU, "2026-11", "medium")
FEISHU_BYTES = Limit(20_480, "bytes of a request", _FEISHU, "2026-11", "high")

REFUSALS: dict[str, dict[int, str]] = {
    "dingtalk": {
        130101: "too many messages: it takes none for ten minutes",
        300001: "it knows no such robot: is the address whole?",
        310000: "it refuses signature, keyword or this computer's address: see the robot's security settings",
    },
    "wecom": {
        40058: "it finds the message too long or wrong",
        45009: "too many messages a minute",
        93000: "it knows no such robot: is the address whole?",
    },
    "feishu": {
        9499: "it does not understand the message",
        11232: "too many messages",
        19001: "it knows no such bot: is the address whole?",
        19021: "it refuses the signature, or this computer's clock is an hour off",
        19022: "it takes nothing from this computer's address",
        19024: "the message lacks the bot's keyword",
    },
}
"""What a service's error number means."""
TOO_MANY = {"dingtalk": 130101, "wecom": 45009, "feishu": 11232}
"""The number that asks to be left alone for a while."""
A_MINUTE = {"dingtalk": DINGTALK_A_MINUTE, "wecom": WECOM_A_MINUTE, "feishu": FEISHU_A_MINUTE}
