"""What agencies promised, returned and declared; what was given from outside; which figures packs explained."""

from collections.abc import Iterator

from training.boards.contents import Contents
from training.boards.models import Snapshot
from training.boards.outcome_parts import is_collected
from training.pledges.models import Charter, Pledge
from training.returns.models import HeadCount, ReturnTerms, ReturnVersion
from training.strategy.models import IndicatorValue

from .rosters import AGENCY, members
from .table import Asked, Column, Row, Table, streamed


def _charters(asked: Asked) -> Iterator[Row]:
    return streamed(Charter.objects.filter(partnership=asked.partnership, named_at__lte=asked.moment), "named_at")


def _pledges(asked: Asked) -> Iterator[Row]:
    rows = asked.known(Pledge.objects.filter(partnership=asked.partnership)).order_by("made_on", "pk")
    days = ("made_on", "review_on", "withdrawn_on")
    flags = ("is_none", "is_confirmed", "covers_victims", "covers_people_who_harm")
    return streamed(rows, "pk", "agency_id", "kind", *days, *flags)


def _return_terms(asked: Asked) -> Iterator[Row]:
    rows = asked.known(ReturnTerms.objects.filter(partnership=asked.partnership)).order_by("quarter_on", "pk")
    return streamed(rows, "quarter_on", "due_days")


def _returns(asked: Asked) -> Iterator[Row]:
    rows = ReturnVersion.objects.filter(of__partnership=asked.partnership, signed_at__lte=asked.moment)
    ordered = rows.order_by("of__quarter_on", "pk")
    for *said, ended_at in streamed(ordered, "of__agency_id", "of__quarter_on", "signed_at", "replaced_at"):
        yield *said, ended_at if ended_at and ended_at <= asked.moment else None


def _head_counts(asked: Asked) -> Iterator[Row]:
    rows = asked.known(HeadCount.objects.filter(agency__in=members(asked))).order_by("counted_on", "pk")
    return streamed(rows, "agency_id", "counted_on", "group_kind", "group", "people")


def _values(asked: Asked) -> Iterator[Row]:
    """Of the whole alone: the name of a part is somebody's own words."""
    rows = asked.known(IndicatorValue.objects.standing().filter(partnership=asked.partnership, part=""))
    ordered = rows.order_by("indicator__code", "first_on", "pk")
    return streamed(ordered, "indicator__code", "first_on", "last_on", "numerator", "denominator")


def _explained(asked: Asked) -> Iterator[Row]:
    """Each figure of each frozen pack under each outcome that it evidences, and whether there are words about it."""
    packs = Snapshot.objects.filter(pack__partnership=asked.partnership, frozen_at__lte=asked.moment)
    for pk, frozen_at, content in streamed(packs.order_by("frozen_at", "pk"), "pk", "frozen_at", "content"):
        pack = Contents.read(content)
        for priority in pack.figures.priorities:
            for outcome in priority.outcomes:
                told = pack.words_about(outcome.ref), pack.words_about(priority.ref)
                for code in outcome.codes:
                    is_known = is_collected(pack.figures.lines[code])
                    yield pk, frozen_at, priority.ref, outcome.ref, code, is_known, *(each is not None for each in told)


QUARTER = Column("quarter_on", "day", "The first day of the quarter")

TABLES = (
    Table(
        "charters",
        "What the partnership asks its agencies to sign; no row: there is nothing to sign.",
        (Column("named_at", "moment", "Since when"),),
        _charters,
    ),
    Table(
        "pledges",
        "What agencies have promised: a signature, a policy, an executive lead.",
        (
            Column("pledge", "pledge", "The promise"),
            AGENCY,
            Column("kind", "code", "charter, policy or lead"),
            Column("made_on", "day", "From when"),
            Column("review_on", "day", "Up to when, that day counted; empty: no review is due"),
            Column("withdrawn_on", "day", "From when no more; the day it was made: it was never true"),
            Column("is_none", "flag", "1: the agency says that it has none"),
            Column("is_confirmed", "flag", "1: the partnership has confirmed it"),
            Column("covers_victims", "flag", "1: a policy for staff who are harmed"),
            Column("covers_people_who_harm", "flag", "1: a policy for staff who harm"),
        ),
        _pledges,
    ),
    Table(
        "return_terms",
        "From which quarter on returns are asked, and how soon.",
        (QUARTER, Column("due_days", "number", "Due so many days after the quarter's end")),
        _return_terms,
    ),
    Table(
        "returns",
        "Returns that were signed, each version.",
        (
            AGENCY,
            QUARTER,
            Column("signed_at", "moment", "When"),
            Column("ended_at", "moment", "When another took its place, or it was sent back; empty: it holds"),
        ),
        _returns,
    ),
    Table(
        "head_counts",
        "How many people agencies say they have. No figure is divided by it: it is shown beside the roster's.",
        (
            AGENCY,
            Column("counted_on", "day", "On this day"),
            Column("group_kind", "code", "role_family or role_group; empty: everybody"),
            Column("group", "code", "Its code"),
            Column("people", "number", "How many"),
        ),
        _head_counts,
    ),
    Table(
        "values_given",
        "Indicators that are not worked out here, of the whole partnership, as they were given.",
        (
            Column("indicator", "code", "Its code"),
            Column("first_on", "day", "First day of the period"),
            Column("last_on", "day", "Last day"),
            Column("numerator", "number", "The number"),
            Column("denominator", "number", "Of how many, where it is a share"),
        ),
        _values,
    ),
    Table(
        "pack_figures",
        "Figures of frozen board packs, one row for each outcome that a figure evidences.",
        (
            Column("pack", "pack", "The pack"),
            Column("frozen_at", "moment", "When it was frozen"),
            Column("priority", "code", "The strategy's priority"),
            Column("outcome", "code", "The outcome under it"),
            Column("indicator", "code", "The figure"),
            Column("is_collected", "flag", "0: the pack says that it is not collected"),
            Column("has_words_on_outcome", "flag", "1: somebody wrote about the outcome"),
            Column("has_words_on_priority", "flag", "1: somebody wrote about the priority"),
        ),
        _explained,
    ),
)
