"""Who is in a partnership on a day, and what each holds of every kind."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from training.pathways.models import PathwayVersion, SignUp
from training.people.kinds import AgencyKind
from training.people.models import Agency, Membership, Partnership
from training.pledges.held import Held, held
from training.pledges.models import Kind, Pledge


@dataclass(frozen=True, slots=True)
class Line:
    """One agency: its sign-up to the newest version of the pathway it confirmed, and what it holds of every kind."""

    agency: Agency
    sign_up: SignUp | None
    of_kind: dict[Kind, Held]


def members(partnership: Partnership, *, on: date, known_at: datetime | None = None) -> QuerySet[Agency]:
    """The agencies that are in the partnership on the day, by title. Community champions are nobody's staff."""
    rows = Membership.objects.as_known(known_at).current_on(on).filter(partnership=partnership)
    return Agency.objects.filter(pk__in=rows.values("agency")).exclude(kind=AgencyKind.COMMUNITY).order_by("title")


def lines(partnership: Partnership, *, on: date, known_at: datetime | None = None) -> list[Line]:
    """Each agency that is in the partnership on the day, by title, with everything it holds."""
    of_agency: dict[int, list[Pledge]] = {}
    for pledge in Pledge.objects.as_known(known_at).made_by(on).filter(partnership=partnership):
        of_agency.setdefault(pledge.agency_id, []).append(pledge)
    signed = sign_ups(partnership, on=on, known_at=known_at)
    agencies = members(partnership, on=on, known_at=known_at)
    return [Line(agency, signed.get(agency.pk), _held(of_agency.get(agency.pk, []), on)) for agency in agencies]


def _held(pledges: list[Pledge], on: date) -> dict[Kind, Held]:
    return {kind: held([each for each in pledges if each.kind == kind], on=on) for kind in Kind}


def sign_up_of(agency: Agency, partnership: Partnership, *, on: date) -> SignUp | None:
    """That of one agency."""
    rows = SignUp.objects.known_now().confirmed_on(on)
    mine = rows.filter(version__pathway__partnership=partnership, agency=agency)
    return mine.select_related("version__pathway").order_by("version__number").last()


def sign_ups(partnership: Partnership, *, on: date, known_at: datetime | None = None) -> dict[int, SignUp]:
    """The confirmed sign-up of each agency, by its id; of several, the one to the newest version."""
    rows = SignUp.objects.as_known(known_at).confirmed_on(on).filter(version__pathway__partnership=partnership)
    return {row.agency_id: row for row in rows.select_related("version__pathway").order_by("version__number")}


def is_to_live_version(sign_up: SignUp | None) -> bool:
    """Whether it is to the version that agencies are asked to sign up to now."""
    return sign_up is not None and sign_up.version.status == PathwayVersion.Status.LIVE
