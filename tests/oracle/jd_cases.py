"""JD's after-sale, dispute and review figures (platforms.md 1.3), and what its settlement shows."""

from __future__ import annotations

import datetime as dt

from oracle.aftersale import refunds, spent
from oracle.blank import all_of, at_most, before, either, is_in, least, no, plus, there
from oracle.fate import mean, ratio, ratio_of
from oracle.helpcases import cases
from oracle.jd_ship import clock_at, in_holiday, is_paid, jd_orders
from oracle.view import HOUR
from oracle.windows import days

ONE_DAY = dt.timedelta(hours=24)
LONG_AGO = dt.timedelta(days=180)
NOON = dt.time(12)
VANE = dt.date(2020, 1, 1)
"""The shop score before it counted disputes over 90 days, the vane over 30."""
SETTLED_OUT = dt.date(2021, 9, 1)
"""Since then what the parties settled leaves both dispute figures."""
NOT_ASSESSED = ("服饰内衣", "鞋靴", "礼品箱包", "运动户外")
DEADLINES = (("reply_due_at", "replied_at"), ("evidence_due_at", "evidence_at"), ("execution_due_at", "executed_at"))


# ── after sale ───────────────────────────────────────────────────────────────────────────────────────────────────


def _finished_at(case):
    return case["finished_at"]


def _reviewed_at(case):
    """The seller's first word on the case."""
    return least([case["first_response_at"], case["agreed_at"], case["first_refused_at"]])


def _before_ship(case):
    return case["stage"] == "before_ship"


def aftersale_hours(shop):
    """Σ(end − application) ÷ cases finished; what is only reviewed ends at the review; the way back is in it."""

    def length(case):
        reviewed = case["kind"] == "resend" or case["status"] == "closed"
        return spent(case["applied_at"], _reviewed_at(case) if reviewed else case["finished_at"])

    return mean(
        refunds(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=_finished_at,
        where=lambda case: case["is_finished"],
        exclude=[
            _before_ship,
            lambda case: None if case["finished_at"] is None else case["finished_at"] - case["applied_at"] > LONG_AGO,
            lambda case: in_holiday(case["finished_at"]),
        ],
        unknown=lambda case: case["escalated"],
        of=length,
    )


def auto_review_in_time_rate(shop):
    """Reviewed by 24:00 of the same day, or by 12:00 of the next for what came after noon ÷ cases whose time is out."""
    judged = shop.judged_at("refunds")

    def due(case):
        morning = dt.datetime.combine(case["applied_at"].date(), dt.time())
        return morning + dt.timedelta(hours=24 if case["applied_at"].time() < NOON else 36)

    def reviewed(case):
        return least([_reviewed_at(case), case["finished_at"] if case["last_actor"] == "seller" else None])

    def silent(case):
        return _reviewed_at(case) is None

    return ratio(
        refunds(shop),
        days(shop.as_of, 30),
        at=lambda case: case["applied_at"],
        exclude=[_before_ship, lambda case: bool(case["withdrawn"]) and silent(case)],
        unknown=lambda case: (
            silent(case) and there(case["finished_at"]) and case["last_actor"] in (None, "buyer", "platform")
        ),
        pending=lambda case: due(case) >= judged,
        hit=lambda case: at_most(reviewed(case), due(case)),
    )


def aftersale_score(shop):
    """Mean rating of the cases that have one, 90 days by their end."""
    return mean(
        refunds(shop),
        days(shop.as_of, 90),
        unit=100,
        at=_finished_at,
        where=lambda case: there(case["rating"]),
        exclude=[lambda case: in_holiday(case["finished_at"])],
        of=lambda case: round(100 * case["rating"]),
    )


def return_repair_rate(shop):
    """Returns, exchanges and repairs that came about ÷ pieces of completed orders."""
    categories = {order["order_id"]: order["category"] for order in jd_orders(shop)}

    def other(category):
        return category is not None and category.startswith(NOT_ASSESSED)

    return ratio_of(
        days(shop.as_of, 90),
        {
            "rows": refunds(shop),
            "at": lambda case: case["applied_at"],
            "where": lambda case: is_in(case["kind"], "return_refund", "exchange", "repair"),
            "exclude": [
                lambda case: other(categories.get(case["order_id"])),
                lambda case: is_in(case["status"], "closed"),
            ],
            "pending": lambda case: is_in(case["status"], "open"),
        },
        {
            "rows": jd_orders(shop),
            "at": lambda order: order["finished_at"],
            "where": lambda order: there(order["finished_at"]),
            "exclude": [lambda order: other(order["category"])],
            "weight": lambda order: order["item_count"],
        },
    )


def quality_refund_rate(shop):
    """Orders whose first case names quality ÷ paid orders."""
    return ratio_of(
        days(shop.as_of, 30),
        {
            "rows": refunds(shop),
            "at": lambda case: case["applied_at"],
            "where": lambda case: all_of(case["is_first_of_order"], is_in(case["first_class"], "quality")),
        },
        _paid(shop),
    )


def _paid(shop):
    return {"rows": jd_orders(shop), "at": clock_at, "where": is_paid}


# ── disputes ─────────────────────────────────────────────────────────────────────────────────────────────────────


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
        _paid(shop),
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
    return ratio_of(days(shop.as_of, 30), {"rows": _disputes(shop), "at": _opened_at, **rules}, _paid(shop))


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
