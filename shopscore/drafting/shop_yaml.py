"""A rule pack → ``shop.yaml`` with blanks for what only the seller's dashboard shows.

Every line is a comment, so that the file as written says nothing. A line with the ``# `` taken away is YAML; a blank
that was not filled in is then refused with its place, rather than taken for a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.drafting.sentences import quoted
from shopscore.model import Words
from shopscore.standing import called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.ruleset.guidebook import Gate
    from shopscore.ruleset.metric import Metric
    from shopscore.ruleset.pack import Pack

_HEAD = Words(
    "What only your dashboard shows and only you know. Take the # away from a line and write what you see; "
    "a line left as it is says nothing.",
    "只有后台才显示、只有您知道的内容。去掉行首的 # 并填写看到的数值；未改动的行不起作用。",
)
_NAME = Words("the shop's name (without it: the folder's)", "店铺名称（不填则用文件夹名）")
_PLATFORM = Words("the platform (without it: what the files say)", "平台（不填则以文件为准）")
_ZONE = Words(
    "the time zone of the times in your files, and what times with an offset are converted to",
    "文件中时间所用的时区；带时差的时间会换算到该时区",
)
_DISPLAYED = Words("the composite the dashboard shows", "后台显示的综合分")
_SCORES = Words("item scores as the dashboard shows them", "后台显示的单项分")
_TYPED = {
    "rate": Words("as a share: 0.3 for 30 %", "填比例：30% 写 0.3"),
    "switch": Words("1 for yes, 0 for no", "是填 1，否填 0"),
}
"""How a score of a unit is typed in."""
_PASS = Words("pass", "达标")
_CUTOFFS = Words(
    "per item, the value needed for a score, as the dashboard shows it for your category; leave out what it does not",
    "各单项达到某个分数所需的数值（后台按类目显示）；没有显示的请删去",
)
_PARAMETERS = Words("numbers the platform keeps to itself, and services enabled", "平台不公布的数值，以及已开通的服务")
_SWITCHES = Words("readings of a definition; what stands here is the default", "口径的不同解释；此处为默认值")
_HOURS = Words(
    'service hours, where they differ from the platform\'s, such as "09:00" and "24:00"',
    '客服服务时间（与平台规定不同时填写），如 "09:00" 与 "24:00"',
)
_AGENTS = Words(
    "names under which the shop's side writes in chats, if they hold no colon", "聊天中店铺一方的昵称（不含冒号时填写）"
)
_EXEMPTED = Words("orders the platform has excused", "平台已免责的订单")
_SHOWN = Words(
    "what the dashboard shows of a metric, in the metric's unit (0.95 for 95 %): it stands beside what the files give",
    "后台显示的指标数值，按指标的单位填写（95% 写 0.95），与导出数据算得的并列显示",
)
_CLOSED = Words(
    "local holidays on which your carrier did not work, such as 2026-11-23", "快递停运的当地假日，如 2026-11-23"
)
_PROMOTIONS = Words(
    "your own sales, and the days on which you took part in the platform's; they are not compared with usual days",
    "本店的促销，以及参加平台大促的日子；这些天不与平日比较",
)
_MEASURES = Words(
    "what you did on which day to move which metric; the report says what it did",
    "哪天做了什么来改善哪项指标；报告会说明效果",
)
_OPENS = Words("opens", "可得")
_SUPPRESSED = Words(
    "metrics you do not want ranked for now: reason, who decided, until when",
    "暂不参与排序的指标：原因、负责人、截止日期",
)
_FAIL_ON = Words(
    "what ends an audit of this shop with exit code 1, instead of --fail-on",
    "本店用哪些条件让命令返回 1，代替 --fail-on",
)
_NO_PACK = Words(
    "No rule pack for this platform comes with shopscore: its files are read, not audited.",
    "shopscore 没有该平台的规则包：只读取文件，不做考核。",
)


def write(platform: str | None, pack: Pack | None, lang: str) -> str:
    """The text of a ``shop.yaml``.

    Args:
        platform: whose shop it is, if known.
        pack: the platform's rules, if there are any.
        lang: of the explanations.
    """
    return "".join(f"{line}\n" for line in _lines(platform, pack, lang))


def _lines(platform: str | None, pack: Pack | None, lang: str) -> Iterator[str]:
    yield f"## {_HEAD:{lang}}"
    yield f"# name:  ## {_NAME:{lang}}"
    yield f"# platform: {quoted(platform) if platform else ''}  ## {_PLATFORM:{lang}}"
    yield f"# timezone: {pack.timezone if pack else ''}  ## {_ZONE:{lang}}"
    if pack is None:
        yield f"## {_NO_PACK:{lang}}"
        return
    yield f"# displayed:  ## {_DISPLAYED:{lang}}{_unit(pack)}"
    yield from _scores(pack, lang)
    yield from _cutoffs(pack, lang)
    yield from _parameters(pack, lang)
    yield from _switches(pack, lang)
    yield from _rest(pack, lang)


def _unit(pack: Pack) -> str:
    steps = ", ".join(f"{step:g}" for step in pack.bands.steps) if pack.bands else ""
    return f" ({steps})" if steps else ""


def _scores(pack: Pack, lang: str) -> Iterator[str]:
    """One line per item: the inputs of the composites, then every metric that is scored."""
    named = called(pack)
    asked = [name for gate in pack.gates for name in gate.scores]
    asked += [each.score for found in pack.structures for each in found.factors]
    asked += [each.score for each in pack.inputs]
    asked += [metric.id for metric in _scored(pack)]
    yield f"# scores:  ## {_SCORES:{lang}}"
    for name in dict.fromkeys(asked):
        title, unit = named[name]
        yield f"#   {name}:  ## {title.en} / {title.zh}" + (f" ({_TYPED[unit]:{lang}})" if unit else "")
        yield from (f"##      {_gate(gate, lang)}" for gate in pack.gates if name in gate.scores)


def _gate(gate: Gate, lang: str) -> str:
    """What a score must reach for what: ``>= 0.3: 4.5 stars, opens …``."""
    limit = f"<= {gate.at_most:g}" if gate.at_least is None else f">= {gate.at_least:g}"
    return f"{limit}: {gate.title.words:{lang}}; {_OPENS:{lang}}: {gate.opens.words:{lang}}"


def _scored(pack: Pack) -> list[Metric]:
    return [metric for metric in pack.metrics if metric.purpose == "score" and metric.kind != "composite"]


def _cutoffs(pack: Pack, lang: str) -> Iterator[str]:
    # Where the platform publishes no steps, a shop meets what its category asks for or it does not.
    blanks = ", ".join(f'"{step:g}": ' for step in _steps(pack)) or f'"{_PASS:{lang}}": '
    yield f"# cutoffs:  ## {_CUTOFFS:{lang}}"
    for metric in _scored(pack):
        if metric.kind != "none":
            yield f"#   {metric.id}: {{{blanks}}}  ## {metric.title.words:{lang}}"


def _steps(pack: Pack) -> list[float]:
    """The steps of the platform's scores; where it publishes none, the whole scores between those it has words for."""
    if pack.bands is None or pack.bands.steps or not pack.bands.texts:
        return pack.bands.steps if pack.bands else []
    named = [float(name.replace("_", ".")) for name in pack.bands.texts]
    return [float(step) for step in range(int(min(named)), int(max(named)) + 1)]


