"""A report → a few lines of Markdown for a chat or a comment: at most 4,096 bytes, whole lines, whole tables.

4,096 bytes is what a message of WeCom's robot may hold, the shortest of the chat services. Chinese letters take three
bytes each, so bytes are counted, not letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import to_do, verdicts
from shopscore.render.markdown import answer, tables
from shopscore.render.markdown.syntax import block, inline
from shopscore.render.shop_view import UNFOLDED, of_shop, told
from shopscore.render.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import Report
    from shopscore.render.shop_view import ShopView

LIMIT = 4096
_TOP = 3
_ANSWER = 240
"""Letters of the answer: a shop may be called anything at any length."""
_SENTENCE = 300
_HEAD = 2
"""Lines of a table that are not rows."""


def render(report: Report, lang: str, limit: int = LIMIT) -> str:
    """The answer, the verdicts, the first shortfalls and what to do first, as far as they fit.

    Args:
        report: the report.
        lang: the language.
        limit: bytes the text may have; not less than 1,024.
    """
    shops = [of_shop(shop, report, lang) for shop in report.shops]
    made = inline(say(lang, "md_made", audit=report.audit_id, version=report.tool_version))
    ends = [*([say(lang, "md_left_out", count=10**6)]), say(lang, "md_more"), made]
    room = limit - sum(_size(line) for line in ends)
    lines, left_out = list[str](), 0
    for part in _parts(shops, lang):
        taken = _fitting(part, room)
        left_out += len(part) - len(taken)
        if taken:
            lines += ["", *taken] if lines else taken
            room -= 1 + sum(_size(line) for line in taken)
    more = [say(lang, "md_left_out", count=f"{left_out:,}")] if left_out else []
    return "\n".join([*lines, "", " ".join([*more, say(lang, "md_more")]), "", made]) + "\n"


def _parts(shops: Sequence[ShopView], lang: str) -> Iterator[list[str]]:
    """What belongs together, most wanted first."""
    yield [f"**{inline(_cut(answer(list(shops), lang), _ANSWER))}**"]
    in_order = sorted(shops, key=lambda each: verdicts.most_to_do(each.shop))
    yield list(tables.verdicts([each.shop for each in in_order], lang))
    for each in in_order:
        title = [] if len(shops) == 1 else [f"**{inline(_cut(each.shop.shop, _ANSWER))}**", ""]
        if each.ranked:
            yield [*title, *tables.shortfalls(each.ranked, lang, _TOP)]
        steps = told(to_do.lines(each.shop, list(each.ranked), lang, UNFOLDED))[:-1]
        yield [f"- {block(_cut(step, _SENTENCE))}" for step in steps]
        yield [f"- {block(_cut(sentence, _SENTENCE))}" for sentence in each.set_aside]
        doubts = each.trust if each.shop.trust.level != "good" else ()
        yield [f"- {block(_cut(sentence, _SENTENCE))}" for sentence in doubts]


def _fitting(part: Sequence[str], room: int) -> list[str]:
    """The lines of a part that fit; of a table not its head alone."""
    taken = list[str]()
    for line in part:
        room -= _size(line)
        if room < 1:
            break
        taken.append(line)
    is_table = any(line.startswith("|") for line in part)
    rows = sum(line.startswith("|") for line in taken) - _HEAD
    return taken if not is_table or rows > 0 else []


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 2] + ".."


def _size(line: str) -> int:
    """Bytes of a line and its end."""
    return len(line.encode()) + 1
