"""Kinds of records → what each tells and which command has it, with its columns in their order."""

from __future__ import annotations

_WHOSE = {"platform": "the platform's short name", "shop": "the shop"}
_COUNTS = {"numerator": "the upper count, weighted where events are", "denominator": "the lower one"}
_SPAN = {"low": "lower end of the 95 % interval", "high": "its upper end"}

KINDS: dict[str, tuple[str, dict[str, str]]] = {
    "shop": (
        "audit: one shop",
        _WHOSE
        | {
            "as_of": "the moment it is judged at, with its offset",
            "rules": "version of the pack",
            "audit_id": "what tells this audit from others",
            "trust": "good, fair, low",
            "files": "files read",
            "rows": "rows read",
            "refused": "rows left out",
            "score": "the platform's score, where it is known",
            "basis": "where the score comes from: published, cutoffs, advisory, none",
            "judged": "metrics with a verdict",
            "short": "those that fail or likely fail",
            "due": "clocks that run out within 24 hours",
        },
    ),
    "metric": (
        "audit, explain: one metric, those that fall short first",
        _WHOSE
        | {
            "metric": "its full id",
            "verdict": "pass, likely_pass, undecided, likely_fail, fail, not_measured",
            "status": "measured, or why not",
            "value": "a rate as a share of one",
            **_SPAN,
            "unit": "rate, seconds, hours, days, stars, count, money, ...",
            "better": "higher or lower",
            "target": "in the same unit",
            "basis": "whose target: cutoff, published, advisory, own, none",
            **_COUNTS,
            "pending": "rows whose time is not over",
            "unknown": "rows of which the files do not tell enough",
            "excluded": "rows the definition leaves out",
            "gap": "how far from the target",
            "events": "events that would have to be otherwise",
            "rank": "place among what falls short; 1 is most worth fixing",
            "from": "first day of the window",
            "to": "last day of the window",
            "title": "in words",
        },
    ),
    "cause": (
        "audit: a segment with more misses than the rest",
        _WHOSE
        | {
            "metric": "its full id",
            "dimension": "carrier, hour, product_id, ...",
            "segment": "which",
            **_COUNTS,
            "excess": "more than elsewhere",
            "share": "of all misses",
        },
    ),
    "advice": (
        "audit, explain: a piece of advice that fits",
        _WHOSE
        | {
            "metric": "its full id",
            "advice": "its id",
            "compliance": "ok, risky, prohibited",
            "effort": "how long it takes",
            "text": "in words",
        },
    ),
    "due": (
        "audit, due: a clock that runs",
        _WHOSE
        | {
            "clock": "its full id",
            "subject": "the order, case or conversation",
            "deadline": "by when, with its offset",
            "hours": "hours left",
            "holder": "whose move it is",
            "chance": "of a miss, where the shop's history tells",
            "title": "what has to be done",
            "todo": "what to do now",
        },
    ),
    "not_listed": (
        "due: clocks of which too little is known",
        _WHOSE | {"seen": "up to when they are known", "count": "how many ran then", "title": "which"},
    ),
    "blocked": (
        "due: what has a deadline, and with which nothing can be done yet",
        _WHOSE
        | {
            "clock": "its full id",
            "subject": "the order, case or conversation",
            "deadline": "by when, with its offset; it may have passed",
            "seen": "up to when that is known",
            "why": "what it waits for",
        },
    ),
    "undated": (
        "due: what waits for the shop, and of which no file tells by when",
        _WHOSE
        | {
            "clock": "its full id",
            "subject": "the order, case or conversation",
            "deadline": "blank",
            "seen": "up to when that is known",
            "why": "what it is, and where its deadline would stand",
        },
    ),
    "open_case": (
        "audit, due: a dispute still to be decided of which no clock runs here",
        _WHOSE | {"subject": "its number", "since": "since when", "seen": "up to when it is known to be open"},
    ),
    "set_aside": (
        "audit: a metric that is set aside",
        _WHOSE | {"metric": "its full id", "owner": "by whom", "expires": "until when", "reason": "why"},
    ),
    "warning": (
        "all: something to know; of no one shop where the first two are blank",
        _WHOSE | {"text": "in words"},
    ),
    "failed": ("audit, due: files that could not be worked on at all", {"name": "which"}),
    "change": (
        "diff: something compared, what is worse first",
        _WHOSE
        | {
            "way": "worse, new, better, unsure",
            "kind": "metric, gate, score",
            "id": "which",
            "before": "its value then",
            "after": "its value now",
            "difference": "after less before",
            **_SPAN,
            "verdict_before": "its verdict or state then",
            "verdict_after": "and now",
            "title": "in words",
            "before_as_of": "as of when it was measured last, where that was not in the audit before",
        },
    ),
    "compared": (
        "diff: one shop",
        _WHOSE
        | {
            "before": "as of when",
            "after": "as of when",
            "worse": "how many",
            "better": "how many",
            "same": "how many",
            "new": "how many fail and were not measured before",
        },
    ),
    "not_compared": (
        "diff: a metric left out",
        _WHOSE | {"id": "which", "why": "for what reason", "title": "in words"},
    ),
    "unlike": (
        "diff: in what two audits are not alike",
        _WHOSE | {"kind": "platform, shop, rules, reading, window", "before": "then", "after": "now"},
    ),
    "only": ("diff: a shop in one of two audits", {"in": "before or after", "name": "platform/shop"}),
    "audit": (
        "history: one shop of one audit",
        {"audit_id": "what tells it from others", "as_of": "the moment it is judged at"}
        | _WHOSE
        | {
            "rules": "version of the pack",
            "tool": "version of shopscore",
            "trust": "good, fair, low",
            "short": "metrics",
        },
    ),
    "point": (
        "history: a metric in one audit",
        _WHOSE
        | {
            "metric": "its full id",
            "as_of": "the moment it is judged at",
            "audit_id": "of which audit",
            "value": "a rate as a share of one",
            **_SPAN,
            "unit": "of the value",
            **_COUNTS,
            "target": "in the same unit",
            "verdict": "as of a metric",
            "status": "measured, or why not",
            "rules": "version of the pack",
            "rules_changed": "yes where it is another than before",
        },
    ),
    "definition": (
        "explain: what a metric is",
        {
            "metric": "its full id",
            "status": "confirmed, dated, assumed, ...",
            "title": "in words",
            "text": "the definition",
        },
    ),
    "fact": (
        "explain: a line of a definition",
        {
            "metric": "its full id",
            "part": "facts, conditions, versions, switches, ...",
            "label": "of what",
            "text": "what",
        },
    ),
    "need": (
        "explain: what to export",
        {
            "metric": "its full id",
            "table": "the canonical table",
            "columns": "those needed",
            "days": "how far back",
            "exports": "where it is found",
        },
    ),
    "step": (
        "explain: from rows to value",
        {
            "shop": "the shop",
            "metric": "its full id",
            "side": "of a metric of two facts",
            "count": "rows",
            "label": "which",
        },
    ),
    "segment": (
        "explain: a part of the rows",
        {"shop": "the shop", "metric": "its full id", "dimension": "by what", "segment": "which"} | _COUNTS,
    ),
    "columns": (
        "explain --rows: names of the fields of the rows that follow, from the fourth on",
        {"shop": "the shop", "metric": "its full id", "fate": "hit, miss, pending, unknown, excluded"},
    ),
    "row": (
        "explain --rows: a row, its cells from the fourth field on",
        {"shop": "the shop", "metric": "its full id", "fate": "hit, miss, pending, unknown, excluded"},
    ),
    "file": (
        "read: one file, or one sheet of it",
        {
            "file": "where it is",
            "sha256": "its digest",
            "format": "what it was taken for",
            "table": "what it fills",
            "encoding": "of its text",
        }
        | _WHOSE
        | {
            "read": "rows",
            "used": "rows",
            "repeated": "rows",
            "refused": "rows",
            "message": "what is to be said of it",
        },
    ),
    "column": (
        "read: a column of a file",
        {"file": "where it is", "column": "what it fills; blank where it is not used", "header": "as the file has it"},
    ),
    "refusal": (
        "read: what was left out, and what else is wrong",
        {
            "file": "where it is",
            "what": "rows, cells, note",
            "reason": "why",
            "count": "how many",
            "row": "the first place",
            "column": "the first place",
            "shape": "its text or shape",
        },
    ),
    "draft": (
        "init: a file it looked at",
        {
            "file": "where it is",
            "written": "where the proposal stands; blank where there is none",
            "doubtful": "columns to look at, with blanks between them",
            "message": "what it was taken for, and what to do",
        },
    ),
    "trust": (
        "read: how far a shop's files can be trusted, one record a reason",
        {
            "name": "platform/shop",
            "level": "good, fair, low",
            "reason": "what is wrong",
            "table": "in which table",
            "count": "rows, cells or files",
            "rows": "of how many rows",
        },
    ),
}
"""Kind → what it tells and which command has it, and its columns with their meaning; more are only added at the end."""
