"""Reading talks by the rules as shipped."""

from __future__ import annotations

import pytest

from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules


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