def _parameters(pack: Pack, lang: str) -> Iterator[str]:
    if pack.parameters:
        yield f"# parameters:  ## {_PARAMETERS:{lang}}"
    for name, parameter in pack.parameters.items():
        yield f"#   {name}: {parameter.default}  ## {parameter.meaning.words:{lang}}"


def _switches(pack: Pack, lang: str) -> Iterator[str]:
    with_switches = [metric for metric in pack.metrics if metric.switches]
    if with_switches:
        yield f"# switches:  ## {_SWITCHES:{lang}}"
    for metric in with_switches:
        yield f"#   {metric.id}:"
        for name, switch in metric.switches.items():
            yield f"#     {name}: {switch.default}  ## {switch.title.words:{lang}}"
            for option, said in switch.options.items():
                yield f"##      {option}: {said.title.words:{lang}}"


def _rest(pack: Pack, lang: str) -> Iterator[str]:
    if pack.facts.chat:
        yield f"# service_hours: {{opens: , closes: }}  ## {_HOURS:{lang}}"
        yield f"# agents: []  ## {_AGENTS:{lang}}"
    yield f"# shown:  ## {_SHOWN:{lang}}"
    yield from (f"#   {each.id}:  ## {each.title.words:{lang}}" for each in pack.metrics if each.bound_of is None)
    yield f"# promotions:  ## {_PROMOTIONS:{lang}}"
    yield "#   - {title: , first: , last: }"
    yield f"# measures:  ## {_MEASURES:{lang}}"
    yield "#   - {date: , what: , metric: }"
    if any(each.local for each in pack.facts.stopped):
        yield f"# closed_days: []  ## {_CLOSED:{lang}}"
    yield f"# exempted_orders: []  ## {_EXEMPTED:{lang}}"
    yield f"# suppressions:  ## {_SUPPRESSED:{lang}}"
    yield "#   - {metric: , reason: , owner: , expires: }"
    yield f"# fail_on: []  ## {_FAIL_ON:{lang}}"
