"""Chats as people copy and tools save them: roles, automatic lines, recalls, times; and no word of what was said."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers_world import NOW, archive

from shopscore.readers import limits, plan, read_unit, save
from shopscore.readers.cells.privacy import pseudonym
from shopscore.readers.formats import catalogue
from shopscore.readers.kinds import transcript
from shopscore.readers.kinds.sheet import Header
from shopscore.readers.kinds.speakers import House
from shopscore.readers.rows.talks import renamed
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

KEY = b"k" * 32
CATALOGUE = catalogue(loaded.format for loaded in load_rules([default_rules_dir()]).formats)
BUYER, AGENT = "春风不如你", "示例店:小美"


@pytest.fixture(scope="session")
def rules():
    """The rules as shipped."""
    return load_rules([default_rules_dir()])


@pytest.fixture
def talk_of(read):
    """The messages one file gives, as tuples; and its account."""

    def run(content, name="聊天.txt", folder="tmall/示例店", **more):
        files = {f"{folder}/{name}": content} | {f"{folder}/{other}": text for other, text in more.items()}
        reading = read(files)
        account = next(account for account in reading.accounts.values() if account.file.startswith(f"{folder}/"))
        frames = [shop.tables["messages"] for shop in reading.shops if "messages" in shop.tables]
        rows = frames[0].select("sender", "agent_id", "sent_at").sort("sent_at", "sender").rows() if frames else []
        return [(sender, agent, f"{at:%m-%d %H:%M:%S}") for sender, agent, at in rows], account

    return run


def reasons(account):
    return [(each.reason, each.count) for each in account.refusals]


# ── copied text ──────────────────────────────────────────────────────────────────────────────────────────────────────


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


TALK = f"""当前用户来自 商品详情页
{BUYER} 2026-11-3 9:05:07
在吗

这一件有货吗，
明天能到吗？
已读
{AGENT} 2026-11-3 9:05:08
[自动回复] 您好，欢迎光临
未读
{AGENT} 2026-11-3 9:05:40
亲，有的
¥129.00
{AGENT} 2026-11-3 9:06:30
{AGENT} 撤回了一条消息
服务助手 2026-11-3 9:07:00
由 服务助手 转交给 示例店:小云
示例店:小云 2026-11-3 23:59:59
原因：【离线留言自动分配】
店小蜜 2026-11-4 0:00:10
您好
{BUYER} 2026-11-4 0:00:10
好的
"""
ROWS = [
    ("buyer", None, "11-03 09:05:07"),
    ("auto", AGENT, "11-03 09:05:08"),
    ("human", AGENT, "11-03 09:05:40"),
    ("human", AGENT, "11-03 09:06:30"),
    ("system", None, "11-03 09:07:00"),
    ("system", None, "11-03 23:59:59"),
    ("bot", "店小蜜", "11-04 00:00:10"),
    ("buyer", None, "11-04 00:00:10"),
]


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


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def customer(*chats, user=BUYER):
    keys = ("date", "time", "sender", "text")
    lines = [dict(zip(keys, chat, strict=True)) | {"imgUrl": ""} for chat in chats]
    return {"user": user, "exportTime": "2026/11/5 上午10:00:00", "count": len(lines), "chats": lines}


CHATS = customer(
    ("2026-11-3", "9:05:07", BUYER, "在吗"),
    ("2026-11-3", "9:05:08", AGENT, "[自动回复] 您好，欢迎光临"),
    ("2026-11-3", "9:05:40", AGENT, "亲，有的"),
    ("2026-11-3", "9:06:30", AGENT, f"{AGENT} 撤回了一条消息"),
    ("2026-11-3", "9:07:00", "服务助手", "由 服务助手 转交给 示例店:小云"),
    ("2026-11-3", "23:59:59", "示例店:小云", "原因：【离线留言自动分配】"),
    ("2026-11-4", "0:00:10", "店小蜜", "您好"),
    ("2026-11-4", "0:00:10", BUYER, "好的"),
)


def zipped(*customers):
    members = {f"{each['user']}.json": json.dumps(each, ensure_ascii=False) for each in customers}
    return archive(members)


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


# ── what was said ────────────────────────────────────────────────────────────────────────────────────────────────────


SECRETS = (BUYER, "断了的顾客", "这一件有货吗", "明天能到吗", "欢迎光临", "亲，有的", "在吗", "好的", "由 服务助手")


def test_no_word_and_no_buyer_of_a_talk_leaves_the_reader(tmp_path, rules):
    folder = tmp_path / "tmall" / "示例店"
    folder.mkdir(parents=True)
    (folder / "聊天.txt").write_text(TALK, encoding="gb18030")
    (folder / "a.zip").write_bytes(zipped(CHATS, customer(("坏", "时间", BUYER, "在吗"), user="断了的顾客")))
    # Speakers that cannot be told, a text where a sender belongs, a buyer where a time belongs.
    strangers = f"{BUYER} 2026-11-3 9:05:07\n在吗\n断了的顾客 2026-11-3 9:06:00\n好的\n"
    (folder / "b.txt").write_text(strangers, encoding="utf-8")
    (folder / "c.json").write_text(json.dumps(customer((BUYER, "在吗", "好的", AGENT))), encoding="utf-8")
    saved = tmp_path / "saved"
    for unit in plan([tmp_path / "tmall"], rules.packs):
        reading = read_unit(unit, rules, key=KEY, now=NOW)
        save(reading.shops, saved)
        said = repr(reading.accounts) + repr(reading.warnings)
        assert [secret for secret in SECRETS if secret in said] == []
        frames = [frame for shop in reading.shops for frame in shop.tables.values()]
        assert sum(frame.height for frame in frames) > 0
        assert [secret for frame in frames for secret in SECRETS if secret in frame.write_csv()] == []
    stored = b"".join(path.read_bytes() for path in saved.rglob("*.parquet"))
    assert [secret for secret in SECRETS if secret.encode() in stored] == []


def test_a_path_that_hides_nobody_stays_as_it_is():
    assert renamed("a//b.txt", "b") == "a//b.txt"


# ── rules of formats ─────────────────────────────────────────────────────────────────────────────────────────────────


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


def test_pseudonyms_of_a_talk_are_those_of_the_orders(read):
    (shop,) = read({"tmall/示例店/聊天.txt": TALK}).shops
    (named,) = shop.tables["messages"].get_column("buyer_id").unique()
    assert named == pseudonym(pl.Series([BUYER]), KEY).item()


# ── whatever is in the file ──────────────────────────────────────────────────────────────────────────────────────────

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
