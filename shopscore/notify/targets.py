"""Addresses as people give them (``--notify``, ``notify.yaml``, the environment) → places, their secrets filled in."""

from __future__ import annotations

import hmac
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from msgspec import Struct

from shopscore.errors import UsageError
from shopscore.notify import apprising
from shopscore.notify.shape import NotifyFile, Place
from shopscore.ruleset.shape import required
from shopscore.ruleset.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shopscore.notify.shape import When

VARIABLE = "SHOPSCORE_NOTIFY"
"""The environment variable that holds addresses, or names files of them."""
Kind = Literal["dingtalk", "wecom", "feishu", "webhook", "apprise"]

_HOSTS: Mapping[str, Kind] = {
    "oapi.dingtalk.com": "dingtalk",
    "qyapi.weixin.qq.com": "wecom",
    "open.feishu.cn": "feishu",
    "open.larksuite.com": "feishu",
}
_OF_APPRISE = ("hooks.slack.com", "discord.com", ".webhook.office.com", ".logic.azure.com", ".powerplatform.com")
"""Hosts whose own addresses apprise takes; asking it about every address would load all it knows."""
_OURS = re.compile(r"(dingtalk|wecom|feishu|webhook)\+(https?://.*)", re.DOTALL)
_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SIGNED_WITH = "secret"


class Target(Struct, frozen=True):
    """One place, ready to be sent to.

    Attributes:
        kind: how it is spoken to.
        known_as: by which its messages are known, from run to run; tells nothing of its secrets.
        shown: by which people know it.
        url, secret: never printed.
    """

    kind: Kind
    known_as: str
    shown: str
    url: str
    secret: str
    when: When | None = None
    shops: tuple[str, ...] = ("*",)
    owner: str | None = None
    lang: str | None = None
    at: tuple[str, ...] = ()
    report: str | None = None
    attach: bool = False

    def __repr__(self) -> str:
        """The place as people know it."""
        return f"Target({self.shown})"


def named(given: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """What to read: what was typed, else what the environment says."""
    return list(given) or environment.get(VARIABLE, "").split()


def read(given: Sequence[str], environment: Mapping[str, str], key: bytes, *, typed: bool) -> tuple[Target, ...]:
    """The places behind some addresses and files of addresses, each once.

    Args:
        given: a path of a ``notify.yaml`` is one that does not hold ``://``.
        environment: where secrets are.
        key: what places are made unrecognisable with.
        typed: they stand on a command line, which other users of a machine can read.

    Raises:
        UsageError: an address is none, or holds a secret where others can read it, or a variable is not there.
        RuleError: a file is wrong.
    """
    found: dict[str, Target] = {}
    for each in given:
        if "://" in each or _NAME.search(each):
            places = [(Place(url=each), "--notify" if typed else VARIABLE)]
            if typed:
                _refuse_secrets(each)
        else:
            places = list(_of_file(Path(each)))
        for place, where in places:
            target = _target(place, where, environment, key)
            if found.setdefault(target.known_as, target) != target:
                raise UsageError(
                    f"{where}: two places are called {target.shown}: give each a name of its own",
                    f"{where}：有两处都叫 {target.shown}：请各起一个名称",
                )
    return tuple(found.values())


def _of_file(path: Path) -> Iterator[tuple[Place, str]]:
    document = read_yaml(path)
    for number, place in enumerate(required(NotifyFile, document).to):
        yield place, document.place(("to", number))


def _target(place: Place, where: str, environment: Mapping[str, str], key: bytes) -> Target:
    url = _filled(place.url, where, environment).strip()
    secret = _filled(place.secret or "", where, environment)
    kind, url = _kind(url, where)
    if kind != "apprise":
        url, inside = _taken_out(url)
        secret = secret or inside
    host = (urlsplit(url).hostname or kind) if kind != "apprise" else ""
    shown = place.name or (apprising.shown(url) if kind == "apprise" else f"{kind} {host}")
    told = hmac.digest(key, url.encode(errors="surrogateescape"), "sha256").hex()[:24]
    target = Target(
        kind,
        f"name {place.name}" if place.name else f"{kind} {told}",
        shown,
        url,
        secret,
        place.when,
        tuple(place.shops),
        place.owner,
        place.lang,
        tuple(place.at),
        place.report,
        place.attach,
    )
    if target.attach and not (kind == "wecom" or (kind == "apprise" and apprising.takes_files(url))):
        raise UsageError(f"{where}: attach: {shown} takes no files", f"{where}：attach：{shown} 不收文件")
    return target


def _kind(url: str, where: str) -> tuple[Kind, str]:
    """How an address is spoken to, and the address without what says so."""
    ours = _OURS.fullmatch(url)
    if ours:
        names: Mapping[str, Kind] = {kind: kind for kind in (*_HOSTS.values(), "webhook")}
        return names[ours[1]], ours[2]
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise UsageError(f"{where}: this is no address", f"{where}：这不是地址") from None
    if host in _HOSTS:
        return _HOSTS[host], url
    if parts.scheme in ("http", "https") and not host.endswith(_OF_APPRISE):
        return "webhook", url
    if apprising.knows(url):
        return "apprise", url
    # The address itself may be a secret: only its scheme is said.
    raise UsageError(
        f"{where}: {parts.scheme or 'this'}: no such kind of address, or something in it is missing",
        f"{where}：{parts.scheme or '此处'}：没有这种地址，或其中缺了一部分",
    )


def _filled(text: str, where: str, environment: Mapping[str, str]) -> str:
    """A text with its ``${NAME}`` replaced."""
    for name in _NAME.findall(text):
        if not environment.get(name):
            raise UsageError(
                f"{where}: ${{{name}}} is not set in the environment", f"{where}：环境变量 ${{{name}}} 没有设置"
            )
    return _NAME.sub(lambda found: environment[found[1]], text)


def _taken_out(url: str) -> tuple[str, str]:
    """An address without its ``secret=``, and that."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    found = next((value for name, value in query if name == _SIGNED_WITH), "")
    if not found:
        return url, ""
    rest = urlencode([(name, value) for name, value in query if name != _SIGNED_WITH])
    return urlunsplit(parts._replace(query=rest)), found


def _refuse_secrets(url: str) -> None:
    """What stands on a command line is seen by whoever lists the processes of a machine."""
    if _NAME.search(url):
        return
    kind, address = _kind(url, "--notify")
    parts = urlsplit(address)
    if kind == "webhook":
        holds = bool(parts.password) or _SIGNED_WITH in dict(parse_qsl(parts.query))
    else:
        holds = kind != "apprise" or apprising.holds_secrets(address)
    if holds:
        raise UsageError(
            "--notify: other users of this machine can read a secret on a command line; write '${NAME}' in its place, "
            f"in single quotes, with NAME in the environment, or name a file: --notify notify.yaml, or set {VARIABLE}",
            "--notify：命令行里的密钥会被本机其他用户看到；请在该处写 '${NAME}'（用单引号），"
            f"把 NAME 放进环境变量，或指定文件：--notify notify.yaml，或设置 {VARIABLE}",
        )
