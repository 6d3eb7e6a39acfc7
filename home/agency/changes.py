"""What has changed at an agency since the start of yesterday: in date, overdue, joined, left."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import DateField, Exists, ExpressionWrapper, OuterRef, Q, Value

from training.access.clock import LONDON
from training.access.prepared import among
from training.ledger.models import Completion, StandingStep, StandingStepQuerySet
from training.people.models import Agency, Post, Term
from training.people.models.posts import TermQuerySet

WHY = "of posts narrowed to one agency"


@dataclass(frozen=True, slots=True)
class Changes:
    """How many: standings that are newly in date or overdue, posts that were joined or left."""

    in_date: int
    overdue: int
    joined: int
    left: int


def changes_of(agency: Agency, *, on: date) -> Changes:
    """Since the start of the day before this one. Five queries."""
    return Changes(
        in_date=newly_in_date(agency, on=on).count(),
        overdue=newly_overdue(agency, on=on).count(),
        joined=joined(agency, on=on).count(),
        left=left(agency, on=on).count(),
    )


def since(on: date) -> date:
    """The day before: what HR may not have seen yet."""
    return on - timedelta(days=1)


def _start(on: date) -> datetime:
    return datetime.combine(since(on), time(), LONDON)


def newly_in_date(agency: Agency, *, on: date) -> StandingStepQuerySet:
    """In date today by a completion recorded since, of a module that was not in date on the eve of that completion."""
    before = ExpressionWrapper(OuterRef("completed_on") - Value(timedelta(days=1)), output_field=DateField())
    earlier = StandingStep.objects.everywhere(reason=WHY).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=before),
        post=OuterRef(OuterRef("post")),
        module=OuterRef(OuterRef("module")),
        is_valid=True,
        from_on__lt=OuterRef("completed_on"),
    )
    recorded = Completion.objects.everywhere(reason=WHY).filter(recorded_at__gte=_start(on))
    news = recorded.filter(
        Q(person=OuterRef("post__employment__person")) | Q(person=OuterRef("post__employment__entered_as")),
        ~Exists(earlier),
        module=OuterRef("module"),
    )
    # The few posts of whom anything was recorded, first: asking of every standing would take seconds in a large agency
    people = recorded.order_by().values("person")
    theirs = Q(employment__person__in=people) | Q(employment__entered_as__in=people)
    posts = Post.objects.within(agency).filter(theirs).order_by().values_list("pk", flat=True)
    steps = StandingStep.objects.within(agency).current_on(on).filter(among("post_id", posts))
    return steps.filter(Exists(news), is_valid=True, is_required=True)


def newly_overdue(agency: Agency, *, on: date) -> StandingStepQuerySet:
    """Overdue today, and not on the day before yesterday: so since a later day, of which alone there are few."""
    eve = since(on) - timedelta(days=1)
    was = StandingStep.objects.everywhere(reason=WHY).current_on(eve)
    was = was.filter(post=OuterRef("post"), module=OuterRef("module"), state="overdue")
    steps = StandingStep.objects.within(agency).current_on(on)
    return steps.filter(~Exists(was), state="overdue", from_on__gt=eve)


def joined(agency: Agency, *, on: date) -> TermQuerySet:
    """Posts held today that began since, or that a roster has brought since."""
    earlier = Term.objects.everywhere(reason=WHY).known_now().filter(post=OuterRef("post"), starts_on__lt=since(on))
    held = Term.objects.within(agency).known_now().current_on(on)
    return held.filter(~Exists(earlier) | Q(post__recorded_at__gte=_start(on)))


def left(agency: Agency, *, on: date) -> TermQuerySet:
    """The last terms of posts that nobody holds today: ended since, or whose end has become known since."""
    later = (
        Term.objects.everywhere(reason=WHY)
        .known_now()
        .filter(post=OuterRef("post"), starts_on__gt=OuterRef("starts_on"))
    )
    ended = Term.objects.within(agency).known_now().filter(~Exists(later), ends_on__lt=on)
    return ended.filter(Q(ends_on__gte=since(on) - timedelta(days=1)) | Q(recorded_at__gte=_start(on)))
