"""Answers that may be blank: ``True``, ``False`` or ``None`` for "the data cannot say".

A conjunction with one false part is false whatever the blanks; a disjunction with one true part is true.
"""

from __future__ import annotations


def all_of(*flags):
    if any(flag is False for flag in flags):
        return False
    return None if any(flag is None for flag in flags) else True


def any_of(*flags):
    if any(flag is True for flag in flags):
        return True
    return None if any(flag is None for flag in flags) else False


def no(flag):
    return None if flag is None else not flag


def there(value):
    return value is not None


def is_in(value, *words):
    return None if value is None else value in words


def at_most(left, right):
    return None if left is None or right is None else left <= right


def before(left, right):
    return None if left is None or right is None else left < right


def either(value, instead):
    """The value, or what stands in where it is blank."""
    return instead if value is None else value


def seconds(start, end):
    return None if start is None or end is None else round((end - start).total_seconds())


def plus(left, right):
    return None if left is None or right is None else left + right


def least(values):
    """The least of the values that are there."""
    known = [value for value in values if value is not None]
    return min(known) if known else None


def last_of_all(values):
    """The latest value, blank while one is missing."""
    values = list(values)
    return max(values) if values and None not in values else None
