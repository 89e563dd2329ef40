"""Every refusal: its sentence, its place (▸ stands before the character the caret points at), its hint."""

from __future__ import annotations

import pytest

from shopscore.ruleset.language import LanguageError, parse
from shopscore.schema import FACTS

ORDERS = FACTS["orders"].by_name
PARAMETERS = {"b_weight": 2.0, "nothing": 0.0}

BAD = [
    # signs of other dialects
    ("is_due ▸; DROP", "one condition per key", "leave it out"),
    ("is_due ▸-- late", "comments", "YAML comment"),
    ("is_due ▸/* late */", "comments", "YAML comment"),
    ("kind ▸== 'spot'", "'=='", "write ="),
    ("kind ▸!= 'spot'", "'!='", "write <>"),
    ('kind = ▸"spot"', "double quotes", "'spot'"),
    ("▸`kind` = 'spot'", "backquotes", "bare"),
    ("kind = 'spot' ▸|| is_due", "'||' joins texts", "write OR"),
    ("is_due ▸&& is_paid", "'&'", "write AND"),
    ("▸!is_due", "'!'", "write NOT"),
    ("carrier ▸~ '顺丰'", "regular expressions", "LIKE '%part%'"),
    ("carrier ▸!~ '顺丰'", "regular expressions", "LIKE '%part%'"),
    ("paid_at▸::date = created_at", "never converted", "column"),
    ("item_count > ▸?", "placeholders", "parameters:"),
    ("item_count > ▸:limit", "placeholders", "parameters:"),
    ("item_count > ▸$1", "placeholders", "parameters:"),
    ("item_count > ▸{{ limit }}", "placeholders", "parameters:"),
    ("item_count ▸% 2 = 0", "remainders", "LIKE"),
    ("orders▸.kind = 'spot'", "one fact", "leave the table's name out"),
    ("amount > ▸.5", "begins with a digit", "0.5"),
    ("kind = ▸‘spot’", "typographic", "'spot'"),
    ("kind IN ▸（'spot'）", "full-width", "( )"),
    ("kind = ▸'spot", "never closed", "''"),
    ("kind = '▸", None, ""),
    ("pickup_seconds > 48▸h", "runs into something", "INTERVAL '48 hours'"),
    ("amount > 1▸e3", "runs into something", "0.001"),
    ("amount > ▸9999999999999999999", "too large", "largest"),
    ("carrier = ▸'顺\n丰'", "line break", ""),
    ("kind = 'spot' AND ▸€", "not part of the rule language", ""),
    # names
    ("▸knd = 'spot'", "unknown column 'knd'", "did you mean 'kind'?"),
    ("▸Kind = 'spot'", "unknown column 'Kind'", "written small: kind"),
    ("▸zzz = 'spot'", "unknown column 'zzz'", "known: "),
    ("pickup_seconds > ▸b_wieght", "unknown column", "did you mean 'b_weight'?"),
    ("▸LOWR(carrier) = 'x'", "unknown function 'LOWR'", "did you mean 'LOWER'?"),
    ("▸kind('spot')", "a column, not a function", "sign after it"),
    ("▸LOWER = 'x'", "is a function", "LOWER(text)"),
    ("▸COUNT(order_id) > 1", "one row", "kind: count"),
    ("▸MAX(paid_at, created_at) > created_at", "one row", "GREATEST(a, b)"),
    ("order_id IN (▸SELECT order_id)", "subqueries", ""),
    ("paid_at < ▸NOW()", "clock", "judged_at"),
    ("paid_at < ▸CURRENT_DATE", "clock", "judged_at"),
    ("▸DATEDIFF(paid_at, created_at) > 2", "signs", "INTERVAL"),
    ("▸HOUR(paid_at) > 9", "parts of a time", "hour and weekday"),
    ("▸CONTAINS(carrier, '顺丰')", "LIKE only", "LIKE '%part%'"),
    ("▸CAST(order_id) = 1", "never converted", "right kind"),
    ("▸IF(is_due, 1, 0) = 1", "one way to choose", "CASE WHEN"),
    ("▸IFNULL(is_due, FALSE)", "one way to replace", "COALESCE"),
    # blanks
    ("is_due IS ▸TRUE", "reads blanks differently", "COALESCE(flag, FALSE)"),
    ("is_due IS NOT ▸FALSE", "reads blanks differently", "COALESCE(NOT flag, TRUE)"),
    ("kind = ▸NULL", "nothing equals NULL", "IS NULL"),
    ("kind <> ▸NULL", "nothing equals NULL", "IS NOT NULL"),
    ("kind IN ('spot', ▸NULL)", "nothing equals NULL", "IS NULL"),
    ("kind IS DISTINCT FROM ▸NULL", "nothing equals NULL", "IS NOT NULL"),
    ("CASE WHEN is_due THEN 1 ELSE ▸NULL END = 1", "after IS only", "leave ELSE out"),
    ("kind IS ▸EMPTY", "IS goes with NULL", "IS NULL"),
    # types
    ("delivered_at - paid_at > ▸48", "difference of two times is compared with a number", "INTERVAL"),
    ("paid_at > ▸5", "a time is compared with a number", "INTERVAL '48 hours'"),
    ("paid_at > ▸'2025-01-31'", "a time is compared with text", "DATE '2025-01-31'"),
    ("paid_at > ▸'soon'", "a time is compared with text", "DATE"),
    ("paid_at > ▸INTERVAL '1 day'", "a time is compared with a length", "time - other_time"),
    ("is_due = ▸'yes'", "a flag is compared with text", "NOT column"),
    ("is_due = ▸1", "a flag is compared with a number", "NOT column"),
    ("▸is_due < is_paid", "no order", "NOT a"),
    ("order_id = ▸5", "a number is compared with text", "'5'"),
    ("item_count = ▸'5'", "a number is compared with text", "without quotes: 5"),
    ("item_count + ▸kind > 1", "calculates with numbers", ""),
    ("paid_at + ▸48 > created_at", "has no unit", "INTERVAL '48 hours'"),
    ("paid_at ▸+ created_at > paid_at", None, ""),
    ("delivered_at - paid_at > ▸created_at - paid_at", "with an INTERVAL only", "INTERVAL"),
    ("paid_at + (▸delivered_at - paid_at) > created_at", "only compared with an INTERVAL", ""),
    ("(▸delivered_at - paid_at) IS NULL", "only compared with an INTERVAL", "IS NULL"),
    ("COALESCE(▸delivered_at - paid_at, INTERVAL '1 day') > INTERVAL '1 day'", "COALESCE takes", ""),
    ("paid_at > created_at AND ▸item_count", "AND needs a condition", "compare"),
    ("NOT ▸kind", "NOT needs a condition", "compare"),
    ("CASE WHEN ▸kind THEN 1 END = 1", "WHEN needs a condition", "compare"),
    ("CASE WHEN is_due THEN 1 ELSE ▸'x' END = 1", "branches differ", "same kind"),
    ("LOWER(▸item_count) = 'x'", "LOWER takes text", "LOWER(text)"),
    ("▸LENGTH(kind, 3) = 2", "called with 2 values", "LENGTH(text)"),
    ("▸COALESCE() = 2", "called with 0 values", "COALESCE(column"),
    ("COALESCE(item_count, ▸'x') = 1", "a number is compared with text", ""),
    ("COALESCE(▸'spot', kind) = 'spot'", "never blank", "put it last"),
    ("ROUND(amount, ▸9) > 1", "places from 0 to 6", "ROUND(number, 2)"),
    ("ROUND(▸ROUND(amount, 2), 1) > 1", "rounded already", "at the end"),
    ("▸item_count LIKE '%5%'", "LIKE needs text", ""),
    ("carrier LIKE ▸kind", "text in quotes", "LIKE '%part%'"),
    ("▸is_due IN (TRUE)", "IN lists", "NOT column"),
    ("kind IN ('spot', ▸carrier)", "constants only", "a = b OR a = c"),
    # numbers
    ("amount / ▸item_count > 3", "may be zero", "NULLIF(b, 0)"),
    ("amount / ▸NULLIF(item_count, 1) > 3", "may be zero", "NULLIF(b, 0)"),
    ("amount / ▸0 > 3", "by zero", ""),
    ("amount / ▸nothing > 3", "by zero", ""),
    # times
    ("delivered_at - paid_at > INTERVAL ▸'48 hrs'", "unknown unit 'hrs'", "did you mean 'hours'?"),
    ("delivered_at - paid_at > INTERVAL ▸48 HOURS", "text in quotes", "INTERVAL '48 hours'"),
    ("delivered_at - paid_at > INTERVAL ▸'1 month'", "no fixed length", "days"),
    ("delivered_at - paid_at > INTERVAL ▸'1 day 6 hours'", "not a length of time", "36 hours"),
    ("delivered_at - paid_at > INTERVAL ▸'99999999 days'", "ten years", "shorter"),
    ("paid_at > DATE ▸'31.1.2025'", "not a date", "DATE '2025-01-31'"),
    ("paid_at > DATE ▸'2025-02-30'", "not in the calendar", "DATE"),
    ("paid_at > TIMESTAMP ▸'2025-01-31'", "not a timestamp", "TIMESTAMP '2025-01-31 09:00:00'"),
    ("paid_at > DATE ▸'0001-01-01'", "the year 1", "DATE"),
    # closed words
    ("kind = ▸'spoot'", "kind is never 'spoot'", "did you mean 'spot'?"),
    ("▸'spoot' = kind", "kind is never 'spoot'", "did you mean 'spot'?"),
    ("kind NOT IN ('spot', ▸'预售')", "kind is never '预售'", "allowed: "),
    ("COALESCE(kind, 'spot') = ▸'presal'", "this can never 'presal'", "'presale'"),
    ("CASE pickup_state WHEN ▸'finished' THEN 1 END = 1", "pickup_state is never", "allowed: "),
    ("NULLIF(kind, ▸'none') = 'spot'", "kind is never 'none'", "allowed"),
    # grammar
    ("▸", "the text is empty", "leave the key out"),
    ("kind = 'spot' AND▸", "missing after 'AND'; found the end", ""),
    ("kind = ▸AND is_due", "missing after '='", ""),
    ("▸(kind = 'spot'", "never closed", ")"),
    ("kind = 'spot'▸)", "closes nothing", "leave it out"),
    ("kind IN ▸'spot'", "list in brackets", "IN ('a', 'b')"),
    ("kind IN (▸)", "value is missing", "IN ('a', 'b')"),
    ("kind IN ('spot', ▸)", "value is missing", "IN ('a', 'b')"),
    ("1 < item_count ▸< 5", "not chained", "a < b AND b < c"),
    ("is_due ▸is_paid", "after a complete condition", "AND or OR"),
    ("is_due▸, is_paid", "comma", "AND or OR"),
    ("NOT ▸NOT is_due", "cancel each other", "leave both out"),
    ("item_count > ▸- -1", "no number before it", "leave it out"),
    ("▸-paid_at > created_at", "only numbers have a sign", "INTERVAL"),
    ("item_count BETWEEN 1 ▸OR 3", "AND is missing after BETWEEN", "write AND"),
    ("CASE WHEN is_due ▸ELSE 1 END = 1", "THEN is missing", "write THEN"),
    ("CASE WHEN is_due THEN 1 ▸= 1", None, ""),
    ("kind IS DISTINCT ▸'spot'", "FROM is missing", "write FROM"),
    ("(▸)", "empty", ""),
    ("(is_due▸, is_paid)", "a list stands after IN only", "IN ('a', 'b')"),
    # nothing about the row
    ("▸1 = 1", "same for every row", "name a column"),
    ("▸TRUE", "names no column", "leave the key out"),
    ("is_due OR ▸TRUE", "names no column", "leave it out"),
    ("NULLIF(▸1, item_count) = 1", "names no column", ""),
    ("CASE WHEN ▸TRUE THEN is_due END", "names no column", ""),
    ("(" * 25 + "▸(" + "is_due" + ")" * 26, "nested more than 25 deep", "fact"),
    ("item_count > 1" + " + 1" * 50 + " ▸+ 1", "more than 50 calculations", "fact"),
    ("▸is_due" + " OR is_due" * 500, "at most 4000 characters", "fact"),
]


