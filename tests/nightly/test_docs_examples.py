"""The examples of docs/cron.md are read from the page and run: by a cron of its own, by what systemd makes of them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "cron.md").read_text(encoding="utf-8")
REQUIRED = os.environ.get("SHOPSCORE_CRON") == "required"
FOLDER = "/srv/shop"

sys.path.insert(0, str(ROOT / "tests" / "end_to_end"))
from end_to_end_world import small_shop  # noqa: E402 - a neighbour's shop


def block(kind):
    """The one block of the page marked so."""
    (found,) = re.findall(rf"^```{re.escape(kind)}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return found


def missing(why):
    """Skip with a reason, or fail where it is required."""
    if REQUIRED:
        pytest.fail(f"{why}, and it is required", pytrace=False)
    pytest.skip(why)


@pytest.fixture
def place(tmp_path):
    """The folder of the examples, with exports, a place to tell and the command."""
    folder = tmp_path / "shop"
    small_shop(folder / "exports")
    (folder / "notify.env").write_text("HOOK_TOKEN=abc\n", encoding="ascii")
    (folder / "notify.yaml").write_text('to:\n  - url: "http://127.0.0.1:9/${HOOK_TOKEN}"\n', encoding="ascii")
    command = folder / ".venv" / "bin" / "shopscore"
    command.parent.mkdir(parents=True)
    lines = (
        "#!/bin/sh",
        f"export PYTHONPATH={shlex.quote(str(ROOT))} SHOPSCORE_STATE={shlex.quote(str(tmp_path / 'state'))}",
        f"export SHOPSCORE_CACHE={shlex.quote(str(tmp_path / 'cache'))} SHOPSCORE_KEY=key",
        f'exec {shlex.quote(sys.executable)} -m shopscore "$@"',
    )
    command.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command.chmod(0o755)
    return folder


def got_through(folder):
    """What the run left behind."""
    life = json.loads((folder / "life.json").read_text(encoding="utf-8"))
    assert life["exit_code"] == 0
    assert (folder / "nights.db").exists()


def words(text):
    """What a line gives the command."""
    (found,) = re.findall(r"shopscore(?:\.exe)? (audit .*)$", text, re.MULTILINE)
    return shlex.split(found)


# ── crontab ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_all_examples_run_the_same_command():
    (first,) = re.findall(r"^```\n(shopscore audit .*)\n```$", PAGE, re.MULTILINE)
    assert [words(block(kind)) for kind in ("crontab", "systemd-service", "bat")] == [shlex.split(first)[1:]] * 3


def test_the_crontab_runs_under_a_real_cron(place, tmp_path):
    cron, unshare = shutil.which("cron", path="/usr/sbin:/usr/bin"), shutil.which("unshare")
    if not cron or not unshare or os.geteuid() != 0:
        missing("there is no cron that could be started here")
    spool, nothing, none = tmp_path / "spool", tmp_path / "cron.d", tmp_path / "crontab"
    spool.mkdir()
    nothing.mkdir()
    none.touch()
    table = block("crontab").replace(FOLDER, str(place)).replace("7 6 * * * ", "* * * * * ")
    (spool / "root").write_text(table.replace("MAILTO=owner@example.com", 'MAILTO=""'), encoding="utf-8")
    (spool / "root").chmod(0o600)
    # A cron of its own: it sees this one table, and its own file of the process, wherever the machine's cron may be.
    binds = ((spool, "/var/spool/cron/crontabs"), (nothing, "/etc/cron.d"), (none, "/etc/crontab"))
    script = " && ".join(f"mount --bind {shlex.quote(str(one))} {other}" for one, other in binds)
    command = [unshare, "-m", "sh", "-c", f"{script} && mount -t tmpfs tmpfs /run && exec {cron} -f"]
    daemon = subprocess.Popen(command, stderr=subprocess.PIPE)  # noqa: S603 - our own command
    try:
        until = time.monotonic() + 150
        while not (place / "life.json").exists() and time.monotonic() < until:
            if daemon.poll() is not None:
                missing(f"cron does not start here: {daemon.stderr.read().decode().strip()}")
            time.sleep(0.5)
    finally:
        daemon.kill()
        daemon.wait()
        daemon.stderr.close()
    got_through(place)


# ── systemd ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_systemd_finds_nothing_wrong_with_service_and_timer(place, tmp_path):
    if not shutil.which("systemd-analyze"):
        missing("there is no systemd-analyze on this machine")
    units = [tmp_path / "shopscore.service", tmp_path / "shopscore.timer"]
    for unit, kind in zip(units, ("systemd-service", "systemd-timer"), strict=True):
        unit.write_text(block(kind).replace(FOLDER, str(place)), encoding="utf-8")
    found = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, check=False)  # noqa: S603, S607
    assert (found.returncode, found.stdout + found.stderr) == (0, b"")
    when = re.search("OnCalendar=(.*)", block("systemd-timer"))[1]
    asked = subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, check=False)  # noqa: S603, S607
    assert asked.returncode == 0


def test_the_service_counts_as_failures_what_the_page_calls_failed():
    """Whatever ends the job without a failure is the unit's success; what did not do its work is none."""
    rows = re.findall(r"^\| ([\d, ]+) \|.*\| ([^|]+) \|$", PAGE, re.MULTILINE)
    said = {int(code): what for codes, what in rows for code in codes.split(",")}
    assert said.keys() >= {0, 1, 2, 3, 4, 5, 70, 75, 130, 143}
    (listed,) = re.findall("^SuccessExitStatus=(.*)$", block("systemd-service"), re.MULTILINE)
    # Nobody presses Ctrl-C in a service: systemd ends it with SIGTERM.
    assert {0, 130, *map(int, listed.split())} == {code for code, what in said.items() if not what.startswith("failed")}


