"""Pages → tab-separated records for programs: one a line, what kind it is first, the columns of that kind after it.

Which kinds there are and what stands in their columns is `kinds.KINDS`; ``docs/plain.md`` is made from it.
"""

from shopscore.render.plain.audits import due, report
from shopscore.render.plain.compared import audits, comparison, series
from shopscore.render.plain.opened import explanation
from shopscore.render.plain.read import account, drafts

__all__ = ["account", "audits", "comparison", "drafts", "due", "explanation", "report", "series"]
