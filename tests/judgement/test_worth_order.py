from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stand_ins import TEXT, WORDS, pack, result

from shopscore.model import (
    AdviceResult,
    EnteredScore,
    FactorResult,
    GateResult,
    Measurement,
    Outlook,
    Shortfall,
    StakeResult,
    StructureResult,
    Target,
    Window,
    Worth,
)
from shopscore.score import lost
from shopscore.worth.order import gates_of, rank, ranked, with_worth

TODAY = dt.date(2026, 11, 23)
SPAN = Window(dt.date(2026, 10, 24), dt.date(2026, 11, 22), 30)
VERDICTS = ("fail", "likely_fail", "undecided")


def short(name, verdict="fail", basis="published", over=1.0, **changes):
    gap = Shortfall(0.1, None, changes.pop("points", None), over)
    given_ = {"verdict": verdict, "target": Target(0.9, basis), "shortfall": gap}
    return result(name, 0.5, **(given_ | changes))


def after(days):
    return TODAY + dt.timedelta(days=days)


def seen(name, meets_on=None, soonest=None, **changes):
    ahead = Outlook(0, SPAN.first, 0.1, None, meets_on, None, soonest)
    return short(name, outlook=ahead, measurement=Measurement("measured", SPAN, value=0.5), **changes)


def advice(metric, effort, compliance="ok"):
    return AdviceResult("A-1", metric, WORDS, effort, compliance, None, (), ())


def worths(results, of=None, fitting=(), missed=None):
    return {each.id: each.worth for each in with_worth(results, of or pack(), fitting, missed or {}, TODAY)}


def test_whose_limit_it_is_then_the_evidence_then_how_often_over_then_the_name():
    results = [
        short("undecided", "undecided", "cutoff", 99),
        short("own", basis="own", over=50),
        short("b", over=2),
        short("a", over=2),
        short("cutoff", basis="cutoff", over=3),
        short("likely", "likely_fail", over=70),
        short("advisory", basis="advisory", over=60),
    ]
    order = ("cutoff", "a", "b", "likely", "undecided", "advisory", "own")
    assert rank(results) == order
    assert rank(results[::-1]) == order


def test_what_may_be_within_chance_of_the_own_best_never_hides_what_is_not():
    lacks = Worth(lacking=9.0)
    results = [
        short("unclear", "undecided", "own", worth=lacks),
        short("sure", "fail", "own"),
        short("likely", "likely_fail", "own", worth=lacks),
        short("asked", "undecided", "published"),
    ]
    assert rank(results) == ("asked", "likely", "sure", "unclear")


def test_points_of_the_score_then_of_the_item_then_gates_then_money_then_time_then_distance_then_effort():
    results = [
        short("g_soon_back", over=900.0, worth=Worth(effort="minutes", acting=0.7)),
        short("f_light", over=9.0, worth=Worth(effort="minutes")),
        short("e_far", over=9.5, worth=Worth(effort="weeks")),
        short("d_farther", over=70.0, worth=Worth(effort="weeks")),
        short("c_money", worth=Worth(at_risk=12.5)),
        short("b_gate", worth=Worth(gates=("weak",))),
        short("a_item", worth=Worth(item_points=0.5)),
        short("z_score", worth=Worth(score_points=0.1, item_points=0.1)),
    ]
    assert rank(results) == ("z_score", "a_item", "b_gate", "c_money", "d_farther", "f_light", "e_far", "g_soon_back")


def test_what_comes_back_by_itself_gains_little_from_acting():
    found = worths(
        [
            seen("demo.stays", soonest=after(10)),
            seen("demo.heals", meets_on=after(12), soonest=after(9)),
            seen("demo.open", reversibility="open"),
            seen("demo.unknown"),
        ]
    )
    assert (found["demo.stays"].way, found["demo.stays"].acting) == ("act", 20 / 30)
    assert (found["demo.heals"].way, found["demo.heals"].acting) == ("wait", 3 / 30)
    assert (found["demo.open"].way, found["demo.open"].acting) == ("fix", 1.0)
    assert (found["demo.unknown"].way, found["demo.unknown"].acting) == ("act", 1.0)
    both = [
        seen("demo.heals", meets_on=after(12), soonest=after(9), over=3.0, points=0.5),
        seen("demo.stays", soonest=after(10), over=2.0, points=0.5),
    ]
    assert rank(with_worth(both, pack(), (), {}, TODAY)) == ("demo.stays", "demo.heals")