def test_the_service_s_line_runs_with_the_environment_a_service_has(place):
    told = dict(re.findall(r"^(\w+)=(.*)$", block("systemd-service").replace(FOLDER, str(place)), re.MULTILINE))
    variables = dict(line.split("=", 1) for line in Path(told["EnvironmentFile"]).read_text().split())
    how = {"cwd": told["WorkingDirectory"], "capture_output": True, "timeout": 120}
    if Path("/run/systemd/system").exists():
        named = (f"-p{name}={told[name]}" for name in ("WorkingDirectory", "EnvironmentFile", "TimeoutStartSec"))
        start = ["systemd-run", "--wait", "--collect", "-q", *named, *shlex.split(told["ExecStart"])]
        done = subprocess.run(start, check=False, **how)  # noqa: S603 - our own page
    else:
        around = {"PATH": "/usr/bin:/bin"} | variables
        start = shlex.split(told["ExecStart"])
        done = subprocess.run(start, check=False, env=around, stdin=subprocess.DEVNULL, **how)  # noqa: S603
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    got_through(place)


# ── the rest of the page ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_example_of_places_is_one(tmp_path):
    from shopscore import notify  # noqa: PLC0415 - only this test needs it

    path = tmp_path / "notify.yaml"
    path.write_text(block("yaml"), encoding="utf-8")
    environment = {name: f"value-of-{name.lower()}" for name in re.findall(r"\$\{(\w+)\}", block("yaml"))}
    found = notify.read([str(path)], environment, b"key", typed=True)
    assert [target.kind for target in found] == ["dingtalk", "wecom", "feishu", "apprise", "webhook"]
    assert found[0].secret == environment["DING_SECRET"]
    assert not [value for value in environment.values() if value in repr(found).replace(environment["OWNER_PHONE"], "")]


def test_the_envelope_on_the_page_has_the_keys_that_are_sent():
    sys.path.insert(0, str(ROOT / "tests" / "notify"))
    from test_adapters import letter  # noqa: PLC0415 - a neighbour's letter

    from shopscore.notify import webhook  # noqa: PLC0415

    told = letter()
    sent, shown = webhook.envelope(told, told.shops[0]), json.loads(block("json"))
    assert sent.keys() == shown.keys()
    assert sent["changes"][0].keys() == shown["changes"][0].keys()


def test_the_windows_task_starts_the_file_the_page_writes():
    line = block("schtasks").strip()
    assert re.fullmatch(r'schtasks /Create /TN \w+ /SC DAILY /ST \d\d:\d\d /TR "C:\\shop\\night\.cmd"', line)
    assert r"`C:\shop\night.cmd`" in PAGE
    assert block("bat").startswith("cd /d C:\\shop\n")
