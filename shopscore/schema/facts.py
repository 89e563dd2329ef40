"""The facts: what conditions in rule packs may name.

A fact column answers where an answer exists and is blank where the data cannot say. ``judged_at`` stands in every
fact: the moment up to which its tables can be trusted, ``min(as_of, seen_until)``.
"""

from shopscore.schema.columns import Bound, Column, Fact, Kind
from shopscore.schema.tables import LIABILITIES, REASON_CLASSES, TABLES

_DEFAULTED = {("orders", "kind")}
"""Columns that say something where no file gives them: an order of no kind is a spot order."""


def _own(table: str, *names: str) -> tuple[Column, ...]:
    """Columns taken over from the fact's own table as they are."""
    columns = TABLES[table].by_name
    return tuple(
        Column(
            name,
            columns[name].kind,
            columns[name].meaning,
            columns[name].words,
            sources=() if columns[name].needed or (table, name) in _DEFAULTED else (f"{table}.{name}",),
            rewinds=name not in _FROZEN,
        )
        for name in names
    )


_FROZEN = {
    "status",
    "liability",
    "outcome",
    "withdrawn",
    "last_actor",
    "escalated",
    "escalated_by",
    "appeal_won",
    "removed",
    "reason_class",
    "is_blocked",
    "finished_by",
}
"""Columns that hold the state of today only: for an earlier ``as_of`` nobody knows what they were.

``cancelled_by`` is none of them: it is settled with ``cancelled_at``, which is blanked where it came later.
"""


def _new(name: str, kind: Kind, meaning: str, *sources: str, words: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, meaning, words, sources=sources)


def _bound(step: str, bound: Bound, meaning: str, *sources: str) -> Column:
    return Column(f"{step}_{bound}", "time", meaning, bound=bound, sources=sources)


def _frozen(name: str, kind: Kind, meaning: str, *sources: str) -> Column:
    return Column(name, kind, meaning, sources=sources, rewinds=False)


def _by_pack(name: str, kind: Kind, meaning: str) -> Column:
    return Column(name, kind, meaning, by_pack=True)


_JUDGED = _new("judged_at", "time", "the moment up to which this fact's tables can be trusted")
_PICKED = ("orders.picked_up_at", "shipments.picked_up_at")
_SEEN = ("sightings.picked_up_by", "sightings.waiting_after")
_SIGNED = ("orders.delivered_at", "shipments.delivered_at")
_REFUND_KINDS = TABLES["refunds"].by_name["kind"].words

_CLOCK = (
    _by_pack("clock_at", "time", "when the shipping clock starts (payment, unless the platform says otherwise)"),
    _new("promise_at", "time", "promised_ship_at, else clock_at + promised_ship_hours; blank without a promise"),
    _by_pack("ship_deadline_at", "time", "the moment by which the platform wants the order picked up"),
    _by_pack(
        "buyer_weight",
        "number",
        "how much the platform lets this buyer weigh; 1 unless the pack says otherwise",
    ),
)

