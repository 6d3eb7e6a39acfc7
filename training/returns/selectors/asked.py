"""Of whom a return is asked, for which quarters, and until when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from training.people.kinds import AgencyKind
from training.people.models import Agency, Membership, Partnership
from training.returns.models import ReturnTerms, ReturnVersion
from training.returns.quarters import Quarter, quarter_of, quarters_ended


@dataclass(frozen=True, slots=True)
class Terms:
    """What a partnership asks: for quarters from each of these days on, how many days after the end."""

    rows: tuple[tuple[date, int], ...]

    def days(self, quarter: Quarter) -> int | None:
        """How many days after the quarter's end its return is due; None where none is asked for it."""
        return next((days for starts_on, days in reversed(self.rows) if starts_on <= quarter.starts_on), None)

    def due_on(self, quarter: Quarter) -> date:
        """The day by which a return that is asked for is due."""
        return quarter.due_on(self.days(quarter) or 0)

    def quarters(self, on: date) -> list[Quarter]:
        """The quarters that are over and for which returns are asked, the last first."""
        return quarters_ended(Quarter(self.rows[0][0]), on) if self.rows else []


def terms_of(partnership: Partnership, *, at: datetime | None = None) -> Terms:
    """What the partnership asks, as known now or at a moment. One query."""
    rows = ReturnTerms.objects.as_known(at).filter(partnership=partnership).order_by("quarter_on")
    return Terms(tuple(rows.values_list("quarter_on", "due_days")))


def agencies_asked(partnership: Partnership, quarter: Quarter, *, at: datetime | None = None) -> QuerySet[Agency]:
    """The agencies that were in the partnership on the quarter's last day; community champions are nobody's staff."""
    known = Membership.objects.known_at(at) if at else Membership.objects.known_now()
    rows = known.current_on(quarter.ends_on).filter(partnership=partnership)
    return Agency.objects.filter(pk__in=rows.values("agency")).exclude(kind=AgencyKind.COMMUNITY).order_by("title")


def is_asked(partnership: Partnership, agency: Agency, quarter: Quarter) -> bool:
    """Whether this agency is one of them."""
    return agencies_asked(partnership, quarter).filter(pk=agency.pk).exists()


def partnerships_asking(agency: Agency) -> list[Partnership]:
    """The partnerships that ask this agency for returns, or did."""
    asking = ReturnTerms.objects.known_now().values("partnership")
    mine = Membership.objects.known_now().filter(agency=agency, partnership__in=asking)
    return list(Partnership.objects.filter(pk__in=mine.values("partnership")))


def not_signed(partnership: Partnership, quarter: Quarter) -> QuerySet[Agency]:
    """Agencies of whom a return is asked, and of which none holds."""
    there = ReturnVersion.objects.in_force().filter(of__partnership=partnership, of__quarter_on=quarter.starts_on)
    return agencies_asked(partnership, quarter).exclude(pk__in=there.values("of__agency"))


def to_fill_in(agency: Agency, *, on: date) -> int:
    """How many returns of the last quarter the agency has still to hand over. One query."""
    last = quarter_of(on).back()
    asking = ReturnTerms.objects.known_now().filter(quarter_on__lte=last.starts_on)
    given = ReturnVersion.objects.known_now().filter(
        of__agency=agency, of__quarter_on=last.starts_on, handed_over_at__isnull=False
    )
    places = Membership.objects.known_now().current_on(last.ends_on).filter(agency=agency)
    return (
        places.filter(partnership__in=asking.values("partnership"))
        .exclude(partnership__in=given.values("of__partnership"))
        .count()
    )
