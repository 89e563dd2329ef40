"""The language means the same to Python, Polars and DuckDB, whatever is written and whatever is blank."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from functools import cache

import duckdb
import polars as pl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from shopscore.ruleset.language import LanguageError, evaluate, parse, to_sql

KINDS = {
    "count": "integer",
    "seconds": "integer",
    "weight": "number",
    "amount": "money",
    "kind": "text",
    "title": "text",
    "paid_at": "time",
    "sent_at": "time",
    "is_due": "flag",
    "is_paid": "flag",
}
DTYPES = {
    "integer": (pl.Int64, "BIGINT"),
    "number": (pl.Float64, "DOUBLE"),
    "money": (pl.Decimal(18, 2), "DECIMAL(18,2)"),
    "text": (pl.String, "VARCHAR"),
    "time": (pl.Datetime("us"), "TIMESTAMP"),
    "flag": (pl.Boolean, "BOOLEAN"),
}
TEXTS = [
    "spot",
    "presale",
    "Spot",
    "",
    " spot ",
    "中文",
    "　七天无理由 ",
    "100%_off",
    "It's",
    "a\\b",
    "é",
    "я",
    "😀",
    "a\nb",
]
PIECES = ["%", "_", "spot", "中", "无理由", "100", ".", "s", "S", "\\", "[a]", "''", "😀"]
POOLS = {
    "integer": [0, 1, -1, 2, 3, 7, 48, 3600, 172800, -86400, 10**6],
    "number": [0.0, 0.5, -0.5, 1.0, 2.5, -2.5, 0.1, 0.3, 1.005, 1e6, -7.25],
    "money": [Decimal(text) for text in ("0.00", "0.01", "9.99", "-1.50", "100.00", "12345.67")],
    "text": TEXTS,
    "time": [dt.datetime(2024, 2, 28, 23, 59, 59) + dt.timedelta(hours=h) for h in (0, 1, 24, 25, 48, 720, -48)],
    "flag": [True, False],
}
NAMES = {
    "number": ["count", "seconds", "weight", "amount"],
    "text": ["kind", "title"],
    "time": ["paid_at", "sent_at"],
    "flag": ["is_due", "is_paid"],
}


@cache
def table(seed):
    """The same invented rows as a list, a frame and a DuckDB table."""
    chance = random.Random(seed)  # noqa: S311  invented rows, not a secret
    blanks = 0.25 if seed else 0  # engines treat a column without blanks in ways of its own
    rows = [
        {name: None if chance.random() < blanks else chance.choice(POOLS[kind]) for name, kind in KINDS.items()}
        for _ in range(60)
    ]
    frame = pl.DataFrame(rows, schema={name: DTYPES[kind][0] for name, kind in KINDS.items()})
    base = duckdb.connect()
    base.execute(f"CREATE TABLE rows ({', '.join(f'{name} {DTYPES[kind][1]}' for name, kind in KINDS.items())})")
    insert = f"INSERT INTO rows VALUES ({', '.join('?' * len(KINDS))})"  # noqa: S608  question marks only
    base.executemany(insert, [list(row.values()) for row in rows])
    return rows, frame, base


def read(text):
    """The parsed text; None where chance made a condition that is refused for saying nothing."""
    try:
        return parse(text, KINDS, {"limit": 2.5})
    except LanguageError as error:
        if any(
            reason in error.what
            for reason in ("names no column", "never used", "can never", "rounded already", "ten years", "more than")
        ):
            return None
        raise


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def literal(kind):
    return {
        "number": st.sampled_from(["0", "1", "2", "48", "0.5", "2.5", "0.1", "3600", "-3", "limit"]),
        "text": st.sampled_from([quoted(text) for text in TEXTS if "\n" not in text]),
        "time": st.sampled_from(["DATE '2024-02-29'", "TIMESTAMP '2024-02-28 23:59:59'"]),
        "flag": st.sampled_from(["TRUE", "FALSE"]),
    }[kind]


spans = st.builds(
    lambda n, unit: f"INTERVAL '{n} {unit}'",
    st.sampled_from([0, 1, 2, 25, 48, 720]),
    st.sampled_from(["seconds", "minute", "hours", "day", "weeks"]),
)
negations = st.sampled_from(["", "NOT "])


def joined(form, **parts):
    return st.fixed_dictionaries(parts).map(form.format_map)


@cache
def expressions(kind, depth):
    """Texts of one type, at most ``depth`` operations deep."""
    leaf = st.sampled_from(NAMES[kind])
    if depth == 0:
        return st.one_of(leaf, leaf, leaf, literal(kind))
    same = st.deferred(lambda: expressions(kind, depth - 1))
    fixed = st.one_of(same, literal(kind))
    flag = st.deferred(lambda: expressions("flag", depth - 1))
    choices = [
        leaf,
        joined("COALESCE({a}, {b})", a=same, b=fixed),
        joined("NULLIF({a}, {b})", a=same, b=fixed),
        joined("CASE WHEN {f} THEN {a} WHEN {g} THEN {b} ELSE {c} END", f=flag, g=flag, a=fixed, b=same, c=fixed),
        joined("CASE WHEN {f} THEN {a} END", f=flag, a=same),
    ]
    if kind != "flag":
        choices.append(joined("{f}({a}, {b})", f=st.sampled_from(["GREATEST", "LEAST"]), a=same, b=fixed))
    return st.one_of(*choices, *OWN[kind](depth))


def numbers(depth):
    same = st.deferred(lambda: expressions("number", depth - 1))
    text = st.deferred(lambda: expressions("text", depth - 1))
    return [
        joined("({a} {s} {b})", a=same, s=st.sampled_from("+-*"), b=same),
        joined("({a}) / NULLIF({b}, 0)", a=same, b=same),
        joined("({a}) / {n}", a=same, n=st.sampled_from(["2", "3", "0.1", "60"])),
        joined("-({a})", a=same),
        joined("ABS({a})", a=same),
        joined("ROUND({a}, {n})", a=same, n=st.sampled_from("0123")),
        joined("LENGTH({a})", a=text),
    ]


def texts(depth):
    same = st.deferred(lambda: expressions("text", depth - 1))
    return [joined("{f}({a})", f=st.sampled_from(["LOWER", "UPPER", "TRIM"]), a=same)]


def times(depth):
    same = st.deferred(lambda: expressions("time", depth - 1))
    return [joined("({a} {s} {b})", a=same, s=st.sampled_from("+-"), b=spans)]


def flags(depth):
    flag = st.deferred(lambda: expressions("flag", depth - 1))
    choices = [
        joined("({a} {o} {b})", a=flag, o=st.sampled_from(["AND", "OR", "=", "<>"]), b=flag),
        joined("(NOT {a})", a=flag),
        joined("(({a}) IS {n}NULL)", a=flag, n=negations),
    ]
    for kind in ("number", "text", "time"):
        value = st.deferred(lambda kind=kind: expressions(kind, depth - 1))
        fixed = st.one_of(value, literal(kind))
        signs = st.sampled_from(["=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"])
        choices += [
            joined("({a} {s} {b})", a=value, s=signs, b=fixed),
            joined("({a} {n}BETWEEN {b} AND {c})", a=value, n=negations, b=fixed, c=fixed),
            joined("({a} {n}IN ({b}, {c}))", a=value, n=negations, b=literal(kind), c=literal(kind)),
            joined("({a} IS {n}NULL)", a=value, n=negations),
            joined("(CASE {a} WHEN {b} THEN TRUE ELSE is_due END)", a=value, b=fixed),
        ]
    text = st.deferred(lambda: expressions("text", depth - 1))
    moment = st.deferred(lambda: expressions("time", depth - 1))
    pattern = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(lambda found: f"'{''.join(found)}'")
    like = st.sampled_from(["LIKE", "ILIKE"])
    comparison = st.sampled_from(["=", "<", ">=", "<>"])
    return [
        *choices,
        joined("({a} {n}{o} {p})", a=text, n=negations, o=like, p=pattern),
        joined("({a} - {b} {s} {c})", a=moment, b=moment, s=comparison, c=spans),
        joined("({a} - {b} {n}BETWEEN {c} AND {d})", a=moment, b=moment, n=negations, c=spans, d=spans),
    ]


OWN = {"number": numbers, "text": texts, "time": times, "flag": flags}


QUIET = [HealthCheck.filter_too_much, HealthCheck.too_slow]


@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(
    text=st.sampled_from(["flag", "flag", "number", "text", "time"]).flatmap(lambda kind: expressions(kind, 3)),
    seed=st.integers(0, 3),
)
def test_python_polars_and_duckdb_give_the_same_answers(text, seed):
    rows, frame, base = table(seed)
    parsed = read(text)
    assume(parsed is not None)
    sql = to_sql(parsed)
    python = [evaluate(parsed, row) for row in rows]
    assert frame.with_columns(pl.sql_expr(sql).alias("answer"))["answer"].to_list() == python
    assert [found for (found,) in base.execute(f"SELECT {sql} FROM rows").fetchall()] == python  # noqa: S608


@settings(max_examples=100, deadline=None, suppress_health_check=QUIET)
@given(text=expressions("flag", 2))
def test_the_sql_text_belongs_to_the_language_of_its_own_types(text):
    parsed = read(text)
    assume(parsed is not None)
    assert parsed.kind == "flag"
    assert parsed.names <= set(KINDS)
    assert "limit" not in to_sql(parsed)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="()'=<>+-*/,. aAisnulNOTINkd0189%_|;\"中，\n", max_size=30))
def test_any_text_is_read_or_refused_with_a_place(text):
    try:
        problem = None if parse(text, KINDS).names else "no names"
    except LanguageError as error:
        problem = None if error.what and 0 <= error.at <= len(text) else error
    assert problem is None