ORDERS = Fact(
    "orders",
    "order_id",
    "One row per order, its lines and parcels folded in.",
    "orders",
    (
        *_own("orders", "order_id", "buyer_id", "buyer_level", "kind", "status"),
        *_own("orders", "created_at", "paid_at", "risk_cleared_at", "grouped_at"),
        _new(
            "promised_ship_at",
            "time",
            "the earliest promise of its lines",
            "orders.promised_ship_at",
            "order_lines.promised_ship_at",
        ),
        _new(
            "promised_ship_hours",
            "number",
            "hours from the clock's start in which to ship",
            "orders.promised_ship_hours",
        ),
        *_CLOCK,
        _new(
            "shipped_at",
            "time",
            "the seller clicked ship (the last line)",
            "orders.shipped_at",
            "order_lines.shipped_at",
        ),
        _new("picked_up_at", "time", "the last parcel's first scan; blank while one parcel lacks it", *_PICKED),
        _new("delivered_at", "time", "the last parcel was signed for", *_SIGNED),
        _bound("shipped", "after", "an export of then shows it not shipped yet", "sightings.shipped_after"),
        _bound("shipped", "by", "an export of then shows it shipped; no time is known", "sightings.shipped_by"),
        _bound("picked_up", "after", "an export of then shows it not picked up yet", "sightings.picked_up_after"),
        _bound("picked_up", "by", "an export of then shows it picked up; no time is known", *_SEEN),
        *_own("orders", "promised_deliver_at", "finished_at", "finished_by", "cancelled_at", "cancelled_by"),
        _new("is_paid", "flag", "paid_at is there", "orders.paid_at"),
        _new("is_due", "flag", "ship_deadline_at has passed at judged_at"),
        _new(
            "pickup_state",
            "text",
            "unrecorded: no scan data covers this order's time and carrier",
            *_PICKED,
            words=("done", "not_done", "unrecorded"),
        ),
        _new(
            "delivery_state",
            "text",
            "unrecorded: no signature data covers this order's time and carrier",
            *_SIGNED,
            words=("done", "not_done", "unrecorded"),
        ),
        _new("pickup_seconds", "integer", "clock_at to picked_up_at", *_PICKED),
        _new(
            "click_seconds",
            "integer",
            "clock_at to shipped_at; without any shipping time the status still says who never clicked",
            "orders.shipped_at",
            "order_lines.shipped_at",
            "orders.status",
            "order_lines.status",
        ),
        _new("delivery_seconds", "integer", "clock_at to delivered_at", *_SIGNED),
        _new("ship_allowed_seconds", "integer", "clock_at to ship_deadline_at"),
        _new("first_refund_applied_at", "time", "the order's first refund application", "refunds.applied_at"),
        _new(
            "first_refund_reason_class",
            "text",
            "the first reason of the order's first refund",
            "refunds.first_reason_class",
            "refunds.reason_class",
            words=REASON_CLASSES,
        ),
        _new("has_refund", "flag", "a refund was applied for", "refunds.applied_at"),
        _new("parcel_count", "integer", "parcels known", "shipments.order_id", "shipments.tracking_no"),
        _new("no_logistics", "flag", "shipped without a carrier", "shipments.no_logistics"),
        _new("is_exempt", "flag", "excused by the platform or listed in shop.yaml", "shipments.exempt_reason"),
        *_own(
            "orders",
            "amount",
            "item_count",
            "product_id",
            "sku",
            "category",
            "warehouse",
            "carrier",
            "region",
            "ship_origin",
        ),
        _new("hour", "integer", "hour of clock_at, 0 to 23"),
        _new("weekday", "integer", "weekday of clock_at, 1 Monday to 7 Sunday"),
        _JUDGED,
    ),
)

LINES = Fact(
    "lines",
    "line_id",
    "One row per sub-order: the platforms' paid transaction.",
    "orders",
    (
        _new("line_id", "id", "the line's number, the order's where it has no lines"),
        *_own("orders", "order_id", "buyer_id", "buyer_level", "kind", "status", "created_at", "paid_at"),
        *_CLOCK,
        _new("shipped_at", "time", "the seller clicked ship", "orders.shipped_at", "order_lines.shipped_at"),
        _new("delivered_at", "time", "the order's last parcel was signed for", *_SIGNED),
        *_own("orders", "finished_at", "cancelled_at", "cancelled_by"),
        _new("is_paid", "flag", "paid_at is there", "orders.paid_at"),
        _new("first_refund_applied_at", "time", "the line's first refund application", "refunds.applied_at"),
        _new(
            "first_refund_reason_class",
            "text",
            "the first reason of the line's first refund",
            "refunds.first_reason_class",
            "refunds.reason_class",
            words=REASON_CLASSES,
        ),
        _new("has_refund", "flag", "a refund was applied for", "refunds.applied_at"),
        *_own("orders", "amount", "product_id", "sku", "category", "warehouse", "carrier", "region"),
        _new("hour", "integer", "hour of clock_at, 0 to 23"),
        _new("weekday", "integer", "weekday of clock_at, 1 Monday to 7 Sunday"),
        _JUDGED,
    ),
)

