"""Chats as people copy them: roles, automatic lines, recalls, times, and talk that has none."""

from __future__ import annotations

import datetime as dt

import pytest
from talk_world import AGENT, BUYER, ROWS, TALK, reasons

from shopscore.readers import limits


@pytest.mark.parametrize(
    "beginning",
    [
        f"{BUYER} 2026-11-3 9:05:07",
        f"{BUYER}2026-11-3 9:05:07",
        f"{BUYER}\n2026-11-3 9:05:07",
        f"{BUYER} --> {AGENT} 2026-11-03 09:05:07",
        f"[{BUYER}] 2026-11-03 09:05:07",
        f"{BUYER}(2026-11-03 09:05:07): 在吗",
        f"{BUYER}  2026/11/3 9:05:07",
        f"{BUYER} 2026年11月3日 9:05:07",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_form_in_which_a_message_begins(talk_of, beginning, end):
    rows, account = talk_of(f"{beginning}\n在吗\n{AGENT} 2026-11-3 9:06:00\n在的\n".replace("\n", end))
    assert rows == [("buyer", None, "11-03 09:05:07"), ("human", AGENT, "11-03 09:06:00")]
    assert account.rows_read == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_roles_automatic_lines_transfers_and_recalls_are_told_apart(talk_of, encoding):
    rows, account = talk_of(TALK.replace("\n", "\r\n").encode(encoding))
    assert rows == ROWS
    assert (account.format, account.rows_read, account.rows_accepted) == ("qianniu_text", 8, 8)


def test_a_recall_marks_the_message_in_whose_place_it_stands_and_no_other(read):
    (shop,) = read({"tmall/示例店/聊天.txt": TALK}).shops
    recalled = shop.tables["messages"].filter("is_recalled")
    assert recalled.get_column("sent_at").to_list() == [dt.datetime(2026, 11, 3, 9, 6, 30)]


def test_a_recall_below_other_words_marks_nothing(read):
    text = TALK.replace(f"9:06:30\n{AGENT} 撤回", f"9:06:30\n稍等\n{AGENT} 撤回")
    (shop,) = read({"tmall/示例店/聊天.txt": text}).shops
    assert shop.tables["messages"].filter("is_recalled").height == 0


def test_an_automatic_text_of_the_buyer_is_still_the_buyers(talk_of):
    rows, _ = talk_of(f"{BUYER} 2026-11-3 9:05:07\n自动回复是什么\n{AGENT} 2026-11-3 9:06:00\n稍等\n")
    assert [sender for sender, _, _ in rows] == ["buyer", "human"]


def test_the_same_talk_in_two_copies_counts_once(read):
    half = TALK[: TALK.index("服务助手")]
    reading = read({"tmall/示例店/聊天.txt": TALK, "tmall/示例店/聊天2.txt": half.encode("gb18030")})
    assert reading.shops[0].tables["messages"].height == 8
    assert sorted((a.rows_read, a.rows_duplicate) for a in reading.accounts.values()) in (
        [(4, 4), (8, 0)],
        [(4, 0), (8, 4)],
    )


@pytest.mark.parametrize(
    ("text", "stated", "said"),
    [
        # one speaker, and nothing says which side
        (f"{BUYER} 2026-11-3 9:05:07\n在吗\n", "", "unknown_speaker"),
        # two names that are not the shop's
        (f"{BUYER} 2026-11-3 9:05:07\n在吗\n小美 2026-11-3 9:06:00\n在\n", "", "several_buyers"),
        # the shop's side alone
        (f"{AGENT} 2026-11-3 9:05:07\n您好\n", "", "unknown_buyer"),
        (f"{BUYER} 2026-11-3 9:05:07\n在吗\n", "agents: [小美]\n", None),
        (f"{BUYER} 2026-11-3 9:05:07\n在吗\n小美 2026-11-3 9:06:00\n在\n", "agents: [小美]\n", None),
        (f"{BUYER} 2026-11-3 9:05:07\n在吗\n示例店 2026-11-3 9:06:00\n在\n", "", None),
        (f"{AGENT} --> {BUYER} 2026-11-3 9:05:07\n您好\n", "", None),
    ],
)
def test_a_speaker_that_cannot_be_told_is_not_guessed(talk_of, text, stated, said):
    _, account = talk_of(text, **({"shop.yaml": stated} if stated else {}))
    assert reasons(account) == ([(said, account.rows_read)] if said else [])


def test_a_line_between_two_conversations_lets_each_have_a_buyer_of_its_own(read):
    other = TALK.replace(BUYER, "秋水共长天").replace("9:05", "10:05")
    (shop,) = read({"tmall/示例店/聊天.txt": f"{TALK}----------\n{other}"}).shops
    assert shop.tables["messages"].get_column("buyer_id").value_counts().get_column("count").to_list() == [8, 8]
    _, account = shop, read({"tmall/示例店/聊天.txt": TALK + other}).accounts["tmall/示例店/聊天.txt"]
    assert reasons(account) == [("several_buyers", 16)]


LONE = f"{BUYER} 2026-11-3 10:05:07\n在吗\n"
ANSWERED = f"秋水共长天 2026-11-3 9:05:07\n在吗\n{AGENT} 2026-11-3 9:06:00\n在的\n"


@pytest.mark.parametrize(
    ("others", "said"),
    [
        # the shop's people hold a colon here: who does not is a buyer, also one nobody answered
        ("", []),
        # the account before the colon is the shop, whatever the shop is called elsewhere
        ("别名店 2026-11-3 9:30:00\n您好\n别名店:小云 2026-11-3 9:31:00\n在\n", [("unknown_buyer", 2)]),
        # one of two names without a colon is somebody of the shop: the one that stands alone may be too
        (
            "南山 2026-11-3 9:05:07\n在吗\n小美 2026-11-3 9:06:00\n在\n",
            [("several_buyers", 2), ("unknown_speaker", 1)],
        ),
    ],
)
def test_who_was_never_answered_is_a_buyer_where_the_shops_people_are_told_by_their_names(talk_of, others, said):
    rows, account = talk_of(f"{ANSWERED}----------\n{others}----------\n{LONE}")
    assert sorted(reasons(account)) == said
    assert (("buyer", None, "11-03 10:05:07") in rows) == ("unknown_speaker" not in dict(said))


def test_who_stands_alone_is_nobody_where_only_the_shops_own_name_tells_a_side(talk_of):
    shop = "南山 2026-11-3 9:05:07\n在吗\n示例店 2026-11-3 9:06:00\n在\n"
    _, account = talk_of(f"{shop}----------\n{LONE}")
    assert reasons(account) == [("unknown_speaker", 1)]


def test_text_that_does_not_begin_with_a_message_is_no_transcript(read):
    text = f"今天的工作笔记\n{BUYER} 2026-11-3 9:05:07\n在吗\n"
    (account,) = read({"tmall/示例店/笔记.txt": text}).accounts.values()
    assert (account.format, account.rows_read) == (None, 0)


def test_a_csv_whose_last_column_is_a_time_is_no_transcript(read):
    (account,) = read({"tmall/示例店/a.csv": "1,2026-11-3 9:05:07\n2,2026-11-3 9:05:08\n"}).accounts.values()
    assert account.format is None


@pytest.mark.parametrize("limit", ["MAX_TRANSCRIPT_BYTES", "MAX_TRANSCRIPT_LINES"])
def test_a_transcript_too_large_to_be_held_is_a_sentence(read, monkeypatch, limit):
    monkeypatch.setattr(limits, limit, 10)
    (account,) = read({"tmall/示例店/聊天.txt": TALK}).accounts.values()
    assert "one file per customer" in account.message.en


def test_a_line_of_a_million_characters_is_text_like_any_other(talk_of):
    rows, _ = talk_of(TALK.replace("亲，有的", "亲" * 1_000_000))
    assert rows == ROWS


# ── without times ────────────────────────────────────────────────────────────────────────────────────────────────────

CORPUS = "\n".join(
    f"0123456789abcdef0123456789abcdef\tu1\t{side}\t0\t0\tnan\t{text}"
    for side, text in (("0", "你好 [订单x]"), ("1", "您好 [姓名x]"))
)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f"{BUYER} 9:05:07\n在吗\n{AGENT} 昨天 9:06\n在\n", "qianniu_text_undated"),
        (f"[{BUYER}] 9:05\n在吗\n[{AGENT}] 9:06\n在\n", "qianniu_text_undated"),
        (CORPUS, "jddc_dialogues"),
    ],
)
def test_talk_without_times_is_recognised_refused_and_said(talk_of, text, form):
    _, account = talk_of(text)
    assert (account.format, reasons(account)) == (form, [("missing_sent_at", 2)])
    assert "no usable times" in account.message.en
    assert "没有可用的时间" in account.message.zh


def test_a_table_of_talk_that_is_there_without_times_is_named_with_its_files(read):
    (shop,) = read(
        {
            "tmall/示例店/聊天.txt": f"{BUYER} 9:05:07\n在吗\n{AGENT} 9:06\n在\n",
            "tmall/示例店/violations.csv": "date,type,points\n2026-11-01,x,1\n",
        }
    ).shops
    assert shop.timeless == {"messages": ("tmall/示例店/聊天.txt",)}
    assert "messages" not in shop.tables
