"""What was worked out here, held against what the product says."""

import json
from datetime import date
from math import isclose

from .figure import Figure


class NotTheSame(Exception):
    """The two cannot be held against one another; the text says why."""


def read_product(path, about, on):
    """The figures that `manage.py indicators --format json` printed, of the same partnership, day and moment."""
    with open(path, encoding="utf-8") as file:
        said = json.load(file)
    if said["partnership"] != about["partnership"] or date.fromisoformat(said["as_at"]) != on:
        raise NotTheSame(f"{path} is of {said['partnership']} on {said['as_at']}, and not of what was asked.")
    if (said["known_at"] == "now") != (about["known_at"] == ""):
        raise NotTheSame(f"{path} is as known {said['known_at']}, and the facts are not.")
    return [Figure(*(each[name] for name in Figure.__dataclass_fields__)) for each in said["figures"]]


def differences(ours, theirs, *, only_theirs):
    """Pairs that differ, ours first; None where one side says nothing.

    `only_theirs`: as known at an earlier moment the product says less, and what it does not say is not compared.
    """
    mine = {(each.indicator, each.part): each for each in ours}
    product = {(each.indicator, each.part): each for each in theirs}
    for key in sorted(product if only_theirs else mine.keys() | product.keys()):
        one, other = mine.get(key), product.get(key)
        is_a_part = key[1] != ""
        if not _equal(one, other) and not (is_a_part and _is_nothing(one) and _is_nothing(other)):
            yield key, one, other


def _equal(one, other):
    if one is None or other is None:
        return False
    if (one.numerator, one.denominator) != (other.numerator, other.denominator):
        return False
    if one.value is None or other.value is None:
        return one.value is other.value
    return isclose(one.value, other.value, abs_tol=1e-9)


def _is_nothing(figure):
    """Nobody of nobody: a part that one side prints and the other leaves out."""
    return figure is None or (figure.numerator in (0, None) and figure.denominator in (0, None) and not figure.value)