PARCELS = Fact(
    "parcels",
    "shipment_id",
    "One row per parcel of an order.",
    "orders",
    (
        _new("shipment_id", "id", "the parcel's number, its tracking number, else the order's"),
        *_own("orders", "order_id", "kind", "created_at", "paid_at"),
        *_CLOCK,
        *_own("orders", "carrier", "warehouse", "region", "tracking_no"),
        _new("waybill_at", "time", "the tracking number was entered", "shipments.waybill_at"),
        _new("picked_up_at", "time", "the first scan", *_PICKED),
        _new("delivered_at", "time", "signed for", *_SIGNED),
        _new("pickup_seconds", "integer", "clock_at to picked_up_at", *_PICKED),
        _new("transit_seconds", "integer", "picked_up_at to delivered_at", *_SIGNED),
        _new("no_logistics", "flag", "shipped without a carrier", "shipments.no_logistics"),
        _new("is_exempt", "flag", "excused by the platform", "shipments.exempt_reason"),
        _JUDGED,
    ),
)

REFUNDS = Fact(
    "refunds",
    "refund_id",
    "One row per refund case, its stages measured.",
    "refunds",
    (
        *_own("refunds", "refund_id", "order_id", "line_id"),
        _new("kind", "text", "what the buyer asks for", "refunds.kind", words=_REFUND_KINDS),
        *_own("refunds", "stage", "status", "reason_class"),
        _new(
            "first_reason_class",
            "text",
            "the first reason's class; the present one's where the first is not kept",
            "refunds.first_reason_class",
            "refunds.reason_class",
            words=REASON_CLASSES,
        ),
        _new("reason", "text", "the reason as the platform words it", "refunds.reason", "refunds.first_reason"),
        *_own("refunds", "applied_at", "first_response_at", "first_refused_at", "agreed_at", "returned_at"),
        *_own("refunds", "return_picked_up_at", "return_signed_at", "finished_at", "last_actor", "withdrawn"),
        _frozen("escalated", "flag", "the platform was called in", "refunds.escalated", "refunds.escalated_at"),
        *_own("refunds", "escalated_at", "escalated_by", "liability", "amount", "rating"),
        _frozen("is_success", "flag", "the money went back", "refunds.status"),
        _frozen("is_finished", "flag", "success, or closed with an end time and not withdrawn", "refunds.status"),
        _frozen(
            "is_self_finished",
            "flag",
            "finished, and the last step was the seller's or the system's, not the platform's",
            "refunds.last_actor",
        ),
        _new("is_first_of_order", "flag", "the order's first case"),
        _new("apply_to_finish_seconds", "integer", "applied_at to finished_at", "refunds.finished_at"),
        _new("apply_to_agree_seconds", "integer", "applied_at to agreed_at", "refunds.agreed_at"),
        _new("apply_to_refuse_seconds", "integer", "applied_at to first_refused_at", "refunds.first_refused_at"),
        _new(
            "apply_to_response_seconds",
            "integer",
            "applied_at to the first of response, agreement and refusal",
            "refunds.first_response_at",
            "refunds.agreed_at",
            "refunds.first_refused_at",
        ),
        _new(
            "return_transit_seconds",
            "integer",
            "the return's way: returned_at to return_signed_at",
            "refunds.return_signed_at",
        ),
        _new(
            "signed_to_finish_seconds",
            "integer",
            "return_signed_at to finished_at",
            "refunds.return_signed_at",
        ),
        Column(
            "state",
            "text",
            "where the case stands in the after-sale state machine",
            ("applied", "agreed", "returned", "received", "refunded", "refused", "intervened", "closed"),
            rewinds=False,
        ),
        _new("history_ok", "flag", "its steps are a path of the after-sale state machine"),
        _new(
            "order_kind",
            "text",
            "the order's kind",
            words=TABLES["orders"].by_name["kind"].words,
        ),
        _new("order_paid_at", "time", "the order was paid", "orders.paid_at"),
        _new("order_shipped_at", "time", "the order was shipped", "orders.shipped_at", "order_lines.shipped_at"),
        _new("order_delivered_at", "time", "the order was signed for", *_SIGNED),
        _new("buyer_level", "text", "the buyer's grade", "orders.buyer_level"),
        _by_pack(
            "buyer_weight",
            "number",
            "how much the platform lets this buyer weigh; 1 unless the pack says otherwise",
        ),
        _new("product_id", "id", "the product", "orders.product_id", "order_lines.product_id"),
        _new("sku", "id", "the variant", "orders.sku", "order_lines.sku"),
        _new("category", "text", "the product's category", "orders.category"),
        _new("carrier", "text", "the outbound carrier", "orders.carrier"),
        _new("warehouse", "text", "the warehouse", "orders.warehouse"),
        _new("hour", "integer", "hour of applied_at, 0 to 23"),
        _new("weekday", "integer", "weekday of applied_at, 1 Monday to 7 Sunday"),
        _JUDGED,
    ),
)

