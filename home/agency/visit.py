"""What every page of an agency begins with: whose it is, which day it is about, and the record of the look."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from training.access.clock import LONDON, london_date
from training.access.gates import Request
from training.access.permissions import Permission
from training.audit import services as audit
from training.ledger.freshness import Freshness, brought_up_to_date
from training.people.models import Agency, Post
from training.people.selectors import agency_for
from training.ui.forms import DateField
from training.ui.templatetags.ui import uk_date

from .known import KnownStandings, TooManyPosts, known_standings


class DaysForm(forms.Form):
    """Which day figures are about, and up to which day what was known is taken into account."""

    as_at = DateField(label="As at", required=False, help_text="The day the figures are about")
    known_on = DateField(
        label="As known on", required=False, help_text="Leave empty to count what has been recorded since, too"
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_as_at(self) -> date | None:
        """A day gone by, or today."""
        return self._past("as_at")

    def clean_known_on(self) -> date | None:
        """The same."""
        return self._past("known_on")

    def _past(self, name: str) -> date | None:
        day = self.cleaned_data[name]
        if day and (day > self.today or day.year < 2000):
            raise forms.ValidationError(f"Choose a day up to today, {uk_date(self.today)}")
        return day


@dataclass(frozen=True, slots=True)
class Visit:
    """One look of HR's at their agency: at which moment, and as at which day. `known_at` None is 'as known now'.

    `fresh` says how true the table of standings is; what is read from facts needs none of it.
    """

    agency: Agency
    at: datetime
    today: date
    on: date
    known_on: date | None
    days: DaysForm
    fresh: Freshness
    known: KnownStandings | None = None

    @property
    def known_at(self) -> datetime | None:
        """The moment at which the day named in `known_on` ended in London."""
        if self.known_on is None:
            return None
        return datetime.combine(self.known_on + timedelta(days=1), time(), LONDON)

    @property
    def is_past(self) -> bool:
        """Whether it is about another day than today, or leaves out what has become known since."""
        return self.on != self.today or self.known_on is not None

    @property
    def small_print(self) -> list[tuple[str, str]]:
        """What stands under a table and in each file: as at which day, as known when, and what is still on its way."""
        as_of = self.fresh.as_of
        known = (
            f"the end of {uk_date(self.known_on)}"
            if self.known_on
            else f"{as_of.astimezone(LONDON):%H:%M} on {uk_date(as_of)}"
        )
        print_ = [
            ("Agency", f"{self.agency.title} ({self.agency.code})"),
            ("As at", uk_date(self.on)),
            ("As known at", known),
        ]
        if self.fresh.people and not self.known_on:
            print_.append(("People whose figures were being worked out again since then", str(self.fresh.people)))
        return print_


def visit(
    request: Request, code: str, *, permission: Permission = Permission.SEE_STAFF, whose: UUID | None = None
) -> Visit:
    """The agency, if one may look after its staff (404 otherwise), its read table brought up to date.

    On the page of one person (`whose`) theirs alone, and all of it, however much else is waiting.
    """
    agency = agency_for(request.access, permission, code)
    at = timezone.now()
    today = london_date(at)
    if whose:
        fresh = brought_up_to_date(at=at, posts=Post.objects.within(agency).filter(employment__person__uid=whose))
    else:
        fresh = brought_up_to_date(at=at, agency=agency)
    days = DaysForm(request.GET, today=today)
    days.is_valid()
    on = days.cleaned_data.get("as_at") or today
    known_on = days.cleaned_data.get("known_on")
    return Visit(agency, at, today, on, None if known_on == today else known_on, days, fresh)


def with_known(seen: Visit) -> Visit:
    """The visit with its standings worked out as known then, where it asks for that.

    An agency that is too large for it is told so, and sees what is known now.
    """
    if seen.known_at is None:
        return seen
    try:
        return replace(seen, known=known_standings(seen.agency, on=seen.on, known_at=seen.known_at))
    except TooManyPosts as refusal:
        seen.days.add_error("known_on", str(refusal))
        return replace(seen, known_on=None)


def looked(request: Request, seen: Visit, verb: str = "standings read", **detail: Any) -> None:
    """Put on record who looked at names, and when; what they looked for is not kept."""
    audit.record(verb, by=request.access.actor, at=seen.at, agency_code=seen.agency.code, **detail)
