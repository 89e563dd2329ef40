"""From chats as people have them to the rate of quick answers: every way in gives the same counts."""

from __future__ import annotations

import csv
import io
import json

import pytest
from end_to_end_world import KEY, NOW, metrics, run
from msgspec.structs import replace

from shopscore.facts import build
from shopscore.readers import plan, read_unit
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.shopfile import ShopFile

SHOP = "示例店"
AGENT, OTHER = f"{SHOP}:小美", f"{SHOP}:小云"
AUTO, RECALL = "[自动回复] 您好，欢迎光临", f"{AGENT} 撤回了一条消息"
TRANSFER = f"由 服务助手 转交给 {OTHER}"
AUDITED = "2026-11-20T10:00:00"

# Buyer → lines of (day, time, speaker, text); an empty speaker is the buyer.
TALKS = {
    # An automatic answer is none: the person's comes after 40 s.
    "春天": [("16", "9:00:00", "", "在吗"), ("16", "9:00:01", AGENT, AUTO), ("16", "9:00:40", AGENT, "在的")],
    # Only an automatic answer until midnight: a miss.
    "夏天": [("16", "9:10:00", "", "在吗"), ("16", "9:10:01", AGENT, AUTO)],
    # The answer stands in the same second, and in the file above the question.
    "秋天": [("16", "9:20:00", AGENT, "您好"), ("16", "9:20:00", "", "在吗")],
    # Exactly three minutes after the first of two lines, and one second more.
    "冬天": [
        ("16", "9:30:00", "", "在吗"),
        ("16", "9:32:30", "", "还在吗"),
        ("16", "9:33:00", AGENT, "在的"),
        ("17", "9:30:00", "", "在吗"),
        ("17", "9:33:01", AGENT, "在的"),
    ],
    # A hand-over is no answer; the colleague's comes too late.
    "白天": [
        ("17", "10:00:00", "", "在吗"),
        ("17", "10:01:00", "服务助手", TRANSFER),
        ("17", "10:03:30", OTHER, "在的"),
    ],
    # The pack does not leave out what was taken back.
    "黑天": [("17", "11:00:00", "", "在吗"), ("17", "11:01:00", AGENT, RECALL)],
    # Asked before and answered after midnight: a miss; the line at 23:00:00 is outside the service hours.
    "晴天": [
        ("18", "22:58:00", "", "在吗"),
        ("19", "0:00:30", AGENT, "在的"),
        ("19", "23:00:00", "", "睡了吗"),
        ("19", "23:00:10", AGENT, "没有"),
    ],
}
HITS, ROUNDS, OUTSIDE = 4, 8, 1


def as_text(buyer, lines):
    """The window's text: names and times in three forms, read marks between them."""
    forms = ("{who}2026-11-{day} {time}", "{who} 2026-11-{day} {time}", "{who}\n2026-11-{day} {time}")
    text = ["当前用户来自 商品详情页"]
    for number, (day, time, speaker, said) in enumerate(lines):
        text += [forms[number % 3].format(who=speaker or buyer, day=day, time=time), said, "已读"]
    return "\r\n".join("\n".join(text).split("\n")).encode("gb18030")


def as_json(buyer, lines):
    chats = [
        {"date": f"2026-11-{day}", "time": time, "sender": speaker or buyer, "text": said, "imgUrl": ""}
        for day, time, speaker, said in lines
    ]
    whole = {"user": buyer, "exportTime": "2026/11/20 上午10:00:00", "count": len(chats), "chats": chats}
    return json.dumps(whole, ensure_ascii=False).encode()


def sender(speaker, said):
    if not speaker:
        return "buyer"
    if speaker == "服务助手":
        return "system"
    return "auto" if said == AUTO else "human"


def rows():
    for buyer, lines in TALKS.items():
        for day, time, speaker, said in lines:
            at = f"2026-11-{day} {time.rjust(8, '0')}"
            role = sender(speaker, said)
            agent = speaker if role in {"auto", "human"} else ""
            recalled = "true" if said == RECALL else ""
            yield {"buyer_id": buyer, "agent_id": agent, "sender": role, "sent_at": at, "is_recalled": recalled}


def canonical_csv():
    out = io.StringIO()
    writer = csv.DictWriter(out, ["buyer_id", "agent_id", "sender", "sent_at", "is_recalled"])
    writer.writeheader()
    writer.writerows(rows())
    return {"messages.csv": out.getvalue().encode()}