DISPUTES = Fact(
    "disputes",
    "case_id",
    "One row per request for the platform's help: disputes and called-in refunds, one case once an order.",
    "disputes",
    (
        _new("case_id", "id", "the dispute's number, else the refund's"),
        _new("order_id", "id", "the order", "disputes.order_id", "refunds.order_id"),
        _new("refund_id", "id", "the refund of the same order", "refunds.refund_id"),
        *_own("disputes", "kind", "outcome"),
        _new("opened_at", "time", "the platform was called in", "disputes.opened_at", "refunds.escalated_at"),
        _new(
            "opened_by",
            "text",
            "who called it in",
            "disputes.opened_by",
            "refunds.escalated_by",
            words=("buyer", "seller", "platform"),
        ),
        _new("closed_at", "time", "the case was closed", "disputes.closed_at", "refunds.finished_at"),
        _frozen("is_closed", "flag", "closed_at is there"),
        Column(
            "liability",
            "text",
            "whom the platform found at fault",
            LIABILITIES,
            sources=("disputes.liability", "refunds.liability"),
            rewinds=False,
        ),
        _frozen("withdrawn", "flag", "the buyer took it back", "disputes.withdrawn", "refunds.withdrawn"),
        *_own("disputes", "appeal_won", "trusted_buyer", "settled_after_human_step"),
        _frozen("refund_closed", "flag", "the refund behind it ended without money going back", "refunds.status"),
        _new("seller_refused", "flag", "the seller had refused the refund", "refunds.first_refused_at"),
        _new("product_id", "id", "the product", "orders.product_id"),
        _new("sku", "id", "the variant", "orders.sku"),
        _new("carrier", "text", "the outbound carrier", "orders.carrier"),
        _new("warehouse", "text", "the warehouse", "orders.warehouse"),
        _JUDGED,
    ),
)

REVIEWS = Fact(
    "reviews",
    "review_id",
    "One row per review.",
    "reviews",
    (
        _new("review_id", "id", "the review's number, else the order's"),
        *_own("reviews", "order_id", "buyer_id", "product_id", "sku", "created_at", "stars"),
        *_own("reviews", "description_stars", "service_stars", "logistics_stars"),
        *_own("reviews", "is_default", "is_first", "removed", "replied_at"),
        _new("order_finished_at", "time", "the deal succeeded", "orders.finished_at"),
        _new("finish_to_review_seconds", "integer", "the deal's success to the review", "orders.finished_at"),
        _new(
            "deal_rank_in_month",
            "integer",
            "1 for the buyer's first deal of that calendar month here, by payment",
            "orders.paid_at",
        ),
        _new("recency_rank", "integer", "1 for the buyer's newest review here", "reviews.buyer_id", "orders.buyer_id"),
        _new("hour", "integer", "hour of created_at, 0 to 23"),
        _JUDGED,
    ),
)

_CHAT_HOURS = (
    _new("hour", "integer", "hour of the question, 0 to 23"),
    _new("weekday", "integer", "weekday of the question, 1 Monday to 7 Sunday"),
    _new(
        "in_service_hours",
        "flag",
        "asked inside the service hours: the opening second in, the closing one out",
    ),
)

