"""Who wants to hear of an audit hears of it once, whatever breaks in between, and hears nothing private."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import signal
import sqlite3
import sys
import threading
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from end_to_end_world import run, small_orders, small_scans, small_shop, started

from shopscore import console, notify
from shopscore.nightly import outbox

sys.path.insert(0, str(Path(__file__).parents[1] / "notify"))
from services import KINDS, SECRET, TOKEN, served


@pytest.fixture(autouse=True)
def _own_state(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOPSCORE_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("HOOK_SECRET", SECRET)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def exports(tmp_path):
    small_shop(tmp_path / "exports")
    return tmp_path / "exports"


@pytest.fixture
def hook():
    with served(*KINDS["webhook"]) as heard:
        yield heard


def places(tmp_path, heard, **more):
    """A notify.yaml that names one webhook."""
    path = tmp_path / "notify.yaml"
    lines = [
        f"to:\n  - url: {heard.url}",
        "    secret: ${HOOK_SECRET}",
        *(f"    {key}: {it}" for key, it in more.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def worse(exports):
    """More late parcels than before."""
    small_shop(exports, orders=small_orders(90), shipments=small_scans(90, late=range(75)))


def test_an_audit_is_told_once(exports, tmp_path, hook):
    words = ("audit", exports, "--notify", places(tmp_path, hook), "--quiet")
    assert [run(*words).code for _ in range(3)] == [0, 0, 0]
    ((_, told),) = hook.taken
    assert (told["event"], told["shop"], told["changes"]) == ("audit", "小店", [])


def test_a_regression_is_told_and_a_quiet_night_is_not(exports, tmp_path, hook):
    words = ("audit", exports, "--notify", places(tmp_path, hook), "--notify-on", "regression")
    words += ("--history", tmp_path / "nights.db", "--quiet")
    assert run(*words).code == 0
    assert run(*words).code == 0
    assert hook.taken == []
    worse(exports)
    assert run(*words).code == 0
    assert run(*words).code == 0
    ((_, told),) = hook.taken
    assert told["event"] == "regression"
    assert {change["fate"] for change in told["changes"]} >= {"worse"}
    assert told["changes"][0]["value_before"] != told["changes"][0]["value_after"]


def test_any_other_verdict_is_a_change(exports, tmp_path, hook):
    words = (
        "audit",
        exports,
        "--notify",
        places(tmp_path, hook, when="change"),
        "--history",
        tmp_path / "n.db",
        "--quiet",
    )
    assert run(*words).code == 0
    small_shop(exports, orders=small_orders(90), shipments=small_scans(90, late=()))
    assert run(*words).code == 0
    ((_, told),) = hook.taken
    assert told["event"] == "change"
    assert {change["fate"] for change in told["changes"]} <= {"better", "turned"}


def test_what_is_measured_for_the_first_time_is_a_change_and_no_regression(exports, tmp_path, hook):
    small_shop(exports, orders=small_orders(90), shipments=None)
    (exports / "1688" / "小店" / "shipments.csv").unlink()
    words = ("audit", exports, "--history", tmp_path / "n.db", "--quiet", "--lang", "en", "--no-cache")
    assert run(*words).code == 0
    worse(exports)
    for when, count in (("regression", 0), ("change", 1)):
        kept = shutil.copy(tmp_path / "n.db", tmp_path / f"{when}.db")
        asked = (*words[:2], "--history", kept, *words[4:], "--notify", places(tmp_path, hook, when=when))
        assert run(*asked).code == 0
        assert len(hook.taken) == count
    ((_, told),) = hook.taken
    assert told["event"] == "change"
    assert {("turned", "not_measured", "fail")} <= {
        (each["fate"], each["before"], each["after"]) for each in told["changes"]
    }
    assert "worse" not in {each["fate"] for each in told["changes"]}


def test_nothing_is_compared_with_nothing(exports, tmp_path, hook):
    done = run("audit", exports, "--notify", places(tmp_path, hook), "--notify-on", "change")
    assert (done.code, done.out) == (2, "")
    assert "compared with which audit? Give --history" in done.err


def test_a_failed_delivery_ends_in_4_is_kept_and_told_by_the_next_run_once(exports, tmp_path, hook):
    words = ("audit", exports, "--notify", places(tmp_path, hook), "--history", tmp_path / "n.db", "--lang", "en")
    hook.down = 3
    done = run(*words)
    assert done.code == 4
    assert done.out
    assert "it answers with HTTP 503; kept, and tried again by the next run" in done.err
    assert run(*words).code == 0
    assert run(*words).code == 0
    assert len(hook.taken) == 1


def test_a_gate_that_failed_says_more_than_a_delivery_that_did(exports, tmp_path, hook):
    hook.down = 3
    assert run("audit", exports, "--notify", places(tmp_path, hook), "--fail-on", "level:fail").code == 1


def test_killed_between_sending_and_remembering_it_is_sent_again_under_the_same_key(exports, tmp_path, hook):
    words = ("audit", exports, "--notify", places(tmp_path, hook), "--quiet", "--workers", "1")
    hook.waits = threading.Event()
    running = started(*words)
    while not hook.taken:
        assert running.poll() is None
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    hook.waits.set()
    assert run(*words).code == 0
    assert run(*words).code == 0
    (first, _), (second, _) = hook.taken
    assert first == second


def test_two_runs_at_once_tell_it_once(exports, tmp_path, hook):
    words = ("audit", exports, "--notify", places(tmp_path, hook), "--quiet", "--workers", "1")
    runs = [started(*words) for _ in range(2)]
    for each in runs:
        each.communicate(timeout=120)
    assert [each.returncode for each in runs] == [0, 0]
    assert len(hook.taken) == 1


def test_a_server_that_never_answers_costs_seconds_and_is_asked_again(exports, tmp_path, hook, monkeypatch):
    monkeypatch.setattr("shopscore.notify.service.STEP", 0.5)
    words = ("audit", exports, "--notify", places(tmp_path, hook), "--lang", "en", "--quiet")
    hook.waits = threading.Event()
    done = run(*words)
    assert (done.code, "it was not done within 0.5 seconds" in done.err) == (4, True)
    hook.waits.set()
    assert run(*words).code == 0
    (first, _), (second, _) = hook.taken
    assert first == second


def test_twenty_a_minute_are_sent_and_the_rest_waits_its_turn(exports, tmp_path, monkeypatch):
    """Time passes only where the program waits; the server counts the same minutes."""
    clock = [console.now()]

    def sleep(seconds):
        clock[0] += dt.timedelta(seconds=seconds)
        heard.times[:] = [at - seconds for at in heard.times]

    with served(*KINDS["dingtalk"]) as heard:
        monkeypatch.setenv("DING", f"dingtalk+{heard.url}")
        path = tmp_path / "notify.yaml"
        path.write_text("to:\n  - {url: '${DING}', secret: '${HOOK_SECRET}', name: us}\n", encoding="utf-8")
        words = ("audit", exports, "--notify", path, "--quiet")
        assert run(*words).code == 0
        with outbox.opened(tmp_path / "state" / "outbox.db") as box:
            told = json.dumps(LETTER)
            for number in range(60):
                outbox.put(box, outbox.New("name us", f"{number}", told), console.now().timestamp())
        monkeypatch.setattr(console, "now", lambda: clock[0])
        monkeypatch.setattr("shopscore.telling.notify.Wire", partial(notify.Wire, sleep=sleep))
        done = run(*words, "--lang", "en")
        assert (done.code, "it takes no more messages for now" in done.err) == (4, True)
        assert 40 <= len(heard.taken) <= 60
        assert "130101" not in done.err
        sleep(60)
        assert run(*words).code in (0, 4)
        sleep(60)
        assert run(*words).code == 0
        assert len(heard.taken) == 61


LETTER = {
    "event": "audit",
    "audit_id": "a" * 64,
    "lang": "en",
    "mood": "good",
    "title": "title",
    "shops": [],
    "foot": ["foot"],
}


def test_an_owner_of_a_fleet_hears_of_the_owner_s_shops(tmp_path, hook):
    for shop in ("一店", "二店"):
        small_shop(tmp_path / "fleet", shop)
    listed = "shops:\n  - {folder: 1688/一店, owner: 李}\n  - {folder: 1688/二店, owner: 王}\n"
    (tmp_path / "fleet" / "fleet.yaml").write_text(listed, encoding="utf-8")
    words = ("--notify", places(tmp_path, hook, owner="李"), "--quiet", "--lang", "en")
    done = run("audit", tmp_path / "fleet", *words)
    assert (done.code, "nobody owns shops here" in done.err, hook.taken) == (4, True, [])
    assert run("audit", tmp_path / "fleet" / "fleet.yaml", *words).code == 0
    ((_, told),) = hook.taken
    assert told["shop"] == "一店"


# ── what is not told ─────────────────────────────────────────────────────────────────────────────────────────────

CANARY = "canary7f3a"
HOSTILE = "店[x](http://evil.example)<at id=all></at>@all"


def test_no_string_of_the_exports_but_the_shop_s_name_arrives_anywhere(tmp_path, monkeypatch):
    cells = {name: f"{CANARY} {name}" for name in ("buyer_id", "product_id", "sku", "carrier", "warehouse")}
    orders = small_orders(**cells).replace("\n9", f"\n{CANARY}9")
    scans = small_scans().replace("\n9", f"\n{CANARY}9").replace("甲运", f"{CANARY} 甲运")
    odd = f"order_id,paid_at\n{CANARY},2026-11-31\n"
    aside = f"{{metric: pickup_24h_rate, reason: {CANARY}, owner: {CANARY}, expires: 2027-01-01}}"
    shop = f"name: {HOSTILE!r}\nsuppressions:\n  - {aside}\n"
    small_shop(tmp_path / "exports", orders=orders, shipments=scans, **{f"{CANARY}__csv": odd, "shop__yaml": shop})
    with (
        served(*KINDS["webhook"]) as hook,
        served(*KINDS["dingtalk"]) as dingtalk,
        served(*KINDS["wecom"]) as wecom,
        served(*KINDS["feishu"]) as feishu,
    ):
        heard = {"webhook": hook, "dingtalk": dingtalk, "wecom": wecom, "feishu": feishu}
        for name, each in heard.items():
            monkeypatch.setenv(f"URL_{name}", f"{name}+{each.url}")
        lines = [f"  - url: ${{URL_{name}}}\n    secret: ${{HOOK_SECRET}}\n" for name in heard]
        (tmp_path / "notify.yaml").write_text("to:\n" + "".join(lines), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        done = run(
            "audit", tmp_path / "exports", "--notify", tmp_path / "notify.yaml", "--lang", "zh-Hans", "-o", "r.txt"
        )
        assert done.code == 0, done.err
        for name, each in heard.items():
            assert each.taken, name
            assert CANARY not in each.text(), name
            assert name == "webhook" or "http://evil" not in each.text(), name
            assert name == "webhook" or "<at id=all>" not in each.text(), name
    box = (tmp_path / "state" / "outbox.db").read_bytes()
    assert CANARY.encode() not in box


def test_secrets_are_in_no_word_and_no_file_of_ours(exports, tmp_path, monkeypatch):
    with served(*KINDS["dingtalk"]) as heard:
        monkeypatch.setenv("DING", f"dingtalk+{heard.url}")
        (tmp_path / "notify.yaml").write_text("to:\n  - {url: '${DING}', secret: '${HOOK_SECRET}'}\n", encoding="utf-8")
        words = ("audit", exports, "--history", tmp_path / "n.db", "--heartbeat", tmp_path / "life.json")
        words += ("--notify", tmp_path / "notify.yaml")
        heard.down = 1
        first = run(*words, "--format", "text,json,html", "--output", tmp_path / "out")
        assert first.code == 4
        monkeypatch.setenv("HOOK_SECRET", "not" + SECRET)
        second = run(*words)
        assert (second.code, "310000" in second.err) == (4, True)
        monkeypatch.setenv("HOOK_SECRET", SECRET)
        assert run(*words).code == 0
        assert len(heard.taken) == 1
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) > 5
    said = f"{first.out}{first.err}{second.out}{second.err}".encode()
    for secret in (SECRET.encode(), TOKEN.encode()):
        assert secret not in said
        assert [path for path in written if secret in path.read_bytes()] == []


@pytest.mark.parametrize(
    "address",
    [
        f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}",
        f"https://example.com/hook?secret={TOKEN}",
        f"mailto://me:{TOKEN}@example.com",
        f"slack://{TOKEN[:9]}/ABCDEFGHI/abcdefghijklmnopqrstuvwx",
    ],
)
def test_a_secret_on_a_command_line_is_refused(exports, address):
    done = run("audit", exports, "--notify", address)
    assert (done.code, done.out) == (2, "")
    assert "other users of this machine can read a secret" in done.err
    assert TOKEN not in done.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("to:\n  - {url: '${NOT_THERE}'}\n", "notify.yaml:2: ${NOT_THERE} is not set in the environment"),
        ("to:\n  - {url: 'nonsense://secretpart'}\n", "notify.yaml:2: nonsense: no such kind of address"),
        ("to:\n  - {url: 'https://example.com/x', when: sometimes}\n", "notify.yaml:2"),
        ("to:\n  - {url: 'https://example.com/x', attach: true}\n", "takes no files"),
        ("to:\n  - {adress: 'https://example.com/x'}\n", "adress"),
    ],
)
def test_a_wrong_file_is_said_before_anything_is_read(exports, tmp_path, text, said):
    (tmp_path / "notify.yaml").write_text(text, encoding="utf-8")
    done = run("audit", exports, "--notify", tmp_path / "notify.yaml")
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "secretpart" not in done.err


def test_places_come_from_the_environment_where_it_is_said_when(exports, tmp_path, hook, monkeypatch):
    monkeypatch.setenv("SHOPSCORE_NOTIFY", f"{hook.url}?secret={SECRET}")
    assert run("audit", exports, "--quiet").code == 0
    assert hook.taken == []
    assert run("audit", exports, "--quiet", "--notify-on", "always").code == 0
    assert len(hook.taken) == 1
    monkeypatch.delenv("SHOPSCORE_NOTIFY")
    assert "tell whom?" in run("audit", exports, "--notify-on", "always").err
    with closing(sqlite3.connect(tmp_path / "state" / "outbox.db")) as box, box:
        assert box.execute("select letter, report from messages").fetchall() == [("", None)]


def test_a_message_is_in_the_language_of_its_place(exports, tmp_path, hook):
    assert run("audit", exports, "--notify", places(tmp_path, hook, lang="zh-Hans"), "--lang", "en", "-q").code == 0
    ((_, told),) = hook.taken
    assert "项没到目标" in json.dumps(told, ensure_ascii=False)
