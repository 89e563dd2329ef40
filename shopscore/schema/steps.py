"""How far an order has come: what each position says has happened, and what it says has not."""

STEPS = ("shipped", "picked_up")
"""The steps of an order that some exports leave without a time; ``<step>_at`` is the time."""
BRACKETS = (*STEPS, "waiting")
"""What is seen to be over between two exports: a step, or the wait for the carrier (see `GONE_ON`)."""

REACHED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "to_ship": ((), ("shipped", "picked_up")),
    "to_pick_up": (("shipped",), ("picked_up",)),
    "shipped": (("shipped",), ()),
    "picked_up": (("shipped", "picked_up"), ()),
}
"""Position → steps taken, steps not taken yet; of the others it does not speak.

Steps are the whole order's: shipped with its last line, picked up with its last parcel. A platform that waits for the
seller to ship knows of no parcel, so ``to_ship`` denies the pick-up too. ``shipped`` is for wordings that say no more
than that the seller has clicked; a deal that succeeded is among them, which it can by timeout without any scan.
"""

WAITING = "to_pick_up"
"""The position of a parcel that waits for its carrier."""
GONE_ON = ("shipped", "picked_up")
"""Positions at which no parcel waits for its carrier: an order seen waiting before has been picked up since."""
