import re
from typing import get_args

import pytest

from shopscore.render import figures, numbers
from shopscore.render.words import OF_OURS, SUBJECTS, WORDS, say, say_reason, segment_name
from shopscore.ruleset.metric import Segment
from shopscore.schema import TABLES
from shopscore.trust.weights import NOTES


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (1, "100%"),
        (0.784, "78.4%"),
        (0.9997, "99.97%"),
        (0.0004, "0.04%"),
        (0.00012, "0.012%"),
        (0.5, "50.0%"),
    ],
)
def test_percent_keeps_the_digits_that_matter(share, text):
    assert numbers.percent(share) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (None, "rate", "-"),
        (5.26, "hours", "5.3 h"),
        (42.0, "seconds", "42.0 s"),
        (4.8, "stars", "4.80"),
        (1234.0, "count", "1,234"),
        (1.84, "days", "1.8 d"),
        (1.3249, "times", "1.32"),
        (123.4, "times", "123.40"),
        (79.0, "points", "79"),
        (81.63, "points", "81.6"),
    ],
)
def test_values_carry_their_unit(number, unit, text):
    assert numbers.value(number, unit, "en") == text


@pytest.mark.parametrize(
    ("number", "currency", "lang", "text"),
    [
        (1234.5, "CNY", "en", "¥1,234.50"),
        # A Chinese console has the yuan sign of full width only.
        (1234.5, "CNY", "zh-Hans", "￥1,234.50"),
        (-3.0, "CNY", "en", "-¥3.00"),
        (1234.5, "USD", "zh-Hans", "1,234.50 USD"),
    ],
)
def test_money_is_to_the_cent_with_its_currency(number, currency, lang, text):
    assert numbers.value(number, "money", lang, currency) == text


def test_spans_do_not_repeat_the_unit():
    assert numbers.span((0.769, 0.798), "rate") == "76.9..79.8"
    assert numbers.span((0.0001, 0.0009), "rate") == "0.010..0.090"
    assert numbers.span((0.0012, 0.0041), "rate") == "0.12..0.41"
    assert numbers.span((0.9991, 1.0), "rate") == "99.910..100.000"
    assert numbers.span((1.1, 1.5249), "times") == "1.10..1.52"
    assert numbers.span((4.514, 4.7), "stars") == "4.51..4.70"
    assert numbers.span(None, "rate") == "-"


def test_limits_show_their_direction_in_ascii():
    assert numbers.limit(0.95, "rate", "higher", "zh-Hans") == ">= 95.0%"
    assert numbers.limit(3.0, "hours", "lower", "zh-Hans") == "<= 3.0 小时"


def test_none_a_day_is_a_plain_nought():
    assert [numbers.daily(number) for number in (0.0, 0.004, 1.66)] == ["0", "0.00", "1.7"]


def test_counts_are_whole_unless_weighted():
    assert numbers.count(1234.0) == "1,234"
    assert numbers.count(12.5) == "12.50"


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("missing_created_at", "created_at is blank: choose this column when exporting"),
        ("unreadable_sent_at", "sent_at cannot be read: export again, and do not edit the file"),
        ("total_row", "total row, nothing to do"),
        ("something_new", "something_new"),
    ],
)
def test_reasons_are_said_in_words(reason, text):
    assert say_reason(reason, "en") == text


def test_every_note_on_a_file_has_words_and_a_weight():
    assert {key.removeprefix("note_") for key in WORDS if key.startswith("note_")} == set(NOTES)


def test_every_table_has_a_name_in_both_languages():
    # Sightings are made of orders, and told as orders.
    assert {name for name in TABLES if len(WORDS.get(name, ())) < 2} == {"sightings"}


def test_every_dimension_a_metric_may_be_split_by_has_a_name():
    assert [name for name in get_args(Segment) if name not in WORDS] == []


def test_every_phrase_stands_in_one_module():
    assert sum(len(subject.WORDS) for subject in SUBJECTS) == len(WORDS)


@pytest.mark.parametrize(
    ("ends", "unit", "said"),
    [
        ((0.000129, 0.264), "rate", "+0.0..+26.4"),
        ((-0.26, -0.124), "rate", "-26.0..-12.4"),
        ((0.0001, 0.0004), "rate", "+0.010..+0.040"),
        ((-1500.4, 300.2), "seconds", "-1,500..+300"),
        ((-0.31, 0.42), "hours", "-0.31..+0.42"),
    ],
)
def test_both_ends_of_a_difference_are_as_fine_as_its_width_asks(ends, unit, said):
    assert numbers.difference(ends, unit) == said


@pytest.mark.parametrize("dimension", OF_OURS)
def test_every_word_of_our_own_tables_has_a_name_where_it_is_a_segment(dimension):
    words = {
        word for table in TABLES.values() for each in table.columns if each.name == dimension for word in each.words
    }
    assert words
    names = {word: segment_name(dimension, word, "zh-Hans") for word in words}
    assert [word for word, name in names.items() if name == word or name.isascii()] == []
    assert segment_name(dimension, "named by a seller", "en") == "named by a seller"


def test_one_event_is_no_events():
    assert [figures.events(count, "en") for count in (1, 2, 1200)] == ["1 event", "2 events", "1,200 events"]
    assert figures.events(1, "zh-Hans") == "1 笔"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 clock still runs"),
        ("1", "1 clock still runs"),
        (0, "0 clocks still run"),
        ("1,001", "1,001 clocks still run"),
    ],
)
def test_one_is_told_from_many(count, said):
    assert say("en", "ahead_running", count=count) == said
    assert say("zh-Hans", "ahead_running", count=count) == f"还有 {count} 笔没到时限"


def test_words_for_one_and_many_are_those_of_the_phrase_and_never_of_a_value():
    assert say("en", "letter_cut", count="{count:a|b}") == "{count:a|b} more lines: see the full report"
    assert say("en", "differs_uncovered", count=1) == "1 day of the window is not covered"
    for english, chinese in WORDS.values():
        assert not re.search(r"\{\w+:[^}]*\|", chinese), "Chinese words have one form"
        for spec in re.findall(r"\{\w+:([^}]*\|[^}]*)\}", english):
            one, many = spec.removeprefix("~").split("|")
            assert one != many
