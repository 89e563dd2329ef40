"""Laws of the replay: one more agent saves only what waited for one, and by hand as by the program."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shopscore.diagnosis.replay import Habits, habits, saved, steps
from shopscore.model.staffing import Asked

LIMIT = 180
SHIFT = (1000, 3000)
FAST = Habits(work=(60,), lying=0.0)
QUESTIONS = st.lists(
    st.tuples(st.integers(0, 4000), st.one_of(st.none(), st.integers(0, 900)), st.integers(1, 3)), max_size=40
).map(
    lambda rows: [
        Asked(at, None if wait is None else at + wait, None if wait is None else agent, number)
        for number, (at, wait, agent) in enumerate(sorted(rows, key=lambda row: row[0]))
    ]
)


def missed(each):
    return each.answered is None or each.answered - each.at > LIMIT


def only_missed(questions):
    return [each._replace(row=each.row if missed(each) else None) for each in questions]


def test_three_buyers_at_once_and_one_agent_who_takes_a_hundred_seconds_each():
    # Answered after 100, 200 and 300 seconds; with one more who takes 60, after 60, 100 and 120.
    questions = [Asked(1500, 1600, 1, None), Asked(1500, 1700, 1, 1), Asked(1500, 1800, 1, 2)]
    assert saved(steps(questions), SHIFT, FAST, LIMIT, 0.0) == {1, 2}
    slow = Habits(work=(150,), lying=0.0)
    # He begins the second at once and sends it after 150; the third is begun by the first agent after 100.
    assert saved(steps(questions), SHIFT, slow, LIMIT, 0.0) == {1}


def test_an_agent_who_is_merely_slow_is_not_helped():
    slow = [Asked(1000 + 400 * at, 1300 + 400 * at, 1, at) for at in range(40)]
    assert saved(steps(slow), (1000, 20_000), FAST, LIMIT, 0.0) == set()


def test_what_lies_in_quiet_hours_too_lies_with_one_more_agent_as_well():
    nobody = [Asked(1100 + 100 * at, None, None, at) for at in range(10)]
    assert saved(steps(nobody), (1000, 4000), FAST, LIMIT, 1.0) == set(range(10))
    usual = Habits(work=(60,), lying=0.5)
    assert 4 <= len(saved(steps(nobody), (1000, 4000), usual, LIMIT, 1.0)) <= 6
    assert saved(steps(nobody), (1000, 4000), usual, LIMIT, 0.5) == set()


@given(QUESTIONS, st.floats(0, 1))
def test_only_missed_rows_are_saved_and_none_without_a_shift(questions, lying):
    done = steps(only_missed(questions))
    rows = {each.row for each in only_missed(questions)} - {None}
    assert saved(done, SHIFT, FAST, LIMIT, lying) <= rows
    assert saved(done, (1000, 1000), FAST, LIMIT, lying) == set()


@given(QUESTIONS)
def test_without_one_more_agent_everything_is_answered_when_it_was(questions):
    # Rows stand for every question: one that were answered later than it was would be missing.
    for each in questions:
        wait = None if each.answered is None else each.answered - each.at
        limit = 10**6 if wait is None else wait
        kept = saved(steps(questions), (5000, 5000), FAST, limit, 1.0)
        assert wait is None or each.row in kept


@given(QUESTIONS)
def test_habits_tell_of_answers_only(questions):
    known = habits(steps(questions)) if questions else None
    answered = [each for each in questions if each.answered is not None]
    assert known is None or len(known.work) <= len(answered)
    assert known is None or 0 <= known.lying <= 1
    assert (known is None) <= (len(answered) == 0) or not questions
