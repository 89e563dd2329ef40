"""The keys of the JSON report that stay, as a JSON Schema (2020-12); what else a report holds is allowed."""

from __future__ import annotations

import json

from shopscore.render.schema import account, fleet, shop
from shopscore.render.schema.shapes import TEXT, Schema, keys, listed
from shopscore.saved import KEY


def schema() -> Schema:
    """The schema of a whole report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:shopscore:report:1",
        "title": "shopscore report",
        "description": "Keys that stay within a major schema_version; further keys may come at any time.",
        **keys(
            {
                "schema_version": {"type": "string", "pattern": r"^1\."},
                "tool": keys({"name": {"const": "shopscore"}, "version": TEXT}),
                "audit_id": TEXT,
                "rules": listed(keys({"platform": TEXT, "version": TEXT, "sha256": TEXT})),
                "inputs": listed(account.account()),
                "shops": listed(shop.shop()),
                "warnings": listed(TEXT),
            },
            {
                "failed": listed(TEXT),
                "fleet": fleet.fleet(),
                "sources": {"type": "object"},
                KEY: {
                    "type": "object",
                    "description": "What `shopscore render` needs beside; no part of the contract.",
                },
            },
        ),
    }


def text() -> str:
    """The schema as JSON, as it is printed and kept in docs/."""
    return json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
