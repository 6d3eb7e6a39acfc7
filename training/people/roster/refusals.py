"""Why rows were refused or noted, in the words of the file's own columns; how often each; and as a list for IT."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from training.people.models import RosterImport, RosterRow
from training.people.models.roster import RowKind

from .headers import ALIASES

HEAD = ("Row", "Employee reference", "Why")
_NAMES = "|".join(name for name in ALIASES if "_" in name)
_FIELD = re.compile(rf"^(?:fte|status|team)\b|\b(?:{_NAMES})\b")
_SAID = re.compile(r":? '.*?'(?= |$)|(?<=_date) \d{4}-\d\d-\d\d|: write it as .*")  # what a cell says, and days
_TWO_DAYS = re.compile(r" could be .*")
_ROWS = re.compile(r"row \d+(, \d+)*")
NOTE = "was left out"


def headers_of(seen: RosterImport) -> dict[str, str]:
    """The file's own name of each field."""
    return dict(seen.columns)


def in_own_words(reason: str, headers: Mapping[str, str]) -> str:
    """A reason with the file's own names of columns in place of ours."""
    return _FIELD.sub(lambda found: headers.get(found[0], found[0]), reason)


def kind_of(reason: str) -> str:
    """A reason without what is particular to one row, so that rows with the same fault can be counted."""
    return _ROWS.sub("another row", _TWO_DAYS.sub(" could be two days", _SAID.sub("", reason)))


def by_reason(reasons: Iterable[Iterable[str]], headers: Mapping[str, str]) -> list[tuple[str, int]]:
    """Each kind of fault with how many rows have it; what most have comes first. What is only noted is none."""
    faults = ({kind_of(reason) for reason in row if not reason.endswith(NOTE)} for row in reasons)
    found = Counter(kind for kinds in faults for kind in kinds)
    return [(in_own_words(kind, headers), count) for kind, count in sorted(found.items(), key=lambda it: (-it[1], it))]


def refused_by_reason(seen: RosterImport) -> list[tuple[str, int]]:
    """The same of the refused rows of a file."""
    return by_reason(_refused(seen).values_list("reasons", flat=True).iterator(5000), headers_of(seen))


def refused_lines(seen: RosterImport) -> Iterator[tuple[Any, ...]]:
    """Every refused row as a line under HEAD: its number, the reference and why. No name is in it."""
    headers = headers_of(seen)
    rows = _refused(seen).order_by("number").values_list("number", "employee_ref", "reasons")
    for number, ref, reasons in rows.iterator(5000):
        yield number, ref, "; ".join(in_own_words(reason, headers) for reason in reasons)


def _refused(seen: RosterImport):  # type: ignore[no-untyped-def]
    return RosterRow.objects.of(seen).filter(kind=RowKind.REFUSED)