def test_points_move_the_score_by_their_weight_where_it_is_made_of_the_metric():
    inputs = [{"score": "ship", "weight": 1, "title": TEXT}, {"score": "reply", "weight": 3, "title": TEXT}]
    whole = {
        "id": "star", "title": TEXT, "why": TEXT, "definition": "published", "definition_text": TEXT, "source": ["s"],
        "dimension": "overall", "kind": "composite", "better": "higher", "inputs": inputs,
    }  # fmt: skip
    results = [short("demo.ship", points=0.5), short("demo.other", points=0.5), short("demo.reply", points=0.5)]
    found = worths(results, pack([whole]))
    assert (found["demo.ship"].score_points, found["demo.reply"].score_points) == (0.125, 0.375)
    assert (found["demo.other"].score_points, found["demo.other"].item_points) == (None, 0.5)
    assert worths(results, pack([whole | {"adds_up": True}]))["demo.ship"].score_points == 0.5
    assert worths(results, pack([whole | {"purpose": "display"}]))["demo.ship"].score_points is None


def added_up(*inputs):
    return {
        "id": "whole", "title": TEXT, "why": TEXT, "definition": "published", "definition_text": TEXT, "source": ["s"],
        "dimension": "overall", "kind": "composite", "better": "higher", "adds_up": True, "missing": "null",
        "inputs": [{"score": score, "metric": metric, "weight": full, "title": TEXT} for score, metric, full in inputs],
    }  # fmt: skip


def test_an_item_that_is_called_otherwise_than_its_metric_counts_for_it():
    of = pack([added_up(("ship_points", "ship", 15), ("reply_points", "reply", 30))])
    found = worths([short("demo.ship", points=7), short("demo.other", points=7)], of)
    assert (found["demo.ship"].score_points, found["demo.other"].score_points) == (7, None)


def test_what_an_item_lacks_of_its_full_marks_ranks_where_no_value_is_known_to_be_worth_points():
    of = pack([added_up(("ship_points", "ship", 15), ("reply_points", "reply", 30), ("full_points", "full", 10))])
    names = ("demo.full", "demo.other", "demo.ship", "demo.reply")
    results = [short(name, over=over) for name, over in zip(names, (90, 80, 70, 2), strict=True)]
    shown = {"ship_points": 14, "reply_points": 24, "full_points": 10}
    found = with_worth(results, of, (), {}, TODAY, entered=shown)
    assert [each.worth.lacking for each in found] == [0, 0, 1, 6]
    assert rank(found) == ("demo.reply", "demo.ship", "demo.full", "demo.other")
    assert {each.worth.lacking for each in with_worth(results, of, (), {}, TODAY)} == {0}


def test_items_short_of_full_marks_are_told_those_that_lack_most_first():
    of = pack(
        [added_up(("a", "ship", 15), ("b", "reply", 30), ("c", "full", 10), ("d", "blank", 15), ("e", "low", 15))]
    )
    found = lost(of, {"a": 6, "b": 24, "c": 10, "e": -30})
    assert [(each.points, each.full) for each in found] == [(45, 15), (9, 15), (6, 30)]
    assert lost(pack([added_up(("a", "ship", 15)) | {"adds_up": False}]), {"a": 6}) == ()


def test_points_known_to_be_gained_stand_instead_of_those_that_lack():
    of = pack([added_up(("ship_points", "ship", 15), ("reply_points", "reply", 15))])
    results = [short("demo.ship", points=2.0), short("demo.reply")]
    found = with_worth(results, of, (), {}, TODAY, entered={"ship_points": 5, "reply_points": 11})
    assert rank(found) == ("demo.reply", "demo.ship")


