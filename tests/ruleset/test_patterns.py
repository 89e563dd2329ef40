"""Regular expressions of formats: refused where an engine may not understand them, or may take long."""

from __future__ import annotations

import polars as pl
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from shopscore.errors import RuleError
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.lint_patterns import pattern_problem
from shopscore.ruleset.own_files import load_own_format


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (r"^(?P<speaker>[^\s,]{1,64}?)\s*(?P<time>20\d\d-\d{1,2})$", None),
        (r"^(?:已读|未读)$", None),
        (r"a(?=b)", "a group may only be"),
        (r"a(?<!b)", "a group may only be"),
        (r"(?i)a", "a group may only be"),
        (r"(a)\1", r"'\\1' is not allowed"),
        (r"\Ba", "is not allowed"),
        (r"(a|b){2}", "may not be counted"),
        (r"a{1,500}", "more than 200 repetitions"),
        (r"a{b}", "may only hold a count"),
        (r"a{,3}", "may only hold a count"),
        (r"a*+", "may not be repeated"),
        (r"[[a]", "with a backslash"),
        (r"[a&&b]", "with a backslash"),
        (r"[]a]", "with a backslash"),
        (r"a(", "no regular expression"),
        (r"a" * 501, "longer than 500"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused(pattern, said):
    problem = pattern_problem(pattern)
    assert problem is None if said is None else said in problem


PIECES = st.sampled_from(
    [*"ab1中^$.|()[]{}*+?-,:&~ ", r"\d", r"\s", r"\]", r"\{", "(?:", "(?P<n>", "{1,3}", "[^", "a-z"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
@example("[]")
@example("a**")
@example("[a-]]")
@example("{1,3}")
@example("[9-1]")
def test_what_is_allowed_is_understood_by_the_engine_of_frames(pattern):
    if pattern_problem(pattern) is None:
        assert pl.Series(["ab1"]).str.contains(pattern).dtype == pl.Boolean()


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        ({"message": ["^{speaker} {when}$"]}, "transcript.message.0", "there is no part 'when'"),
        ({"message": ["^{speaker}(?=x)$"]}, "transcript.message.0", "a group may only be"),
        ({"skip": ["a("]}, "transcript.skip.0", "no regular expression"),
        ({"lines": {"recall": [r"(a)\1"]}}, "transcript.lines.recall.0", "is not allowed"),
        ({"lines": {"joke": []}}, "transcript.lines.joke", "not one of the words"),
        ({"below": "^{time}$", "above": None}, "transcript", "write both or neither"),
        ({"parts": {"speaker": "a(", "time": "b"}}, "transcript.parts.speaker", "no regular expression"),
    ],
)
def test_a_transcript_says_every_mistake_with_its_place(tmp_path, change, where, said):
    form = yaml.safe_load((default_rules_dir() / "formats" / "qianniu_text.yaml").read_text(encoding="utf-8"))
    form["transcript"] |= change
    path = tmp_path / "mine.format.yaml"
    path.write_text(yaml.safe_dump(form, allow_unicode=True), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_own_format(path, {})
    assert any(where in str(problem) and said in str(problem) for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"from_name": {"date": [r"(?P<year>\d{4})"]}}, "names no year, month and day"),
        ({"from_name": {"date": ["("]}}, "not a regular expression"),
        ({"from_name": {"agent_id": [r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"]}}, "agent_id is no day"),
        ({"from_name": {"day": []}}, "has no column 'day'"),
        ({"lacks": {"day": {"en": "a", "zh": "b"}}}, "has no column 'day'"),
        ({"tells": {"旺旺昵称": {"auto": ["(?=a)"]}}}, "a group may only be"),
    ],
)
def test_what_a_format_takes_from_names_and_texts_is_checked(tmp_path, change, said):
    path = default_rules_dir() / "formats" / "qianniu_cs_performance.yaml"
    form = yaml.safe_load(path.read_text(encoding="utf-8")) | change
    own = tmp_path / "mine.format.yaml"
    own.write_text(yaml.safe_dump(form, allow_unicode=True), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_own_format(own, {})
    assert any(said in str(problem) for problem in caught.value.problems)