def cases():
    for marked, what, hint in BAD:
        if what is not None:
            yield pytest.param(marked.replace("▸", ""), marked.index("▸"), what, hint, id=marked[:60])


@pytest.mark.parametrize(("text", "at", "what", "hint"), list(cases()))
def test_a_bad_condition_is_refused_with_its_place_and_a_hint(text, at, what, hint):
    with pytest.raises(LanguageError) as caught:
        parse(text, ORDERS, PARAMETERS)
    assert what in caught.value.what
    assert caught.value.at == at
    assert hint in caught.value.hint


@pytest.mark.parametrize("text", [marked.replace("▸", "") for marked, what, _ in BAD if what is None])
def test_other_bad_conditions_are_refused_too(text):
    with pytest.raises(LanguageError):
        parse(text, ORDERS, PARAMETERS)


@pytest.mark.parametrize(
    ("text", "wanted", "hint"),
    [
        ("pickup_seconds", "flag", "compare it: pickup_seconds"),
        ("kind", "flag", "kind = 'spot'"),
        ("is_due", "number", "CASE WHEN"),
        ("delivered_at - paid_at", "number", "_seconds"),
        ("paid_at", "number", ""),
        ("item_count", "time", ""),
    ],
)
def test_an_expression_of_another_type_than_wanted_is_refused(text, wanted, hint):
    with pytest.raises(LanguageError, match="is wanted here") as caught:
        parse(text, ORDERS, wanted=wanted)
    assert hint in caught.value.hint


def test_the_caret_stands_under_its_character_where_chinese_is_two_columns_wide():
    with pytest.raises(LanguageError) as caught:
        parse("carrier = '顺丰' AND knd = 'spot'", ORDERS)
    assert str(caught.value).splitlines() == [
        "unknown column 'knd'",
        "    carrier = '顺丰' AND knd = 'spot'",
        "                         ^",
        "    did you mean 'kind'?",
    ]


def test_a_condition_over_several_lines_is_shown_on_one():
    with pytest.raises(LanguageError) as caught:
        parse("is_due AND\n  knd = 'spot'", ORDERS)
    assert str(caught.value).splitlines()[1:3] == ["    is_due AND   knd = 'spot'", "                 ^"]
