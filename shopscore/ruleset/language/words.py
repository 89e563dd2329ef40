"""The vocabulary as data: what may be written, and what people write instead that other engines would take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from shopscore.ruleset.language.tree import Type

KEYWORDS = frozenset(
    {"AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", "DISTINCT", "FROM", "LIKE", "ILIKE"}
    | {"CASE", "WHEN", "THEN", "ELSE", "END", "TRUE", "FALSE", "INTERVAL", "DATE", "TIMESTAMP"}
)
COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
"""Lengths of time that are always the same number of seconds."""
BLANKS = " \t\r\n\u00a0\u3000"
"""What TRIM takes off: spaces of every width an export may hold."""

TYPE_NAMES: dict[Type, str] = {
    "flag": "a condition (true or false)",
    "number": "a number",
    "time": "a time",
    "text": "text",
    "interval": "a length of time",
}


class Signature(Struct, frozen=True):
    """How a function is called: least and most arguments, and the types its first argument may have."""

    least: int
    most: int
    types: tuple[Type, ...]
    usage: str
    gives: Type | None = None


_ANY: tuple[Type, ...] = ("flag", "number", "time", "text")
_ORDERED: tuple[Type, ...] = ("number", "time", "text")
FUNCTIONS: dict[str, Signature] = {
    "COALESCE": Signature(2, 20, _ANY, "COALESCE(column, fallback)"),
    "NULLIF": Signature(2, 2, _ANY, "NULLIF(column, value)"),
    "LOWER": Signature(1, 1, ("text",), "LOWER(text)"),
    "UPPER": Signature(1, 1, ("text",), "UPPER(text)"),
    "TRIM": Signature(1, 1, ("text",), "TRIM(text)"),
    "LENGTH": Signature(1, 1, ("text",), "LENGTH(text)", "number"),
    "ABS": Signature(1, 1, ("number",), "ABS(number)"),
    "ROUND": Signature(1, 2, ("number",), "ROUND(number, 2)"),
    "GREATEST": Signature(2, 20, _ORDERED, "GREATEST(a, b)"),
    "LEAST": Signature(2, 20, _ORDERED, "LEAST(a, b)"),
}

_ONE_ROW = "a condition looks at one row; sums and counts are the metric's kind"
_CLOCK = "the clock cannot be read, or the same data would give another answer tomorrow"
_PARTS = "parts of a time are not taken here"
_SEARCH = "text is searched with LIKE only"
_CAST = "types are never converted"
_SUBQUERY = "a condition looks at one row of one fact; subqueries and joins are not part of the rule language"
_TRUTH = "write CASE WHEN condition THEN a ELSE b END"

REFUSED_WORDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("SUM", "COUNT", "AVG", "MEDIAN", "STDDEV", "VARIANCE"),
        (_ONE_ROW, "put the rows into where: and choose kind: count, mean or ratio"),
    ),
    "MAX": (_ONE_ROW, "the larger of two columns is GREATEST(a, b)"),
    "MIN": (_ONE_ROW, "the smaller of two columns is LEAST(a, b)"),
    **dict.fromkeys(
        ("OVER", "PARTITION", "ROW_NUMBER", "RANK", "LAG", "LEAD"),
        ("a condition looks at one row; window functions belong to a fact column", ""),
    ),
    **dict.fromkeys(
        ("SELECT", "WHERE", "EXISTS", "ANY", "ALL", "JOIN", "UNION", "GROUP", "HAVING", "WITH"), (_SUBQUERY, "")
    ),
    **dict.fromkeys(
        ("NOW", "CURRENT_DATE", "CURRENT_TIMESTAMP", "GETDATE", "TODAY", "SYSDATE"),
        (_CLOCK, "compare with judged_at, the moment up to which the data can be trusted"),
    ),
    **dict.fromkeys(
        ("DATEDIFF", "DATE_DIFF", "TIMESTAMPDIFF", "DATE_SUB", "DATE_ADD", "DATEADD"),
        ("times are added and subtracted with signs", "write delivered_at - paid_at > INTERVAL '48 hours'"),
    ),
    **dict.fromkeys(
        ("EXTRACT", "DATE_TRUNC", "HOUR", "DAY", "MONTH", "YEAR", "WEEKDAY", "DAYOFWEEK", "STRFTIME"),
        (_PARTS, "use the fact's hour and weekday columns"),
    ),
    **dict.fromkeys(
        ("CONTAINS", "STRPOS", "POSITION", "INSTR", "REGEXP_LIKE", "REGEXP", "RLIKE", "SIMILAR", "GLOB", "STARTS_WITH"),
        (_SEARCH, "write column LIKE '%part%'"),
    ),
    **dict.fromkeys(
        ("CAST", "TRY_CAST", "CONVERT", "TO_DATE", "TO_TIMESTAMP"), (_CAST, "use a column of the right kind")
    ),
    **dict.fromkeys(("CONCAT", "SUBSTRING", "SUBSTR", "REPLACE", "SPLIT_PART"), ("text is compared, never built", "")),
    **dict.fromkeys(("IF", "IFF", "IIF", "DECODE"), ("there is one way to choose between values", _TRUTH)),
    **dict.fromkeys(
        ("IFNULL", "NVL", "ISNULL", "NOTNULL"),
        ("there is one way to replace a blank", "write COALESCE(column, fallback), or column IS NULL"),
    ),
    "UNKNOWN": ("'unknown' is not a word of the rule language", "write column IS NULL"),
    "ESCAPE": ("LIKE has no escape sign", "compare with = where % or _ must be meant literally"),
    "XOR": ("'XOR' is not part of the rule language", "write a <> b for two flags"),
    "MOD": ("remainders are not part of the rule language", ""),
    "AS": ("nothing is named inside a condition", ""),
}
"""Upper-case word → what is wrong with it, what to write."""

REFUSED_SIGNS: tuple[tuple[str, str, str], ...] = (
    (r"--|/\*|#", "comments are not part of the rule language", "put a YAML comment above the key"),
    (r";", "';' is not part of the rule language: one condition per key", "leave it out"),
    (r'"[^"]*"?', "double quotes mean a column to one engine and text to another", "text: 'spot'; columns: bare"),
    (r"`", "backquotes are not part of the rule language", "write the column's name bare"),
    (r"==", "'==' is not part of the rule language", "write ="),
    (r"!=", "'!=' is not part of the rule language", "write <>"),
    (r"=>|=<", "this sign is not part of the rule language", "write >= or <="),
    (r"\|\|", "'||' joins texts in SQL and is not 'or'", "write OR"),
    (r"&&|&", "'&' is not part of the rule language", "write AND"),
    (r"\|", "'|' is not part of the rule language", "write OR"),
    (r"!?~", "regular expressions are not part of the rule language", "write column LIKE '%part%'"),
    (r"!", "'!' is not part of the rule language", "write NOT"),
    (r"::", "types are never converted", "use a column of the right kind"),
    (r"\?|:\w+|\$\w*|@\w*|\{\{?|\}", "placeholders are not part of the rule language",
     "name the number under parameters: and write its name"),
    (r"%", "remainders are not part of the rule language", "'%' stands only inside a LIKE pattern"),
    (r"\.\d", "a number begins with a digit", "write 0.5"),
    (r"\.", "a condition sees the columns of one fact only", "leave the table's name out"),
    (r"[‘’“”]", "this is a typographic quotation mark", "write a straight one: 'spot'"),
    (r"[，（）＝＜＞＋－＊／；：。]", "this is a full-width sign", "write the half-width one: , ( ) = < > + - * /"),
)  # fmt: skip
"""Signs that stand in other dialects: pattern, what is wrong, what to write."""

MOST_CHARACTERS = 4000
MOST_DEPTH = 25
MOST_ARITHMETIC = 50
MOST_NUMBER = 10**15
"""Beyond this a 64-bit float no longer counts in hundredths."""
MOST_SECONDS = 10 * 366 * 86400
YEARS = range(1970, 2200)
