"""How likely a segment's excess is by chance alone: exact tails in plain arithmetic."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SMALLEST = 1e-300
_NEGLIGIBLE = 1e-17


def fisher_tail(bad: int, rows: int, total_bad: int, total_rows: int) -> float:
    """P(X ≥ bad) for the bad rows of a segment drawn from the shop without looking (Fisher's exact test, one-sided).

    1 where ``bad`` is not above its expectation: such segments are never of interest and the sum would be long.
    """
    if bad * total_rows <= rows * total_bad:
        return 1.0
    good = total_rows - total_bad
    start = _log_choose(total_bad, bad) + _log_choose(good, rows - bad) - _log_choose(total_rows, rows)
    return _tail(
        start,
        bad,
        min(rows, total_bad),
        lambda k: (total_bad - k) * (rows - k) / ((k + 1) * (good - rows + k + 1)),
    )


def binomial_tail(hits: int, draws: int, share: float) -> float:
    """P(X ≥ hits) of ``draws`` that each fall here with probability ``share``; 1 at or below the expectation."""
    if hits <= draws * share:
        return 1.0
    if share <= 0:
        return 0.0
    start = _log_choose(draws, hits) + hits * math.log(share) + (draws - hits) * math.log1p(-share)
    return _tail(start, hits, draws, lambda k: (draws - k) / (k + 1) * share / (1 - share))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _tail(log_first: float, first: int, last: int, step: Callable[[int], float]) -> float:
    """Sum of probabilities ``first`` to ``last``, each ``step(k)`` times the one before; it starts past the top."""
    term = total = 1.0
    for k in range(first, last):
        term *= step(k)
        total += term
        if term < _NEGLIGIBLE * total:
            break
    return min(math.exp(log_first + math.log(total)), 1.0)


def welch_tail(difference: float, here: tuple[float, int], there: tuple[float, int], phi: float = 1.0) -> float:
    """P(T ≥ t) for a difference of two means with (variance, rows) each (Welch, Biometrika 34, 1947).

    Its tail is Student's, of the degrees of freedom that Welch gives.
    """
    first, second = phi * here[0] / here[1], phi * there[0] / there[1]
    if difference <= 0:
        return 1.0
    if first + second <= 0:
        return 0.0
    freedom = (first + second) ** 2 / (first**2 / (here[1] - 1) + second**2 / (there[1] - 1))
    return student_tail(difference / math.sqrt(first + second), freedom)


def student_tail(t: float, freedom: float) -> float:
    """P(T ≥ t) of Student's t above zero.

    Wallace's normal deviate ``(8v+1)/(8v+3)·√(v·ln(1+t²/v))`` (Ann. Math. Stat. 30, 1959).
    """
    return _below(-(8 * freedom + 1) / (8 * freedom + 3) * math.sqrt(freedom * math.log1p(t * t / freedom)))


def normal_tail(difference: float, variance: float) -> float:
    """P(X ≥ difference) of a normal deviate about 0; 1 where it is not above 0 or nothing is known of its spread."""
    if difference <= 0 or not math.isfinite(variance):
        return 1.0
    return _below(-difference / math.sqrt(variance)) if variance > 0 else 0.0


def _below(deviate: float) -> float:
    """The normal tail by erfc: ``NormalDist.cdf`` is 0 from eight deviations on."""
    return math.erfc(-deviate / math.sqrt(2)) / 2


def deviate(chance: float) -> float:
    """The normal deviate whose upper tail a chance is."""
    return -NormalDist().inv_cdf(min(max(chance, _SMALLEST), 1 - math.ulp(1.0)))


def widened(chance: float, phi: float) -> float:
    """A tail as it would be were the deviate behind it divided by √φ: days that cluster say less."""
    if phi <= 1 or chance >= 1:
        return chance
    return _below(NormalDist().inv_cdf(max(chance, _SMALLEST)) / math.sqrt(phi))


def benjamini_hochberg(chances: Sequence[float], q: float) -> list[bool]:
    """Which of several tests to believe so that at most a share q of those believed is false, on average.

    Believed are the tests up to the largest rank i with ``p(i) ≤ q·i/m``.
    """
    limit = max((p for i, p in enumerate(sorted(chances), 1) if p <= q * i / len(chances)), default=-1.0)
    return [p <= limit for p in chances]
