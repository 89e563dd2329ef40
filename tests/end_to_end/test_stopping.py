"""A signal that comes while something else has its hands on the work is not taken for a fault of it."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import time
from contextlib import suppress
from threading import Event, Thread, get_ident

import pytest
from end_to_end_world import small_shop

from shopscore import audit as program
from shopscore import stopping
from shopscore.account import account
from shopscore.asked import Request
from shopscore.cache import Cache
from shopscore.readers import read as reading
from shopscore.stopping import Stopped

NOW = dt.datetime(2026, 11, 23, 10)


def request_of(folder, tmp_path):
    return Request((folder,), (), None, None, None, None, None, b"k" * 32, NOW, 1, cache=Cache(tmp_path / "cache"))


def audits_kept(tmp_path):
    return list((tmp_path / "cache" / "audits").glob("*"))


@pytest.fixture
def shop(tmp_path):
    small_shop(tmp_path / "exports")
    return tmp_path / "exports"


@pytest.fixture(autouse=True)
def as_before():
    """A run that was stopped hears nothing more; the tests after it do."""
    before = {each: signal.getsignal(each) for each in stopping.SIGNALS}
    yield
    for each, answer in before.items():
        signal.signal(each, answer)


def asking(number=signal.SIGTERM):
    """Ask this process to stop."""
    os.kill(os.getpid(), number)


def test_a_reader_does_not_take_it_for_a_damaged_file(shop, tmp_path, monkeypatch):
    def opened(*_, **__):
        asking()
        yield

    told = []

    def work():
        told.append(account(request_of(shop, tmp_path), None))
        return 0

    monkeypatch.setattr(reading, "open_file", opened)
    assert stopping.run(work) == 128 + signal.SIGTERM
    assert told == []


def test_what_an_engine_swallows_is_neither_kept_nor_told(shop, tmp_path, monkeypatch):
    audited = program._audited
    told = []

    def swallowing(*words, **options):
        with suppress(Stopped):
            asking()
        return audited(*words, **options)

    def work():
        told.append(program.audit(request_of(shop, tmp_path)))
        return 0

    monkeypatch.setattr(program, "_audited", swallowing)
    assert stopping.run(work) == 128 + signal.SIGTERM
    assert (told, audits_kept(tmp_path)) == ([], [])
    monkeypatch.undo()
    # What was asked of one run is not asked of what comes after it.
    assert work() == 0
    assert told
    assert audits_kept(tmp_path)
    assert stopping.run(work) == 0


@pytest.fixture
def heard():
    """Ctrl-C is heard, also where these tests were started with ``nohup`` or ``&``."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_signals_at_once_are_one_and_a_later_one_is_raised_anew(monkeypatch):
    raised = []
    moments = iter([0.0, 0.1, 0.3, 5.0])
    monkeypatch.setattr(stopping.time, "monotonic", lambda: next(moments))

    def work():
        for _ in range(4):
            try:
                asking(signal.SIGINT)
            except Stopped as stopped:
                raised.append(stopped.number)
        return 0

    assert stopping.run(work) == 130
    assert raised == [signal.SIGINT, signal.SIGINT]


@pytest.mark.usefixtures("heard")
def test_one_that_comes_while_something_is_cleaned_away_is_raised_anew(capsys):
    class Cleaned:
        def __del__(self):
            asking(signal.SIGINT)
            for _ in range(1000):
                pass

    went_on = []

    def work():
        Cleaned()
        time.sleep(10)
        went_on.append(True)
        return 0

    assert stopping.run(work) == 130
    assert went_on == []
    assert capsys.readouterr().err == "stopped (Ctrl-C); what is written is whole\n"


def test_other_exceptions_that_go_no_further_are_still_told(capsys, monkeypatch):
    class Cleaned:
        def __del__(self):
            raise ValueError

    monkeypatch.setattr(sys, "unraisablehook", sys.__unraisablehook__)
    assert stopping.run(lambda: Cleaned() and 0) == 0
    assert "ValueError" in capsys.readouterr().err


@pytest.mark.usefixtures("heard")
def test_a_process_is_made_to_its_end_though_another_thread_is_told_to_stop():
    done = []
    begun = Event()

    def told():
        begun.wait()
        signal.pthread_kill(get_ident(), signal.SIGINT)

    def work():
        Thread(target=told, daemon=True).start()
        with stopping.unheard():
            begun.set()
            until = time.monotonic() + 10
            while not stopping._HEARD and time.monotonic() < until:
                time.sleep(0.01)
            done.append("made")
        done.append("went on")
        return 0

    assert stopping.run(work) == 130
    assert done == ["made"]
    assert stopping.run(lambda: 0) == 0