def test_the_least_effort_of_what_may_be_done_and_the_money_that_can_be_saved():
    fitting = [advice("demo.ship", "weeks"), advice("demo.ship", "hours"), advice("demo.ship", "minutes", "prohibited")]
    stake = StakeResult(99.0, 7.5, "CNY", WORDS)
    found = worths([short("demo.ship", stake=stake), short("demo.reply")], fitting=fitting)
    assert (found["demo.ship"].effort, found["demo.ship"].at_risk) == ("hours", 7.5)
    assert (found["demo.reply"].effort, found["demo.reply"].at_risk) == (None, 0.0)


def test_a_missed_gate_stands_with_the_metrics_that_keep_it_shut():
    def score(name, value):
        return EnteredScore(name, value, None if value is None else "shop.yaml")

    def gate(name, state, bound, limit, *scores):
        return GateResult(name, WORDS, state, limit, bound, scores, None, WORDS, None, ())

    gates = [
        gate("weak", "missed", "at_least", 4, score("ship", 3.5), score("reply", 4.2), score("speed", 3.0)),
        gate("open", "met", "at_least", 4, score("reply", 4.2)),
        gate("few", "missed", "at_most", 1, score("ship", 3.5), score("blank", None)),
    ]
    factors = (FactorResult(WORDS, score("speed", 3.0), ("demo.hours",), None),)
    found = gates_of(gates, StructureResult("s", WORDS, factors, None, ()), "demo")
    assert found == {"demo.ship": ("few", "weak"), "demo.speed": ("weak",), "demo.hours": ("weak",)}


PARTS = st.fixed_dictionaries(
    {
        "verdict": st.sampled_from(VERDICTS),
        "basis": st.sampled_from(("cutoff", "published", "advisory", "own")),
        "over": st.floats(1, 500),
        "item": st.sampled_from((None, 0.5, 1.0)),
        "at_risk": st.sampled_from((0.0, 3.0, 30.0)),
        "gates": st.sampled_from(((), ("a",))),
        "effort": st.sampled_from((None, "minutes", "weeks")),
        "acting": st.floats(0, 1),
    }
)


def made(name, parts):
    worth = Worth(None, parts["item"], parts["gates"], parts["at_risk"], parts["effort"], "act", parts["acting"])
    return short(name, parts["verdict"], parts["basis"], parts["over"], points=parts["item"], worth=worth)


@given(st.lists(PARTS, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_results_is_no_matter(given_, rng):
    results = [made(f"demo.{at}", parts) for at, parts in enumerate(given_)]
    shuffled = list(results)
    rng.shuffle(shuffled)
    assert rank(shuffled) == rank(results)


@given(
    st.lists(PARTS, min_size=2, max_size=6),
    st.sampled_from(["item_points", "at_risk", "gates", "acting", "over", "effort"]),
)
def test_being_worth_more_never_lowers_a_rank(given_, part):
    """More points, money, gates, distance or time in which acting matters, or lighter work; the rest as it is."""
    results = [made(f"demo.{at}", parts) for at, parts in enumerate(given_)]
    first, rest = results[0], results[1:]
    worth, gap = first.worth, first.shortfall
    more = {
        "item_points": replace(worth, item_points=(worth.item_points or 0.0) + 0.5),
        "at_risk": replace(worth, at_risk=worth.at_risk + 10),
        "gates": replace(worth, gates=("a", "b")),
        "acting": replace(worth, acting=min(worth.acting * 1.5, 1.0)),
        "effort": replace(worth, effort="minutes"),
        "over": worth,
    }[part]
    gap = replace(gap, worth=gap.worth * 1.3) if part == "over" else gap
    better = replace(first, worth=more, shortfall=gap)
    assert rank([better, *rest]).index("demo.0") <= rank(results).index("demo.0")


def test_what_is_not_for_ranking_is_left_out():
    results = [
        short("kept", purpose="badge"),
        short("suppressed", suppressed="known"),
        short("display", purpose="display"),
        short("assumed", definition="assumed"),
        short("bound", bound="best_case", bound_of="kept"),
        short("unscored", verdict="not_measured"),
        result("fine", 0.95, verdict="pass"),
    ]
    assert rank(results) == ("kept",)
    assert [ranked(each) for each in results] == [True, *[False] * 6]
    assert worths(results)["display"] is None
