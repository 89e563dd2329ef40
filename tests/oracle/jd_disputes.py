"""JD's dispute figures."""

from __future__ import annotations

import datetime as dt

from oracle.blank import at_most, before, either, is_in, no, plus, there
from oracle.fate import ratio, ratio_of
from oracle.helpcases import cases
from oracle.jd_cases import paid
from oracle.jd_ship import jd_orders
from oracle.windows import days

ONE_DAY = dt.timedelta(hours=24)
VANE = dt.date(2020, 1, 1)
"""The shop score before it counted disputes over 90 days, the vane over 30."""
SETTLED_OUT = dt.date(2021, 9, 1)
"""Since then what the parties settled leaves both dispute figures."""
DEADLINES = (("reply_due_at", "replied_at"), ("evidence_due_at", "evidence_at"), ("execution_due_at", "executed_at"))


def _disputes(shop):
    """Requests for help with what only a dispute tells."""
    told = {dispute["dispute_id"]: dispute for dispute in shop.rows("disputes")}
    silent = dict.fromkeys(
        [name for pair in DEADLINES for name in pair] + ["kind", "appeal_won", "settled_after_human_step"]
    )
    warehouses = {order["order_id"]: order["warehouse"] for order in jd_orders(shop)}
    return [
        {**silent, **told.get(case["case_id"], {}), **case, "warehouse": warehouses.get(case["order_id"])}
        for case in cases(shop)
    ]


def _closed_at(case):
    return case["closed_at"]


def _opened_at(case):
    return case["opened_at"]


def _settled(case):
    return bool(case["settled_after_human_step"])


def dispute_rate(shop):
    """Judged against the seller or both, without won appeals ÷ submitted orders."""
    today = shop.as_of.date()
    settled = [_settled] if today >= SETTLED_OUT else []
    return ratio_of(
        days(shop.as_of, 30 if today >= VANE else 90),
        {
            "rows": _disputes(shop),
            "at": _closed_at,
            "where": lambda case: there(case["closed_at"]),
            "exclude": [
                lambda case: case["withdrawn"],
                lambda case: bool(case["appeal_won"]),
                *settled,
                lambda case: is_in(case["liability"], "buyer", "none"),
            ],
        },
        paid(shop),
    )


def platform_intervention_rate(shop):
    """Disputes that came to the platform's handling ÷ paid orders."""
    judged, rules = shop.judged_at("disputes"), {}

    def taken_back(case):
        closed = case["closed_at"]
        opened = case["opened_at"]
        return case["withdrawn"] and None not in (opened, closed) and closed - opened <= ONE_DAY

    def delivered_by_jd(case):
        return case["kind"] in ("not_received", "delivery") and "eclp" in either(case["warehouse"], "").lower()

    if shop.as_of.date() >= SETTLED_OUT:
        rules = {
            "exclude": [taken_back, _settled, delivered_by_jd],
            "pending": lambda case: case["closed_at"] is None and no(before(plus(case["opened_at"], ONE_DAY), judged)),
        }
    return ratio_of(days(shop.as_of, 30), {"rows": _disputes(shop), "at": _opened_at, **rules}, paid(shop))


def _timeouts(shop, case):
    """Deadlines not met; blank without one, or where one has passed and no file says whether it was met."""
    count = 0
    if all(case[due] is None for due, _ in DEADLINES):
        return None
    for due, done in DEADLINES:
        if case[due] is None:
            continue
        ends = [shop.judged_at("disputes")]
        if due != "execution_due_at" and case["closed_at"] is not None:
            ends.append(case["closed_at"])
        passed = case[due] < min(ends)
        if not shop.gives("disputes", done) and passed:
            return None
        count += passed if case[done] is None else case[done] > case[due]
    return count


def dispute_on_time_rate(shop):
    """Without any timeout ÷ disputes; running while one may still come."""
    judged = shop.judged_at("disputes")

    def running(case):
        execution = case["execution_due_at"]
        to_carry_out = execution is not None and execution >= judged and case["executed_at"] is None
        return _timeouts(shop, case) == 0 and (case["closed_at"] is None or to_carry_out)

    return ratio(
        _disputes(shop),
        days(shop.as_of, 30),
        at=_opened_at,
        unknown=lambda case: _timeouts(shop, case) is None,
        pending=running,
        hit=lambda case: _timeouts(shop, case) == 0,
    )


def _in_time(shop, due, done, *, owed_when_closed):
    judged = shop.judged_at("disputes")

    def closed_first(case):
        return case[done] is None and case["closed_at"] is not None and case["closed_at"] <= case[due]

    return ratio(
        _disputes(shop),
        days(shop.as_of, 30),
        at=_opened_at,
        where=lambda case: there(case[due]),
        exclude=[] if owed_when_closed else [closed_first],
        pending=lambda case: case[due] >= judged,
        hit=lambda case: at_most(case[done], case[due]),
    )


def dispute_reply_rate(shop):
    return _in_time(shop, *DEADLINES[0], owed_when_closed=False)


def dispute_evidence_rate(shop):
    return _in_time(shop, *DEADLINES[1], owed_when_closed=False)


def dispute_execution_rate(shop):
    return _in_time(shop, *DEADLINES[2], owed_when_closed=True)
