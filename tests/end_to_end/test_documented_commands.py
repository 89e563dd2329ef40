"""Every command that the READMEs and the pages of docs/ show is run, on sample exports, and ends as it is said to."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import shutil
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from threading import Thread

import pytest
from end_to_end_world import A1688, REPOSITORY, SAMPLES, run, small_shop

from shopscore import console

# docs/cli.md shows no commands but what each takes; it is made from the program.
PAGES = [REPOSITORY / "README.md", REPOSITORY / "README.zh.md"]
PAGES += [page for page in sorted((REPOSITORY / "docs").glob("*.md")) if page.name != "cli.md"]
BLOCK = re.compile(r"^```(?:console)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(shopscore [^`\n]+)`")
FOR_EXAMPLE = {
    "PATH": "exports",
    "PATH…": "exports",
    "FOLDER": "exports",
    "DIR": "tables",
    "METRIC": "1688.ww_3min_rate",
    "PLATFORM": "1688",
    "NAME": "json",
    "REPORT.json": "report.json",
    "我的店": A1688.partition("/")[2],
    "/var/lib/node_exporter/textfile/shopscore.prom": "shopscore.prom",
}
"""What stands for something of the reader's own, and what is taken here."""
NOT_RUN = {
    "shopscore audit": "names the command, which needs a path",
    "shopscore audit sample_data/fleet.yaml": "test_fleet.py runs it and looks at what it says",
    "shopscore history": "names the command, which needs --history",
    "shopscore diff": "names the command, which needs two audits",
    "shopscore due": "names the command, which needs a path",
    "shopscore read --save DIR": "names an option; the command with its path stands in README.md",
}
ENDS_IN = {"shopscore audit exports --fail-on level:fail,low_trust": 1}
"""Exit codes that are not 0, which the pages say: metrics of the sample fail."""
JUST_AFTER = dt.datetime(2026, 11, 22, 15, 0, tzinfo=dt.UTC)
"""The moment at which the reader's exports are new."""
RAN: set[tuple[str, ...]] = set()
"""What a page before has shown, and was run."""
INSTALLS = ".venv/bin/shopscore "
"""Lines that download packages first are left to whoever builds the project; their command itself is run."""


def commands():
    """Each command once, in the order in which it is first shown, with its page."""
    found = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
        for line in lines:
            if line.startswith("shopscore "):
                found.setdefault(re.split(r"\s{2,}|(?<=regression) exit ", line)[0], page.name)
            elif line.startswith("$ ") and INSTALLS in line:
                found.setdefault(f"shopscore {line.partition(INSTALLS)[2]}", page.name)
        for text_ in INLINE.findall(text):
            found.setdefault(text_, page.name)
    return found


def meant(line):
    """The words of a command, once for each of the alternatives it shows; what a pipe leads to is the shell's."""
    words = [FOR_EXAMPLE.get(word, word) for word in shlex.split(line.partition(" | ")[0])[1:]]
    return [list(each) for each in product(*(word.split("|") for word in words))]


class Listener(BaseHTTPRequestHandler):
    """Somebody who is told, and nods."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def listener():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/told"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def place(tmp_path_factory, listener):
    """Where a reader would stand: exports, a fleet, two audits kept and written, somebody to tell.

    What a command reads is here before any other has run, so that each runs alone, and in any order.
    """
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(SAMPLES / A1688, folder / "exports" / A1688)
    (folder / "sample_data").symlink_to(SAMPLES)
    for number in range(9):
        small_shop(folder / "fleet", f"店{number}")
    (folder / "notify.yaml").write_text(f"to:\n  - url: {listener}\n", encoding="utf-8")
    earlier = ("audit", folder / "exports", "--as-of", "2026-11-20")
    assert run(*earlier, "--format", "json", "--output", folder / "old.json").code == 0
    assert run(*earlier, "--history", folder / "nights.db").code == 0
    assert run("audit", folder / "exports", "--format", "json", "--output", folder / "new.json").code == 0
    assert run("audit", folder / "exports", "--history", folder / "nights.db").code == 0
    shutil.copy(folder / "new.json", folder / "report.json")
    return folder


@pytest.fixture
def there(place, monkeypatch):
    monkeypatch.chdir(place)
    monkeypatch.setattr(console, "now", lambda: JUST_AFTER)
    monkeypatch.delenv("SHOPSCORE_KEY")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(place / "config"))
    return RAN


@pytest.mark.parametrize("line", [line for line in commands() if line not in NOT_RUN])
def test_a_command_that_is_shown_runs(there, line):
    for words in meant(line):
        if tuple(words) not in there:
            done = run(*words)
            assert done.code == ENDS_IN.get(line, 0), (words, done.err)
            there.add(tuple(words))


def test_the_table_names_no_command_that_is_gone():
    shown = commands()
    assert {*NOT_RUN, *ENDS_IN} <= shown.keys()
    assert len(shown) > 40
