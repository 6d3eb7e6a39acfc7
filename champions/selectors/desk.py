"""What waits for the coordinator of a network, counted; and its champions, a page at a time. Fast for any number.

Who stands where is read from the steps (`services.steps`), at most a minute old; the lines that are shown are
worked out from facts. What is counted is the same for everybody; whose name the coordinator does not read stands in
the list without it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery

from champions.models import (
    Champion,
    ChampionStep,
    ChampionStepQuerySet,
    ChampionTurn,
    ContactRequest,
    Enquiry,
    EnquiryQuerySet,
    ManagerQuestionQuerySet,
)
from champions.models.blocks import is_withheld
from champions.selectors.handover import questions, waiting
from champions.selectors.meetings import districts
from champions.selectors.noticeboard import to_judge
from champions.status import Status, Turn
from training.access.access import Access
from training.people.models import Locality, Partnership, Person
from training.people.models.posts import PersonQuerySet

WHY = "the champions of a network, for who looks after it"
ENDS = (Turn.DECLINED, Turn.WITHDRAWN, Turn.STOOD_DOWN)
LATE = timedelta(days=3)
COUNTED = "counted"
EMPLOYED = "employed"
NOWHERE = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to, and its order.

    `status` may be COUNTED (active, those who lapse soon included), `agency_kind` EMPLOYED (no community champions),
    `district` NOWHERE (none given).
    """

    status: str = ""
    district: str = ""
    agency_kind: str = ""
    name: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Desk:
    """A coordinator's network on a day. Each thing is counted when it is asked for."""

    access: Access
    partnership: Partnership
    on: date
    at: datetime

    @cached_property
    def steps(self) -> ChampionStepQuerySet:
        """Where champions stand now."""
        return ChampionStep.objects.visible_to(self.access).filter(partnership=self.partnership).current_on(self.on)

    @cached_property
    def standing(self) -> Counter[tuple[str, bool]]:
        """How many stand how; community champions apart. Those put forward without a duty yet are not in it."""
        rows = self.steps.order_by().values_list("status", "is_community").annotate(Count("pk"))
        return Counter({(status, is_community): count for status, is_community, count in rows})

    def _with(self, *statuses: Status) -> int:
        return sum(count for (status, _), count in self.standing.items() if status in statuses)

    @property
    def active(self) -> int:
        """Active champions, those who lapse soon included; community champions are counted apart."""
        return self.standing[Status.ACTIVE, False] + self.standing[Status.LAPSING, False]

    @property
    def active_community(self) -> int:
        """Active community champions."""
        return self.standing[Status.ACTIVE, True] + self.standing[Status.LAPSING, True]

    @property
    def lapsing(self) -> int:
        """Those with something that ends soon."""
        return self._with(Status.LAPSING)

    @property
    def lapsed(self) -> int:
        """Those with a condition that holds no longer."""
        return self._with(Status.LAPSED)

    @cached_property
    def put_forward(self) -> int:
        """Those who wait for a yes, their own or their manager's."""
        return self._with(Status.NOMINATED) + self._without_duty().count()

    def asked(self, waits: str = "") -> ManagerQuestionQuerySet:
        """What managers were asked; of it what is to confirm, or what nobody answered in time ('over')."""
        found = questions(self.access, self.partnership)
        if waits == "confirm":
            return found.to_confirm()
        return found.filter(answered_at=None, open_until__lte=self.at) if waits == "over" else found

    @cached_property
    def to_confirm(self) -> int:
        """Agreements of whom no roster names as the manager."""
        return self.asked("confirm").count()

    @cached_property
    def unanswered(self) -> int:
        """Managers whose time to answer is over."""
        return self.asked("over").count()

    @cached_property
    def contributions(self) -> int:
        """What was said on the noticeboard and waits to be let through, or was doubted."""
        return to_judge(self.access, self.partnership).count()

    @cached_property
    def answers_to_read(self) -> int:
        """Enquiries with an answer to be read over."""
        return self._enquiries().filter(answered_at__isnull=False).count()

    @cached_property
    def enquiries_open(self) -> int:
        """Enquiries that nobody has answered yet."""
        return self._enquiries().filter(answered_at__isnull=True).count()

    def _enquiries(self) -> EnquiryQuerySet:
        rows = Enquiry.objects.all().coordinated_by(self.access).filter(partnership=self.partnership)
        return rows.undecided()

    @cached_property
    def handovers(self) -> int:
        """Places where a champion went, and nobody said yet who comes after."""
        return waiting(self.access, self.partnership).count()

    @cached_property
    def late_requests(self) -> int:
        """Requests that have waited for days. Their words, and who asked whom, are for the two alone."""
        rows = ContactRequest.objects.everywhere(reason="how many wait, not whose").waiting()
        seen = Champion.objects.visible_to(self.access).filter(partnership=self.partnership)
        return rows.filter(champion__in=seen, asked_at__lt=self.at - LATE).count()

    @cached_property
    def districts(self) -> list[tuple[str, str, int]]:
        """Active champions by district (its code, its title, how many), those with none first."""
        active = self.steps.active().order_by().values_list("locality").annotate(Count("pk"))
        counts = dict(active)
        rows = Locality.objects.filter(partnership=self.partnership).values_list("pk", "code", "title")
        found = sorted(((code, title, counts.get(pk, 0)) for pk, code, title in rows), key=lambda it: (it[2], it[1]))
        return [*found, (NOWHERE, "No district given", counts[None])] if counts.get(None) else found

    @property
    def empty_districts(self) -> int:
        """Districts without an active champion."""
        return sum(not count for *_, count in self.districts)

    @cached_property
    def unplanned_districts(self) -> int:
        """Districts for which no meeting is planned."""
        return sum(each.is_waiting for each in districts(self.partnership, on=self.on))

    @property
    def is_clear(self) -> bool:
        """Whether there is nothing to do today."""
        waits = (self.to_confirm, self.unanswered, self.put_forward, self.lapsing, self.lapsed, self.handovers)
        more = (self.contributions, self.answers_to_read, self.enquiries_open, self.late_requests)
        return not any((*waits, *more, self.unplanned_districts, self.empty_districts))

    def _without_duty(self) -> QuerySet[Champion]:
        """Those put forward who have no duty yet: the steps know nothing of them."""
        turns = ChampionTurn.objects.everywhere(reason=WHY).filter(champion=OuterRef("pk"), happened_on__lte=self.on)
        last = turns.order_by("-recorded_at", "-pk").values("turn")[:1]
        rows = Champion.objects.visible_to(self.access).filter(partnership=self.partnership)
        rows = rows.annotate(last=Subquery(last)).filter(last__isnull=False).exclude(last__in=ENDS)
        return rows.exclude(Exists(self.steps.filter(person=OuterRef("person"))))

    def people(self, wanted: Wanted) -> PersonQuerySet:
        """Whom the list names. Those who may not be named come last, and are found by no name."""
        steps = self.steps
        if wanted.status == COUNTED:
            steps = steps.active()
        elif wanted.status:
            steps = steps.filter(status=wanted.status)
        if wanted.district == NOWHERE:
            steps = steps.filter(locality=None)
        elif wanted.district:
            steps = steps.filter(locality__code=wanted.district)
        if wanted.agency_kind == EMPLOYED:
            steps = steps.filter(is_community=False)
        elif wanted.agency_kind:
            steps = steps.filter(agency__kind=wanted.agency_kind)
        found = Q(pk__in=steps.order_by().values("person"))
        if wanted.status in ("", Status.NOMINATED) and not (wanted.district or wanted.agency_kind or wanted.name):
            found |= Q(pk__in=self._without_duty().order_by().values("person"))
        unnamed = ExpressionWrapper(is_withheld(self.access), output_field=BooleanField())
        people = Person.objects.everywhere(reason=WHY).filter(found).annotate(is_withheld=unnamed)
        for word in wanted.name.split():
            named = Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(preferred_name__icontains=word)
            people = people.filter(named, is_withheld=False)
        own = self.steps.filter(person=OuterRef("pk"))
        people = people.annotate(is_other=~Exists(own))
        if wanted.sort in ("ends", "agency"):
            column = {"ends": "ends_on", "agency": "agency__title"}[wanted.sort]
            people = people.annotate(first=Subquery(own.values(column)[:1]))
            first = F("first").asc(nulls_last=True)
            return people.order_by("is_other", first, "is_withheld", "last_name", "first_name", "pk")
        return people.order_by("is_other", "is_withheld", "last_name", "first_name", "pk")
