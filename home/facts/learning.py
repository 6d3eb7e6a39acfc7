"""What was completed, and what became of it; what surveys say, as counts."""

from collections.abc import Iterator

from courses.models import LocalService, SurveyCount
from training.ledger.models import Entry, EntryQuerySet, Method

from .rosters import WHY
from .rules import MODULE
from .table import Asked, Column, Row, Table, streamed

REGISTER = "equivalence:"


def _entries(asked: Asked, kind: Entry.Kind) -> EntryQuerySet:
    rows = Entry.objects.everywhere(reason=WHY).filter(partnership=asked.partnership, kind=kind)
    return rows.filter(recorded_at__lte=asked.moment).order_by("number")


def _completions(asked: Asked) -> Iterator[Row]:
    rows = _entries(asked, Entry.Kind.COMPLETION).filter(completed_on__lte=asked.as_at)
    fields = ("number", "person_id", "module__code", "completed_on", "agency_id", "minutes", "method", "source")
    for *said, method, source in streamed(rows, *fields):
        is_in_register = method == Method.EQUIVALENCE and source.startswith(REGISTER)
        yield *said, method, source.removeprefix(REGISTER) if is_in_register else None


def _voids(asked: Asked) -> Iterator[Row]:
    return streamed(_entries(asked, Entry.Kind.VOID), "target__number")


def _revocations(asked: Asked) -> Iterator[Row]:
    return streamed(_entries(asked, Entry.Kind.REVOCATION), "target__number", "effective_on")


def _surveys(asked: Asked) -> Iterator[Row]:
    rows = SurveyCount.objects.filter(course__module__pathway__partnership=asked.partnership)
    ordered = rows.order_by("course", "statement", "month", "pk")
    return streamed(ordered, "course_id", "statement", "month", "before", "after", "people")


def _services(asked: Asked) -> Iterator[Row]:
    rows = LocalService.objects.filter(partnership=asked.partnership)
    for pk, checked_on, said_by, opening, phone, website in streamed(
        rows, "pk", "checked_on", "said_by", "opening", "phone", "website"
    ):
        yield pk, checked_on, said_by == "", opening != "", phone != "", website != ""


ENTRY = Column("completion", "entry", "Its number in the partnership's ledger")

TABLES = (
    Table(
        "completions",
        "Completions of the partnership's modules up to the day of the bundle, voided ones among them, as the ledger "
        "numbers them (`manage.py verify_ledger` walks its chain).",
        (
            ENTRY,
            Column("person", "person", "Whose: the record it was written for"),
            MODULE,
            Column("completed_on", "day", "The day in London"),
            Column("agency", "agency", "Where they worked then; empty: nowhere in particular"),
            Column("minutes", "number", "How long it took; empty: as the module says"),
            Column("method", "code", "online, event, import, evidence, equivalence, observed, declared or launch"),
            Column("equivalence", "register", "The entry of the register by which an outside course counts"),
        ),
        _completions,
    ),
    Table("voids", "Completions that never happened.", (ENTRY,), _voids),
    Table(
        "revocations",
        "Completions that stopped counting.",
        (ENTRY, Column("effective_on", "day", "The first day on which it counts no more")),
        _revocations,
    ),
    Table(
        "survey_counts",
        "How many people of a course felt so before it and so after it, from 1 to 5. Nobody's answers, but small "
        "numbers: never publish a row.",
        (
            Column("course", "course", "The course"),
            Column("statement", "code", "The key of what was asked"),
            Column("month", "day", "The first day of the month in which they finished"),
            Column("before", "number", "How sure before"),
            Column("after", "number", "How sure after"),
            Column("people", "number", "How many"),
        ),
        _surveys,
    ),
    Table(
        "services",
        "Local services in the directory.",
        (
            Column("service", "service", "The service"),
            Column("checked_on", "day", "When somebody last rang or looked"),
            Column("is_confirmed", "flag", "1: a second person stands for what it says"),
            Column("has_hours", "flag", "1: it says when it answers"),
            Column("has_phone", "flag", "1: it has a number"),
            Column("has_website", "flag", "1: it has a page"),
        ),
        _services,
    ),
)
