"""No word of a talk and no buyer of it leaves the reader; its pseudonyms are those of the orders."""

from __future__ import annotations

import json

import polars as pl
from readers_world import KEY, NOW
from talk_world import AGENT, BUYER, CHATS, TALK, customer, zipped

from shopscore.readers import plan, read_unit, save
from shopscore.readers.cells.privacy import pseudonym
from shopscore.readers.rows.talks import renamed

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


def test_pseudonyms_of_a_talk_are_those_of_the_orders(read):
    (shop,) = read({"tmall/示例店/聊天.txt": TALK}).shops
    (named,) = shop.tables["messages"].get_column("buyer_id").unique()
    assert named == pseudonym(pl.Series([BUYER]), KEY).item()
