"""Chat services and a webhook on this machine, as strict as the real ones: limits, signatures, error numbers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SECRET = "SECthisstandsnowhere"  # noqa: S105 - of services that are not there
TOKEN = "tokenthatstandsnowhere"  # noqa: S105 - the same


@dataclass
class Heard:
    """What one server was sent.

    Attributes:
        taken: the messages it took, as JSON.
        requests: everything that arrived, refused or not: path, headers, body.
        down: answers 503 to so many requests.
        drips: answers drop by drop, for ever.
        waits: holds an answer back until it is set.
    """

    url: str = ""
    taken: list = field(default_factory=list)
    files: dict = field(default_factory=dict)
    requests: list = field(default_factory=list)
    times: list = field(default_factory=list)
    down: int = 0
    drips: bool = False
    waits: threading.Event | None = None

    def text(self):
        """All that arrived, as text."""
        return "\n".join(f"{path} {headers} {body.decode(errors='replace')}" for path, headers, body in self.requests)


def _signed(key, text):
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def dingtalk(heard, path, _headers, body):  # noqa: PLR0911 - a service has many ways to say no
    query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    if query.get("access_token") != TOKEN:
        return {"errcode": 300001, "errmsg": f"token {query.get('access_token')} is not exist"}
    stamp = query.get("timestamp", "0")
    if abs(time.time() * 1000 - int(stamp)) > 3_600_000 or query.get("sign") != _signed(SECRET, f"{stamp}\n{SECRET}"):
        return {"errcode": 310000, "errmsg": f"sign not match {SECRET}"}
    if len(body) > 20_000:
        return {"errcode": 460101, "errmsg": "message too long"}
    if len([at for at in heard.times if at > time.time() - 60]) >= 20:
        return {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}
    told = json.loads(body)
    if told["msgtype"] != "markdown" or not told["markdown"]["title"] or len(told["markdown"]["text"]) > 3_500:
        return {"errcode": 400, "errmsg": "bad message"}
    if any(f"@{phone}" not in told["markdown"]["text"] for phone in told["at"]["atMobiles"]):
        return {"errcode": 400, "errmsg": "nobody is called"}
    heard.times.append(time.time())
    heard.taken.append(told)
    return {"errcode": 0, "errmsg": "ok"}


def wecom(heard, path, headers, body):
    parts = urlsplit(path)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if query.get("key") != TOKEN:
        return {"errcode": 93000, "errmsg": f"invalid webhook url {path}"}
    if parts.path.endswith("/upload_media"):
        form = message_from_bytes(
            b"Content-Type: " + headers["Content-Type"].encode() + b"\r\n\r\n" + body, policy=default
        )
        (file,) = form.iter_parts()
        assert query["type"] == "file"
        assert file.get_param("name", header="content-disposition") == "media"
        heard.files["media-1"] = (file.get_filename(), file.get_payload(decode=True))
        return {"errcode": 0, "errmsg": "ok", "type": "file", "media_id": "media-1"}
    told = json.loads(body)
    kind = told["msgtype"]
    most = {"markdown": 4_096, "text": 2_048}
    if kind in most and len(told[kind]["content"].encode()) > most[kind]:
        return {"errcode": 40058, "errmsg": f"{kind}.content exceed max length {most[kind]}"}
    if kind == "file" and told["file"]["media_id"] not in heard.files:
        return {"errcode": 40007, "errmsg": "invalid media_id"}
    if len([at for at in heard.times if at > time.time() - 60]) >= 20:
        return {"errcode": 45009, "errmsg": "api freq out of limit"}
    heard.times.append(time.time())
    heard.taken.append(told)
    return {"errcode": 0, "errmsg": "ok"}


def feishu(heard, path, _headers, body):
    if not path.endswith(f"/hook/{TOKEN}"):
        return {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}
    if len(body) > 20_480:
        return {"code": 9499, "msg": "Bad Request"}
    told = json.loads(body)
    stamp = told.get("timestamp", "0")
    if abs(time.time() - int(stamp)) > 3_600 or told.get("sign") != _signed(f"{stamp}\n{SECRET}", ""):
        return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
    if told["msg_type"] != "interactive" or told["card"]["header"]["title"]["tag"] != "plain_text":
        return {"code": 9499, "msg": "Bad Request"}
    heard.taken.append(told)
    return {"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"}


def webhook(heard, _path, headers, body):
    stamp = headers["X-Shopscore-Timestamp"]
    wanted = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["X-Shopscore-Signature"] == f"sha256={wanted}"
    heard.taken.append((headers["Idempotency-Key"], json.loads(body)))
    return {}


@contextmanager
def served(answer, path):
    """A service on a port of its own.

    Args:
        answer: what it makes of a request.
        path: of its address.
    """
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.requests.append((self.path, dict(self.headers), body))
            if heard.down:
                heard.down -= 1
                self.send_error(503)
                return
            told = json.dumps(answer(heard, self.path, self.headers, body)).encode()
            if heard.waits is not None:
                heard.waits.wait(60)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            pass  # a sender that was killed

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    heard.url = f"http://127.0.0.1:{server.server_port}{path}"
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


KINDS = {
    "dingtalk": (dingtalk, f"/robot/send?access_token={TOKEN}"),
    "wecom": (wecom, f"/cgi-bin/webhook/send?key={TOKEN}"),
    "feishu": (feishu, f"/open-apis/bot/v2/hook/{TOKEN}"),
    "webhook": (webhook, "/shop"),
}
