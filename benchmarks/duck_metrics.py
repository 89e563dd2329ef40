"""What the yardstick counts: each metric's rows, window and fates, as SQL over the tables that `duck` makes."""

from __future__ import annotations

from dataclasses import dataclass

OTHER_CASES = "kind IN ('exchange', 'repair', 'resend')"
KINDS = "'virtual', 'service', 'custom', 'o2o', 'crowdfunding'"


@dataclass(frozen=True)
class Side:
    """One side of a metric: the table it counts, the day of its rows, their fate, and what is summed."""

    metric: str
    table: str
    at: str
    days: tuple[int, int]
    fate: str
    x: str = "NULL"
    side: str = ""


def _pickup(metric: str, days: tuple[int, int], hit: str, pending: str) -> Side:
    return Side(
        metric,
        "f_orders",
        "clock_at",
        days,
        f"""CASE WHEN clock_at IS NULL THEN NULL
            WHEN kind IN ({KINDS}) THEN 'excluded.kind_not_assessed'
            WHEN refund_at < picked_up_at OR (refund_at IS NOT NULL AND pickup_state = 'not_done')
              THEN 'excluded.refunded_before_pickup'
            WHEN kind = 'cod' AND cancelled_at IS NOT NULL THEN 'excluded.cod_cancelled'
            WHEN pickup_state = 'unrecorded' THEN 'unknown'
            WHEN {pending} THEN 'pending' WHEN {hit} THEN 'hit' ELSE 'miss' END""",
    )


def _replies(metric: str, fate: str, where: str = "TRUE") -> Side:
    return Side(
        metric,
        "f_rounds",
        "asked_at",
        (30, 1),
        f"""CASE WHEN NOT ({where}) THEN NULL
            WHEN NOT in_hours THEN 'excluded.outside_service_hours' {fate} ELSE 'miss' END""",
    )


THREE_MINUTES = """WHEN asked_at + INTERVAL 3 MINUTE >= judged_at THEN 'pending'
                   WHEN reply_seconds <= 180 THEN 'hit'"""
UNANSWERED = "WHEN closes_at >= judged_at THEN 'pending' WHEN answered_at IS NULL THEN 'hit'"


def _handled(metric: str, where: str) -> Side:
    fate = f"""CASE WHEN NOT (is_finished AND {where}) THEN NULL
        WHEN NOT by_seller THEN 'excluded.finished_by_platform'
        WHEN by_seller IS NULL THEN 'unknown' ELSE 'counted' END"""
    return Side(metric, "f_refunds", "finished_at", (30, 1), fate, "finish_seconds")


METRICS = {
    "tmall": (
        _pickup(
            "pickup_48h_rate",
            (33, 4),
            "date_diff('second', clock_at, picked_up_at) <= date_diff('second', clock_at, deadline_48)",
            "NOT deadline_48 < judged_at",
        ),
        _pickup("pickup_24h_rate", (32, 3), "picked_up_at <= deadline_24", "deadline_24 >= judged_at"),
        Side(
            "arrival_hours",
            "f_orders",
            "delivered_at",
            (30, 1),
            "CASE WHEN clock_at IS NOT NULL AND delivered_at IS NOT NULL THEN 'counted' END",
            "date_diff('second', clock_at, delivered_at)",
        ),
        _replies("ww_3min_rate", THREE_MINUTES),
        _replies("unanswered_rate", UNANSWERED),
        _handled("refund_only_hours", "kind = 'refund_only'"),
        _handled("return_refund_hours", "kind = 'return_refund'"),
        Side(
            "self_finish_rate",
            "f_refunds",
            "finished_at",
            (30, 1),
            f"""CASE WHEN NOT is_finished THEN NULL WHEN {OTHER_CASES} THEN 'excluded.exchange'
               WHEN last_actor IS NULL THEN 'unknown'
               WHEN by_seller THEN 'hit' ELSE 'miss' END""",
        ),
        Side(
            "refund_rate",
            "f_refunds",
            "finished_at",
            (31, 2),
            f"""CASE WHEN status NOT IN ('success', 'closed') THEN NULL
                WHEN status = 'closed' THEN 'excluded.withdrawn_or_failed'
                WHEN {OTHER_CASES} THEN 'excluded.exchange' ELSE 'counted' END""",
            side="n",
        ),
        Side(
            "refund_rate",
            "f_orders",
            "paid_at",
            (31, 2),
            "CASE WHEN paid_at IS NOT NULL THEN 'counted' END",
            side="d",
        ),
    ),
    "1688": (
        Side(
            "pickup_48h_rate",
            "f_orders",
            "clock_at",
            (30, 1),
            """CASE WHEN clock_at IS NULL OR kind NOT IN ('spot', 'custom', 'cod') THEN NULL
               WHEN cancelled_at IS NOT NULL AND cancelled_by = 'buyer' AND picked_up_at IS NULL
                 THEN 'excluded.buyer_cancelled'
               WHEN pickup_state = 'unrecorded' THEN 'unknown'
               WHEN clock_at + INTERVAL 48 HOUR >= judged_at THEN 'pending'
               WHEN date_diff('second', clock_at, picked_up_at) <= 172800 THEN 'hit' ELSE 'miss' END""",
        ),
        _replies("ww_3min_rate", THREE_MINUTES, "first_of_day"),
        _replies("unanswered_rate", UNANSWERED, "first_of_day"),
        Side(
            "unshipped_refund_hours",
            "f_refunds",
            "finished_at",
            (30, 1),
            "CASE WHEN is_finished AND stage = 'before_ship' THEN 'counted' END",
            "finish_seconds",
        ),
        Side(
            "quality_refund_rate",
            "f_refunds",
            "applied_at",
            (30, 1),
            "CASE WHEN is_first AND first_reason_class = 'quality' THEN 'counted' END",
            side="n",
        ),
        Side(
            "quality_refund_rate",
            "f_orders",
            "clock_at",
            (30, 1),
            "CASE WHEN clock_at IS NOT NULL THEN 'counted' END",
            side="d",
        ),
    ),
}
CHATS = {
    "tmall": {
        "answers": "(sender = 'human' OR (sender = 'bot' AND bot_mode = 'assist'))",
        "kept": "NOT is_blocked",
        "opens": "08:00:00",
        "closes": "23:00:00",
    },
    "1688": {"answers": "sender = 'human'", "kept": "TRUE", "opens": "09:00:00", "closes": "21:00:00"},
}
