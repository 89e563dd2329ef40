"""Each service takes what is made for it, and a service that says no is understood."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from services import SECRET, TOKEN

from shopscore import notify
from shopscore.model import Letter, ShopLetter, Told
from shopscore.notify import pieces, robots, webhook, wecom

CHANGE = Told("metric", "1688.x", "响应率", "worse", "pass", "fail", 0.9, 0.8, "rate")


def letter(shops=1, lines=4, **more):
    """A letter of some length, all of it three bytes a character."""
    told = tuple(
        ShopLetter(
            "1688", f"店{number}", "2026-11-23T10:00:00+08:00", "fail", "good", f"店{number} · 阿里",
            tuple(f"第{line}行" + "响应率" * 20 for line in range(lines)), (CHANGE,), (("judged", 9), ("short", 2)),
        )
        for number in range(shops)
    )  # fmt: skip
    made = Letter("regression", "a" * 64, "zh-Hans", "bad", "店0：2 项不达标", told, ("完整报告：r.html", "shopscore"))
    return replace(made, **more)


def sent(target, wire, told, report=None):
    for step in notify.steps(told, target, report):
        notify.do(step, wire[0])


@pytest.mark.parametrize("kind", ["dingtalk", "wecom", "feishu", "webhook"])
@pytest.mark.parametrize("shops", [1, 7, 20])
def test_every_service_takes_short_and_long_letters(services, target, wire, kind, shops):
    sent(target(kind), wire, letter(shops, 8))
    assert services[kind].taken


def test_dingtalk_gets_one_signed_message_whose_title_is_the_answer(services, target, wire):
    sent(target("dingtalk", at=("13800000000",)), wire, letter(20, 8))
    (told,) = services["dingtalk"].taken
    assert told["markdown"]["title"] == "店0：2 项不达标"
    assert told["markdown"]["text"].startswith("#### 店0：2 项不达标\n\n@13800000000\n\n**店0")
    assert told["markdown"]["text"].endswith("行，见完整报告")


def test_wecom_gets_whole_lines_in_few_messages_then_a_call_then_the_file(services, target, wire):
    told = letter(3, 20)
    sent(target("wecom", at=("13800000000",)), wire, told, b"<html>" * 10)
    *parts, call, file = services["wecom"].taken
    assert [each["msgtype"] for each in parts] == ["markdown"] * len(parts)
    assert 1 < len(parts) <= wecom.MOST_PARTS
    lines = [line for part in parts for line in part["markdown"]["content"].split("\n")[1:] if line]
    assert lines == [line for line in robots.as_markdown(told) if line]
    assert [f"({number}/{len(parts)})" in part["markdown"]["content"] for number, part in enumerate(parts, 1)]
    assert call["text"] == {"content": told.title, "mentioned_mobile_list": ["13800000000"]}
    assert services["wecom"].files[file["file"]["media_id"]] == ("shopscore-aaaaaaaaaaaa.html", b"<html>" * 10)


def test_wecom_says_what_five_messages_do_not_hold(services, target, wire):
    sent(target("wecom"), wire, letter(20, 30))
    parts = services["wecom"].taken
    assert len(parts) == wecom.MOST_PARTS
    assert parts[-1]["markdown"]["content"].endswith("行，见完整报告")


@pytest.mark.parametrize(("mood", "colour"), [("bad", "red"), ("doubtful", "orange"), ("good", "green")])
def test_feishu_gets_one_signed_card_with_a_coloured_head_and_plain_texts(services, target, wire, mood, colour):
    sent(target("feishu"), wire, letter(2, mood=mood))
    (told,) = services["feishu"].taken
    assert told["card"]["header"]["template"] == colour
    texts = [part["text"] for part in told["card"]["elements"] if part["tag"] == "div"]
    assert {text["tag"] for text in texts} == {"plain_text"}
    assert len(texts) == 3


def test_a_webhook_gets_an_envelope_a_shop_each_with_a_key_of_its_own(services, target, wire):
    told = letter(2)
    sent(target("webhook"), wire, told)
    (first, one), (second, other) = services["webhook"].taken
    assert first != second
    assert (first, second) == tuple(webhook.key(told, shop) for shop in told.shops)
    assert {"event", "audit_id", "shop", "verdict", "changes"} <= one.keys()
    assert (one["event"], one["shop"], other["shop"], one["verdict"]) == ("regression", "店0", "店1", "fail")
    assert one["changes"][0]["id"] == "1688.x"


def test_a_busy_webhook_is_tried_again_after_a_while_with_the_same_key(services, target, wire):
    services["webhook"].down = 2
    sent(target("webhook"), wire, letter())
    assert len(services["webhook"].taken) == 1
    assert wire[1] == [1.0, 3.0]
    assert len({headers["Idempotency-Key"] for _, headers, _ in services["webhook"].requests}) == 1


@pytest.mark.parametrize(
    ("kind", "wrong", "number"),
    [
        ("dingtalk", SECRET, 310000),
        ("dingtalk", TOKEN, 300001),
        ("wecom", TOKEN, 93000),
        ("feishu", SECRET, 19021),
        ("feishu", TOKEN, 19001),
    ],
)
def test_a_no_is_understood_and_the_service_s_own_words_are_not_repeated(target, wire, kind, wrong, number):
    to = target(kind)
    to = replace(to, secret=SECRET[::-1]) if wrong == SECRET else replace(to, url=to.url.replace(TOKEN, "wrong"))
    with pytest.raises(notify.Undelivered, match=f"errcode {number}: it ") as refused:
        sent(to, wire, letter())
    assert not {each for each in (TOKEN, SECRET, "127.0.0.1") if each in str(refused.value)}
    assert not refused.value.later


def test_a_service_that_had_enough_is_left_alone(target, wire):
    for _ in range(20):
        sent(target("dingtalk"), wire, letter())
    with pytest.raises(notify.Undelivered, match="130101") as refused:
        sent(target("dingtalk"), wire, letter())
    assert refused.value.later


def test_a_server_that_is_not_there_is_said_without_its_address(target, wire):
    to = replace(target("dingtalk"), url=f"http://127.0.0.1:9/robot/send?access_token={TOKEN}")
    with pytest.raises(notify.Undelivered) as failed:
        sent(to, wire, letter())
    assert str(failed.value) == "it cannot be reached"


def test_a_server_that_never_answers_holds_nobody_up(services, target, wire, monkeypatch):
    import threading  # noqa: PLC0415 - one lock of it

    monkeypatch.setattr("shopscore.notify.service.STEP", 0.5)
    services["feishu"].waits = threading.Event()
    with pytest.raises(notify.Undelivered, match="not done within"):
        sent(target("feishu"), wire, letter())
    services["feishu"].waits.set()


# ── pieces ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("most", [10, 37, 100, 4096])
def test_pieces_hold_whole_lines_and_whole_characters(most):
    lines = ["| 响应率 | 78.4% |", "", "a" * 50, "😀" * 9, *(f"第{number}行，不达标" for number in range(60))]
    texts = pieces.split(lines, most)
    assert all(0 < pieces.size(text) <= most for text in texts)
    whole = [line for text in texts for line in text.split("\n") if line]
    assert whole == [pieces.cut(line, most) for line in lines if line]
    assert all(line in lines or line.endswith("..") for line in whole)
    json.dumps(texts).encode()  # no half of a pair


def test_what_does_not_fit_is_counted():
    found = pieces.fitted(["a", "b", "", "ccc"], lambda text: len(text) <= 6, lambda count: f"+{count}")
    assert found == "a\nb\n+1"
