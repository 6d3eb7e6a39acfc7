"""Taking a person's words, choices and addresses out of the network: when they ask for it, and when they have left."""

from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models import Q

from champions.models import (
    Addressed,
    Arrival,
    Block,
    CardLook,
    CascadeVersion,
    Champion,
    ChampionProfile,
    ChampionQuerySet,
    Concern,
    ContactRequest,
    Contribution,
    Enquiry,
    EnquiryGuest,
    Entry,
    GroupMessage,
    ManagerQuestion,
    MeetingGuest,
    NewsletterStop,
    Nomination,
    ReaderDay,
)
from champions.services.steps import forget_steps_of
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.addresses import addresses_of
from training.people.models import Person, Term

WHY = "the erasure of a person"
LEFT = "those who have left"
LEFT_FOR = timedelta(days=30)
WISHES: tuple[type[models.Model], ...] = (ChampionProfile, Entry, NewsletterStop)
# Whole rows that go, by the way from them to the person
ROWS: tuple[tuple[type[models.Model], str], ...] = (
    *((model, "champion__person") for model in WISHES),
    (CardLook, "champion__person"),
    (Concern, "champion__person"),
    (ContactRequest, "champion__person"),
    (Addressed, "person"),
    (Arrival, "person"),
    (ContactRequest, "sender"),
    (Enquiry, "asker"),
    (Block, "owner"),
    (ReaderDay, "user__person"),
)


@transaction.atomic
def forget_in_network(person: Person, *, by: Actor, at: datetime) -> None:
    """Take what they said, chose, were sent and can be reached by. Turns, attendance, check-ins and reach stay.

    An address that somebody else keeps away stays with that one: it is theirs, and what protects them.
    """
    champions = Champion.objects.everywhere(reason=WHY).filter(person=person)
    for model, way in ROWS:
        model._base_manager.filter(**{way: person}).delete()
    CascadeVersion.objects.everywhere(reason=WHY).filter(cascade__champion__in=champions).update(where="")
    Block.objects.everywhere(reason=WHY).filter(kept_away=person).update(known_as="")
    GroupMessage.objects.filter(written_by__person=person).update(words="", written_by=None, told_up_to=None)
    _answers_of(champions)
    _take_words(champions, at)
    _addresses(person, champions, at)
    forget_steps_of([person.pk])
    audit.record("forgotten in the network", by=by, at=at, kind="person", uid=person.uid)


def forget_leavers(*, at: datetime) -> int:
    """Take the listings and wishes of those who have had no post anywhere for thirty days; how many.

    Whom they keep away stays: it must hold on the day on which they come back.
    """
    here = Term.objects.everywhere(reason=LEFT).known_now().not_ended_on(london_date(at - LEFT_FOR))
    gone = Champion.objects.everywhere(reason=LEFT).exclude(person__in=here.values("post__employment__person"))
    merged = here.filter(post__employment__entered_as__isnull=False).values("post__employment__entered_as")
    gone = gone.exclude(person__in=merged).order_by()
    return sum(model._base_manager.filter(champion__in=gone.values("pk")).delete()[0] for model in WISHES)


_looked_on: list[date] = []


def forget_leavers_daily(*, at: datetime) -> int:
    """The same, once a day and worker."""
    today = london_date(at)
    if _looked_on == [today]:
        return 0
    done = forget_leavers(at=at)
    _looked_on[:] = [today]  # not before: what failed is tried again
    return done


def _answers_of(champions: ChampionQuerySet) -> None:
    """What they answered and nobody read over goes back to be answered; what was sent is its asker's, without them."""
    answers = Enquiry.objects.everywhere(reason=WHY).filter(taken_by__in=champions)
    answers.filter(decided_at__isnull=True).update(answer="", answered_at=None)
    answers.update(taken_by=None, taken_at=None)


def _take_words(champions: ChampionQuerySet, at: datetime) -> None:
    """What they said on the noticeboard, and what answers it."""
    said = Contribution.objects.everywhere(reason=WHY)
    own = list(said.filter(author__in=champions).values_list("pk", flat=True))
    words = said.filter(Q(pk__in=own) | Q(answers_to__in=own), removed_at__isnull=True)
    words.update(words="", removed_at=at, removed_why="")


def _addresses(person: Person, champions: ChampionQuerySet, at: datetime) -> None:
    """Where they, and managers asked about them, can be reached."""
    addresses = addresses_of(person)
    put_forward = Nomination.objects.everywhere(reason=WHY)
    put_forward.filter(Q(person=person) | Q(address__in=addresses)).delete()
    asked = ManagerQuestion.objects.everywhere(reason=WHY)
    asked = asked.filter(Q(champion__in=champions) | Q(manager=person) | Q(address__in=addresses))
    asked.update(address="", token_hash="")  # noqa: S106 - none
    MeetingGuest.objects.filter(address__in=addresses).update(address="", name="")
    guests = EnquiryGuest.objects.filter(address__in=addresses)
    guests.take_back(at)
    guests.update(address="")
