"""Invented answers to surveys, and invented figures from outside: five quarters, one restated, some overdue."""

from datetime import date, datetime, timedelta

from courses.models import CoursePage, SurveyCount
from training.access.actor import Actor
from training.access.clock import add_months
from training.people.models import Partnership
from training.strategy.pack import Frequency
from training.strategy.periods import ended
from training.strategy.services import give_values
from training.strategy.values import Said

SERVICE = "Severnshire's specialist service (invented)"
MARAC = "The MARAC coordinator (invented)"
REFERRED = (61, 66, 72, 70, 79)
OUTSIDE_POLICE = ((31, 122), (34, 119), (40, 131), (43, 126), (47, 128))
SENDERS = {"Police": 41, "Hospital": 12, "Housing": 14, "Schools": 9, "Surgeries": 3}
ASKED = ("DA-A1", "DA-S2", "DA-S3", "DA-S4")
TAPS = ((2, 4, 9), (3, 4, 11), (3, 5, 4), (4, 4, 6), (4, 3, 2), (1, 3, 3))
KEYS = ("ask-victim", "respond")


def build_figures(partnership: Partnership, *, by: Actor, at: datetime, on: date) -> int:
    """How sure people felt over five months, and what other systems counted; how many values."""
    _surveys(partnership, on)
    quarters = ended(Frequency.QUARTER, on, 5)[::-1]
    said = []
    for period, count, (others, whole) in zip(quarters, REFERRED, OUTSIDE_POLICE, strict=True):
        story = "More surgeries and schools refer. It says nothing of how common abuse is."
        said.append(Said("REFERRALS_BY_AGENCY", "", period, count, None, story, SERVICE))
        said.append(Said("REFERRALS_MARAC_NONPOLICE", "", period, others, whole, "Health refers more.", MARAC))
    last = quarters[-1]
    parts = [Said("REFERRALS_BY_AGENCY", part, last, n, None, "As sent.", SERVICE) for part, n in SENDERS.items()]
    year = ended(Frequency.YEAR, on, 1)[0]
    yearly = [
        Said("IMPORT_REOFFENDING", "", year, 212, 884, "Published for the county.", "The police force (invented)"),
        Said("CORE_EMBEDDED", "", year, 4, 7, "Seven of nine agencies answered.", "Agencies, asked in the autumn"),
    ]
    before = at - timedelta(days=20)
    given = give_values(partnership, [*said, *parts, *yearly], by=by, at=before)
    late = Said("REFERRALS_BY_AGENCY", "", quarters[-2], 72, None, said[-2].narrative, SERVICE, "Two forms came late")
    again = give_values(partnership, [late], by=by, at=at)
    return given.new + again.restated


def _surveys(partnership: Partnership, on: date) -> None:
    courses = CoursePage.objects.select_related("module").filter(
        module__pathway__partnership=partnership, module__code__in=ASKED
    )
    first = on.replace(day=1)
    SurveyCount.objects.bulk_create(
        SurveyCount(
            course=course,
            survey="how-sure",
            statement=key,
            month=add_months(first, -back),
            before=before,
            after=after,
            people=people,
        )
        for course in courses
        for key in (KEYS if course.module.code != "DA-S4" else KEYS[1:])
        for back in range(1, 6)
        for before, after, people in TAPS
    )