def canonical_lines():
    return {"messages.jsonl": "\n".join(json.dumps(row, ensure_ascii=False) for row in rows()).encode()}


def text_files():
    return {f"聊天/{number}.txt": as_text(*talk) for number, talk in enumerate(TALKS.items())}


def json_zip():
    from zipfile import ZipFile  # noqa: PLC0415 - of this way only

    out = io.BytesIO()
    with ZipFile(out, "w") as opened:
        for buyer, lines in TALKS.items():
            opened.writestr(f"{buyer}.json", as_json(buyer, lines))
    return {"千牛聊天记录_2026-11-20.zip": out.getvalue()}


def all_at_once():
    return canonical_csv() | text_files() | json_zip()


WAYS = [canonical_csv, canonical_lines, text_files, json_zip, all_at_once]


@pytest.fixture
def audited(tmp_path):
    """A shop's metrics by id, audited as JSON."""

    def of(files, platform="tmall"):
        folder = tmp_path / "exports" / platform / SHOP
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (folder / "shop.yaml").write_text(f'name: {SHOP}\nplatform: "{platform}"\n', encoding="utf-8")
        done = run("audit", tmp_path / "exports", "--format", "json", "--as-of", AUDITED)
        assert (done.code, done.err) == (0, "")
        return metrics(done.report["shops"][0])

    return of


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_gives_the_same_rate_of_quick_answers(audited, way):
    found = audited(way())["tmall.ww_3min_rate"]
    assert (found["numerator"], found["denominator"]) == (HITS, ROUNDS)
    assert found["excluded"] == {"outside_service_hours": OUTSIDE}
    assert (found["unknown"], found["pending"]) == (0, 0)


@pytest.mark.parametrize("way", WAYS)
def test_on_1688_the_first_line_of_a_buyers_day_counts_from_nine_to_nine(audited, way):
    found = audited(way(), "1688")["1688.ww_3min_rate"]
    assert (found["numerator"], found["denominator"]) == (4, 7)
    assert found["excluded"] == {"outside_service_hours": 2}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("gap", "sessions"), [(0, 9), (2, 13), (30, 10), (90, 9)])
def test_a_pack_splits_conversations_alike_whichever_way_they_came_in(tmp_path, way, gap, sessions):
    folder = tmp_path / "tmall" / SHOP
    for name, content in way().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    rules = load_rules([default_rules_dir()])
    (unit,) = plan([tmp_path], rules.packs)
    (tables,) = read_unit(unit, rules, key=KEY.encode(), now=NOW).shops
    settings = fact_settings(rules.packs["tmall"].pack, NOW.date(), ShopFile(), rules.machine)
    settings = replace(settings, chat=settings.chat.model_copy(update={"session_gap_minutes": gap}))
    assert build(tables, settings, NOW).frames["sessions"].collect().height == sessions


ORDERS = {
    "orders.csv": b"order_id,created_at,paid_at\n1,2026-11-18 10:00:00,2026-11-18 10:01:00\n2,2026-11-19 10:00:00,\n"
}


def test_talk_without_times_is_not_measured_and_the_file_is_named(audited):
    talk = "春天 9:00\r\n在吗\r\n示例店:小美 9:01\r\n在的\r\n".encode("gb18030")
    found = audited(ORDERS | {"聊天.txt": talk})["tmall.ww_3min_rate"]
    assert (found["status"], found["value"]) == ("no_table", None)
    assert found["message"] == (
        "The chats in tmall/示例店/聊天.txt have no usable times, so no reply can be timed by them. "
        "Export or copy them with date and time."
    )


def test_talk_with_times_beside_talk_without_is_measured(audited):
    talk = "春天 9:00\r\n在吗\r\n示例店:小美 9:01\r\n在的\r\n".encode("gb18030")
    found = audited(text_files() | {"聊天.txt": talk})["tmall.ww_3min_rate"]
    assert (found["numerator"], found["denominator"]) == (HITS, ROUNDS)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "so no reply can be timed by them"), ("zh-Hans", "聊天记录没有可用的时间")]
)
def test_the_reason_is_said_in_both_languages(tmp_path, audited, language, said):
    talk = "春天 9:00\n在吗\n示例店:小美 9:01\n在的\n".encode()
    audited(ORDERS | {"聊天.txt": talk})
    shown = run("explain", "tmall.ww_3min_rate", tmp_path / "exports", "--lang", language, "--as-of", AUDITED).out
    assert said.replace(" ", "") in "".join(shown.split())
