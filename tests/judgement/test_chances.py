"""How likely a running clock is to be late, and when nothing is said of it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.diagnosis.chances import DAY, chances, chosen, usual
from shopscore.diagnosis.survival import Clock, by_age, by_hands, running_at

HOUR = 3600.0


def history(seed, *, handing, days=40, each=30):
    """Orders handed over on the first or the third day, the carrier quick: whose hands they are in tells all."""
    luck = random.Random(seed)  # noqa: S311 - invented orders are no secret
    clocks = []
    for day in range(days):
        for _ in range(each):
            start = day * DAY + luck.uniform(0, 24) * HOUR
            handed = start + (luck.uniform(1, 20) if luck.random() < handing else luck.uniform(50, 60)) * HOUR
            clocks.append(Clock(start, start + 48 * HOUR, handed + luck.uniform(1, 8) * HOUR, None, handed))
    return sorted(clocks)


def as_of(clocks, until):
    names = ("done", "over", "handed")
    return [
        each._replace(
            **{name: None for name in names if getattr(each, name) is not None and getattr(each, name) > until}
        )
        for each in clocks
        if each.start < until
    ]


def test_the_hands_a_clock_is_in_tell_more_than_its_age():
    until = 39.9 * DAY
    known = as_of(history(1, handing=0.8), until)
    assert chosen(known, until) is by_hands
    running = running_at(known, until)
    told = dict(zip(running, chances(known, running, until), strict=True))
    with_carrier = [said for clock, said in told.items() if clock.handed is not None]
    waiting_long = [said for clock, said in told.items() if clock.handed is None and until - clock.start > 24 * HOUR]
    assert max(with_carrier) < 0.05
    assert min(waiting_long) > 0.95


def test_a_large_shop_whose_history_is_thinned_is_held_against_all_deadlines_of_the_last_week():
    until = 39.9 * DAY
    known = as_of(history(2, handing=0.8, each=60), until)
    thinned = known[::40]
    lately = [each for each in known if until - 7 * DAY < each.deadline < until]
    assert chosen(thinned, until) is None, "of every fortieth too few ran on the evenings looked back upon"
    assert chosen(thinned, until, lately=lately) is not None


def test_a_clock_is_told_from_those_that_may_take_about_as_long():
    """Goods made in ten days say nothing of goods in stock, nor the other way round; of too few, nothing is said."""
    until = 39.9 * DAY
    stock = as_of(history(3, handing=0.8), until)
    made = as_of([Clock(n * DAY, (n + 10) * DAY, (n + 9) * DAY) for n in range(39)], until)
    running = running_at(stock, until)[:5]
    alone, slow = chances(stock, running, until), Clock(until - DAY, until + 9 * DAY, None)
    *beside, of_slow = chances([*stock, *made, slow], [*running, slow], until)
    assert beside == alone
    assert None not in alone
    assert of_slow is None


def test_nothing_is_said_where_no_way_of_telling_beat_the_plain_guess():
    until = 39.9 * DAY
    in_time = [Clock(n * HOUR, n * HOUR + 48 * HOUR, n * HOUR + HOUR) for n in range(900)]
    running = [Clock(until - HOUR, until + 47 * HOUR, None)]
    assert chances([*in_time, *running], running, until) == [None]
    few = as_of(history(1, handing=0.8, days=1, each=20), until)
    assert chances(few, running, until) == [None]
    assert chances(few, [], until) == []


def test_the_usual_share_is_of_deadlines_that_passed_and_had_an_outcome():
    late, fine = Clock(0, 10, 12), Clock(0, 10, 9)
    over, running = Clock(0, 10, None, 5), Clock(0, 100, None)
    assert usual([late] * 10 + [fine] * 30 + [over] * 50 + [running] * 50, 20) == pytest.approx(0.25)
    assert usual([late] * 10 + [fine] * 10, 20) is None


def test_over_before_the_deadline_has_no_outcome_and_after_it_is_late():
    assert Clock(0, 10, None, 10).late() is None
    assert Clock(0, 10, None, 11).late() is True
    assert Clock(0, 10, 10, None).late() is False
    assert Clock(0, 10, 9, 8).late() is None
    assert Clock(0, 10, 9, 9).late() is False


TIMES = st.integers(0, 60).map(float)
CLOCKS = st.lists(
    st.builds(
        lambda start, allowed, done, over, handed: Clock(
            start,
            start + allowed,
            None if done is None else start + done,
            None if over is None else start + over,
            None if handed is None else start + handed,
        ),
        TIMES,
        st.integers(1, 40).map(float),
        st.none() | TIMES,
        st.none() | TIMES,
        st.none() | TIMES,
    ),
    min_size=40,
    max_size=90,
)


@given(CLOCKS, st.sampled_from([by_age, by_hands]), st.randoms())
def test_a_chance_is_a_share_and_the_order_of_the_past_changes_nothing(clocks, way, rng):
    running = running_at(clocks, 50)
    tell = way(clocks, 50)
    again = way(rng.sample(clocks, len(clocks)), 50)
    for clock in running:
        said = tell(clock)
        assert said is None or 0 <= said <= 1
        assert again(clock) == said
