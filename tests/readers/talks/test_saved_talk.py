"""Chats as tools save them: a JSON of a customer, of a conversation, of a message."""

from __future__ import annotations

import datetime as dt
import json

from readers_world import archive
from talk_world import AGENT, BUYER, CHATS, ROWS, TALK, customer, reasons, zipped

from shopscore.readers import limits


def test_a_zip_of_one_json_per_customer_reads_like_the_copied_text(talk_of):
    rows, account = talk_of(zipped(CHATS), name="千牛聊天记录_2026-11-5.zip")
    assert [(sender, at) for sender, _, at in rows] == [(sender, at) for sender, _, at in ROWS]
    assert (account.format, account.rows_read, account.rows_accepted) == ("qianniu_json", 8, 8)


def test_text_and_json_of_one_talk_count_once(read):
    reading = read({"tmall/示例店/聊天.txt": TALK, "tmall/示例店/千牛聊天记录_2026-11-5.zip": zipped(CHATS)})
    assert reading.shops[0].tables["messages"].height == 8


def test_files_of_different_customers_are_one_file_and_no_customer_is_named(read):
    other = customer(("2026-11-3", "9:05:07", "秋水共长天", "在吗"), user="秋水共长天")
    reading = read({"tmall/示例店/千牛聊天记录_2026-11-5.zip": zipped(CHATS, other)})
    (account,) = reading.accounts.values()
    assert account.file == "tmall/示例店/千牛聊天记录_2026-11-5.zip/*.json"
    assert (account.rows_read, account.rows_accepted) == (9, 9)
    assert reading.shops[0].seen_until["messages"] == dt.datetime(2026, 11, 5)


def test_two_files_of_one_customer_are_two_files_so_that_a_line_in_both_counts_once(read):
    again = {f"{name}.json": json.dumps(CHATS, ensure_ascii=False) for name in (BUYER, f"{BUYER} (1)")}
    reading = read({"tmall/示例店/千牛聊天记录.zip": archive(again)})
    assert sorted((account.rows_accepted, account.rows_duplicate) for account in reading.accounts.values()) == [
        (0, 8),
        (8, 0),
    ]
    assert set(reading.accounts) == {f"tmall/示例店/千牛聊天记录.zip/{name}.json" for name in ("*", "*-2")}


def test_a_bundle_too_large_to_be_held_is_several(read, monkeypatch):
    monkeypatch.setattr(limits, "MAX_JSON_BYTES", 1500)
    customers = [customer(("2026-11-3", "9:05:07", f"顾客{n}", "在吗"), user=f"顾客{n}") for n in range(30)]
    reading = read({"tmall/示例店/千牛聊天记录.zip": zipped(*customers)})
    assert len(reading.accounts) > 1
    assert sum(account.rows_accepted for account in reading.accounts.values()) == 30


def test_files_named_after_buyers_are_shown_under_pseudonyms(read):
    broken = '{"user": "断了的顾客", "chats": [{"da'
    whole = json.dumps(CHATS, ensure_ascii=False)
    reading = read(
        {
            "tmall/示例店/千牛聊天记录.zip": archive({f"{BUYER}.json": whole, "断了的顾客.json": broken}),
            f"tmall/示例店/{BUYER}.txt": TALK,
            "tmall/示例店/说明.csv": "不是聊天记录",
        }
    )
    names = set(reading.accounts)
    assert not any(nick in name for nick in (BUYER, "断了的顾客") for name in names)
    assert {"tmall/示例店/说明.csv", "tmall/示例店/千牛聊天记录.zip/*.json"} < names
    assert len(names) == 4


def test_a_message_of_whom_nobody_knows_the_time_is_refused(talk_of):
    _, account = talk_of(
        json.dumps(customer(("", "9:05:07", BUYER, "在吗"), ("2026-11-3", "9:06:00", AGENT, "在"))), name="chat.json"
    )
    assert reasons(account) == [("missing_sent_at", 1)]


def dongdong(pin, app, seconds, **body):
    content = {"type": "text", "content": "一句话", "chatinfo": {"sid": "s1"}} | body
    return {"from": {"pin": pin, "app": app}, "body": content, "timestamp": 1_793_667_907_000 + seconds * 1000 + 123}


def test_dongdong_tells_buyers_bots_automatic_lines_and_people_apart(read):
    data = [
        dongdong("jd_buyer", "im.customer", 0),
        dongdong("robot@im.jd.com", "im.waiter", 0),
        dongdong("小美", "im.waiter", 1, action={"code": "welcome"}),
        dongdong("小美", "im.waiter", 2, chatinfo={"sid": "s1", "cbData": "x"}),
        dongdong("小美", "im.waiter", 3, content="【自动回复】稍等"),
        dongdong("小美", "im.waiter", 60),
        dongdong("小美", "im.waiter", 61, chatinfo={"sid": "s2"}),
    ]
    reading = read({"jd/京东店/咚咚.json": json.dumps({"data": data}, ensure_ascii=False)})
    (shop,) = reading.shops
    frame = shop.tables["messages"].sort("sent_at")
    assert frame.get_column("sender").to_list() == ["buyer", "bot", "auto", "auto", "auto", "human"]
    assert frame.get_column("agent_id").to_list() == [None, "robot@im.jd.com", "小美", "小美", "小美", "小美"]
    assert frame.get_column("sent_at").min() == dt.datetime(2026, 11, 3, 9, 5, 7)
    assert frame.get_column("buyer_id").n_unique() == frame.get_column("session_id").n_unique() == 1
    # A conversation of which the file has no line of the buyer: whose it is nobody knows.
    (account,) = reading.accounts.values()
    assert reasons(account) == [("missing_buyer_id", 1)]


def test_canonical_json_lines_with_roles_of_their_own(read):
    said = {"sender": "bot", "bot_mode": "assist", "is_blocked": True}
    line = {"buyer_id": BUYER, "sent_at": "2026-11-03 09:05:07"} | said
    (shop,) = read({"tmall/示例店/messages.jsonl": f"{json.dumps(line)}\n{json.dumps(line)}\n"}).shops
    assert shop.tables["messages"].select("sender", "bot_mode", "is_blocked").rows() == [("bot", "assist", True)] * 2
