"""Whatever is in a file, it is messages of known sides or no talk; every pattern shipped can be asked of it."""

from __future__ import annotations

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from talk_world import AGENT, BUYER, TALK

from shopscore.readers.formats import catalogue
from shopscore.readers.kinds import transcript
from shopscore.readers.kinds.sheet import Header
from shopscore.readers.kinds.speakers import House
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

CATALOGUE = catalogue(loaded.format for loaded in load_rules([default_rules_dir()]).formats)
PIECES = st.sampled_from(
    [
        f"{BUYER} 2026-11-3 9:05:07",
        f"{AGENT}2026-11-3 9:05:08",
        f"{AGENT} --> {BUYER} 2026-11-03 09:06:00",
        f"[{BUYER}] 2026-11-03 09:07:00",
        f"{BUYER}(2026-11-03 09:08:00): 在吗",
        "服务助手 2026-11-3 9:09:00",
        BUYER,
        "2026-11-3 9:10:00",
        "已读",
        "撤回了一条消息",
        f"{AGENT} 撤回了一条消息",
        "由 服务助手 转交给",
        "[自动回复] 您好",
        "----------",
        "",
        "在吗",
        "\0",
        "\ufeff",
        "\u3000",
        "2026-99-99 99:99:99",
        f"{BUYER} 2026-99-99 9:99:99",
    ]
)


@given(st.lists(PIECES | st.text(max_size=20), max_size=30), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_messages_of_known_sides_or_no_transcript(lines, encoding):
    known = next(item for item in CATALOGUE if item.format.id == "qianniu_text")
    text = transcript.opened("\n".join(lines).encode(encoding, "replace"), [], encoding)
    if text is None or not transcript.begins(text, known.format):
        return
    sheet = transcript.sheet(text, known, House())
    (header,) = sheet.rows
    (grid,) = sheet.grids(Header(0, len(header), range(len(header))))
    rows = [dict(zip(header, row[2:], strict=True)) | {"flaw": row[1]} for row in grid.iter_rows()]
    numbers = grid.get_column("_row")
    assert numbers.is_sorted()
    assert numbers.n_unique() == len(rows) <= len("\n".join(lines).split("\n"))
    for row in rows:
        assert row["sender"] in {"buyer", "human", "auto", "bot", "system"}
        assert row["flaw"] is not None or row["buyer"]
        assert row["told"] in {None, "auto", "recall", "transfer", "system"}


@given(st.binary(max_size=200), st.sampled_from(["", f"{BUYER} 2026-11-3 9:05:07\n"]))
def test_any_bytes_are_a_transcript_or_none(content, start):
    for item in CATALOGUE:
        text = transcript.opened(start.encode() + content, [], None)
        if text is not None and transcript.begins(text, item.format):
            transcript.sheet(text, item, House())


def test_every_shipped_pattern_is_one_the_engine_of_frames_can_use(rules):
    texts = pl.Series([TALK])
    for item in catalogue(loaded.format for loaded in rules.formats):
        talk = item.format.transcript
        patterns = [pattern for words in item.format.tells.values() for each in words.values() for pattern in each]
        if talk is not None:
            lists = [talk.message, talk.skip, talk.breaks, *talk.lines.values(), *talk.speakers.values()]
            patterns += [talk.written(pattern) for each in lists for pattern in each]
        for pattern in patterns:
            assert texts.str.contains(pattern).dtype == pl.Boolean()