SESSIONS = Fact(
    "sessions",
    "session_id",
    "One row per conversation, as exported or as the pack splits them.",
    "messages",
    (
        _new("session_id", "id", "the conversation's number"),
        _new("buyer_id", "id", "the buyer's pseudonym"),
        _new("agent_id", "text", "the agent", "sessions.agent_id", "messages.agent_id"),
        _new("started_at", "time", "the conversation began"),
        _new("closed_at", "time", "it was closed, else its last line"),
        _new("asked_at", "time", "the buyer's first line", "messages.sent_at"),
        _new("answered_at", "time", "the first valid answer after it", "messages.sent_at"),
        _new("reply_seconds", "integer", "asked_at to answered_at", "messages.sent_at"),
        _new("queued_at", "time", "it entered the human queue", "sessions.queued_at"),
        _new(
            "queue_seconds",
            "integer",
            "queued_at to answered_at; from asked_at where no queue is recorded",
            "messages.sent_at",
        ),
        _new("is_offline", "flag", "no agent was there", "sessions.is_offline", "messages.agent_online"),
        _new("is_transfer", "flag", "handed over by another agent", "sessions.is_transfer"),
        _new("rating", "number", "the buyer's rating, 1 to 5", "sessions.rating"),
        _new("message_count", "integer", "lines", "messages.sent_at"),
        *_CHAT_HOURS,
        _JUDGED,
    ),
)

ROUNDS = Fact(
    "rounds",
    "round_id",
    "One row per round: from the buyer's first unanswered line to the first valid answer, closed at midnight.",
    "messages",
    (
        _new("round_id", "id", "pseudonym and moment of the question"),
        _new("buyer_id", "id", "the buyer's pseudonym"),
        _new("session_id", "id", "the conversation the question stands in", "messages.session_id"),
        _new("agent_id", "text", "who answered, else who was assigned", "messages.agent_id"),
        _new("asked_at", "time", "the first unanswered line"),
        _new("answered_at", "time", "the first valid answer before the round closes"),
        _new("closes_at", "time", "the round's end where no answer comes: the next midnight"),
        _new("reply_seconds", "integer", "asked_at to answered_at; blank while unanswered"),
        _new("is_answered", "flag", "a valid answer came before the round closed"),
        _new("answered_in_service_hours", "flag", "the answer came inside the service hours"),
        _new("first_of_day", "flag", "opens with the buyer's first line of that day"),
        _new(
            "agent_online",
            "flag",
            "an agent was online at the question; blank means yes",
            "messages.agent_online",
        ),
        *_CHAT_HOURS,
        _JUDGED,
    ),
)

BUYER_DAYS = Fact(
    "buyer_days",
    "buyer_day_id",
    "One row per buyer and day with a question.",
    "messages",
    (
        _new("buyer_day_id", "id", "pseudonym and day"),
        _new("buyer_id", "id", "the buyer's pseudonym"),
        _new("asked_at", "time", "the buyer's first line of the day"),
        _new("answered_at", "time", "the first valid answer after it on that day"),
        _new("reply_seconds", "integer", "asked_at to answered_at; blank while unanswered"),
        _new("agent_id", "text", "who answered, else who was assigned", "messages.agent_id"),
        _new("buyer_level", "text", "the buyer's grade, as on the newest order", "orders.buyer_level"),
        _new("round_count", "integer", "rounds of that day"),
        _new("slowest_reply_seconds", "integer", "the slowest answered round of the day"),
        _new("unanswered_count", "integer", "rounds that stayed without a valid answer"),
        _new(
            "agent_online",
            "flag",
            "an agent was online at the first line; blank means yes",
            "messages.agent_online",
        ),
        *_CHAT_HOURS,
        _JUDGED,
    ),
)

FACTS: dict[str, Fact] = {
    fact.name: fact for fact in (ORDERS, LINES, PARCELS, REFUNDS, DISPUTES, REVIEWS, SESSIONS, ROUNDS, BUYER_DAYS)
}
