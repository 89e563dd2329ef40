"""What leaves: every page and report, to the terminal or into files, in the formats asked for."""

from shopscore.delivery.due import DUE, deliver_due
from shopscore.delivery.gates import gates_fail
from shopscore.delivery.pages import (
    deliver_page,
    print_listings,
    print_schema,
    show,
    show_account,
    write_drafts,
    write_rows,
)
from shopscore.delivery.quiet import tell_unread
from shopscore.delivery.report import REPORT, deliver, html

__all__ = [
    "DUE",
    "REPORT",
    "deliver",
    "deliver_due",
    "deliver_page",
    "gates_fail",
    "html",
    "print_listings",
    "print_schema",
    "show",
    "show_account",
    "tell_unread",
    "write_drafts",
    "write_rows",
]
