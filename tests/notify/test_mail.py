"""Mail goes through apprise to a real mail server: in words, with the report where it is asked for, threaded."""

from __future__ import annotations

import datetime as dt
import json
import socket
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from services import served
from test_adapters import letter

from shopscore import notify

WIRE = notify.Wire(lambda: dt.datetime.now(tz=dt.UTC))
PASSWORD = "passwordnobodysees"  # noqa: S105 - of a server that is not there


class Mailbox:
    """Takes every mail, or none."""

    def __init__(self):
        self.mails, self.answer = [], "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the server's name for it
        if self.answer.startswith("250"):
            self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return self.answer


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def mailbox():
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    box.port = server.port
    yield box
    server.stop()


def sent(url, told, report=None):
    (target,) = notify.read(["${MAIL}"], {"MAIL": url}, b"key", typed=True)
    assert target.kind == "apprise"
    for step in notify.steps(told, target, report):
        notify.do(step, WIRE)


def address(port, **more):
    query = "&".join(f"{name}={value}" for name, value in more.items())
    return f"mailto://127.0.0.1:{port}?from=shop@example.com&to=owner@example.com&{query}"


def test_a_mail_says_what_the_letter_says(mailbox):
    told = letter(2)
    sent(address(mailbox.port), told)
    ((to, mail),) = mailbox.mails
    assert to == ["owner@example.com"]
    assert mail["Subject"] == told.title
    text = mail.get_body(("plain", "html")).get_content()
    assert [line for line in told.lines if line and line not in text] == []
    assert told.audit_id in mail["References"]
    assert not list(mail.iter_attachments())


def test_the_report_goes_along_where_it_is_asked_for(mailbox):
    sent(address(mailbox.port), letter(), "<p>报告</p>".encode())
    ((_, mail),) = mailbox.mails
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "shopscore-aaaaaaaaaaaa.html"
    assert file.get_payload(decode=True) == "<p>报告</p>".encode()


def test_a_mail_server_that_takes_nothing_is_said_without_secrets(mailbox, capfd):
    mailbox.answer = f"554 no mail for {PASSWORD}"
    with pytest.raises(notify.Undelivered) as failed:
        sent(address(mailbox.port, name=PASSWORD), letter())
    assert PASSWORD not in str(failed.value) + "".join(capfd.readouterr())
    assert str(failed.value)


def test_a_mail_server_that_is_not_there_is_said(capfd):
    with pytest.raises(notify.Undelivered) as failed:
        sent(address(free_port(), name=PASSWORD), letter())
    assert PASSWORD not in str(failed.value) + "".join(capfd.readouterr())


def test_other_services_of_apprise_are_sent_the_same():
    def taken(heard, _path, _headers, body):
        heard.taken.append(json.loads(body))
        return {}

    with served(taken, "/hook") as heard:
        told = letter()
        sent(heard.url.replace("http://", "json://"), told)
    ((message),) = heard.taken
    assert (message["title"], message["type"]) == (told.title, "failure")
    assert [line for line in told.lines if line not in message["message"]] == []
