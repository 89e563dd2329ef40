"""Past audits, kept and asked: the whole report, compressed, and a row for each metric of each shop.

An audit is kept once, by its id: keeping it again changes nothing. What is kept is what a JSON report holds, so buyers
are in it under no name and chats without a text.
"""

from shopscore.history.finding import earlier, load
from shopscore.history.keeping import begin, keep
from shopscore.history.over_time import audits, series

__all__ = ["audits", "begin", "earlier", "keep", "load", "series"]
