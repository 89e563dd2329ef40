"""Sound rows and what damage makes of them, read alone, and what the account says of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from readers_world import KEY, NOW, order

from shopscore.readers import plan, read_unit


def found(account):
    """Reason → count of the rows left out, note → count, column → count of refused cells."""
    return (
        {each.reason: each.count for each in account.refusals},
        {each.reason: each.count for each in account.notes},
        {each.column: each.count for each in account.cells_refused},
    )


NOTHING = ({}, {}, {})


def long_id(number):
    """A sound number of nineteen digits."""
    return str(2738461928374650000 + 7919 * 104729 * number + 1)


def rounded(number):
    """What a spreadsheet makes of it."""
    return long_id(number)[:15] + "0000"


SOUND = [order(f"{1001 + number}") for number in range(5)]


def read_alone(content, rules):
    """The orders and the account of one file."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.csv").write_bytes(content)
        (unit,) = plan([Path(folder)], rules.packs)
        reading = read_unit(unit, rules, key=KEY, now=NOW)
    (account,) = reading.accounts
    return [row for shop in reading.shops for row in shop.tables["orders"].to_dicts()], account
