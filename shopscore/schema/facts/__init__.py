"""The facts: what conditions in rule packs may name.

A fact column answers where an answer exists and is blank where the data cannot say. ``judged_at`` stands in every
fact: the moment up to which its tables can be trusted, ``min(as_of, seen_until)``.
"""

from shopscore.schema.columns import Fact
from shopscore.schema.facts.accounts import AGENT_DAYS, BILLS, LISTINGS, SHOWN, TRAFFIC, VIOLATIONS
from shopscore.schema.facts.cases import DECISION_DAYS, DISPUTES, OPENED, REFUNDS, REVIEWS
from shopscore.schema.facts.chats import BUYER_DAYS, ROUNDS, SESSIONS
from shopscore.schema.facts.orders import LINES, ORDERS, PARCELS

__all__ = ["FACTS", "OPENED"]

FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        *(ORDERS, LINES, PARCELS, REFUNDS, DECISION_DAYS, DISPUTES, REVIEWS, SESSIONS, ROUNDS, BUYER_DAYS),
        *(LISTINGS, TRAFFIC, VIOLATIONS, AGENT_DAYS, BILLS, SHOWN),
    )
}
