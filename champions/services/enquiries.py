"""Asking the network, answering, and keeping what was answered. Nobody's name passes."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse

from champions.errors import AlreadyAsked, NotOpen, TooManyToday
from champions.models import ENQUIRIES_A_DAY, Champion, Enquiry, EnquiryGuest, EnquiryQuerySet, KeptAnswer
from champions.models.enquiries import free_at
from champions.services.turns import tell
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Partnership, Person

GONE = "This has been answered or taken back meanwhile."


@transaction.atomic
def ask_network(*, asker: Person, partnership: Partnership, words: str, by: Actor, at: datetime) -> Enquiry:
    """Put something to the network. TooManyToday, AlreadyAsked."""
    on = london_date(at)
    asked = _enquiries().filter(asker=asker)
    if asked.filter(words=words).undecided().exists():
        raise AlreadyAsked("You have asked this already. You get a mail when there is an answer.")
    number = (asked.filter(asked_on=on).aggregate(last=Max("number"))["last"] or 0) + 1
    if number > ENQUIRIES_A_DAY:
        raise TooManyToday(f"You can ask the network {ENQUIRIES_A_DAY} times a day. You can ask again tomorrow.")
    try:
        with transaction.atomic():
            enquiry = Enquiry.objects.create(
                partnership=partnership, asker=asker, words=words, asked_at=at, asked_on=on, number=number
            )
    except IntegrityError as error:  # the same button pressed twice at once
        raise AlreadyAsked("This has been sent already.") from error
    _on_record("enquiry sent", enquiry, by=by, at=at)
    return enquiry


@transaction.atomic
def take_back_enquiry(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """The asker takes it back: the words go at once. What was kept without names stays."""
    _enquiries().filter(pk=enquiry.pk).update(withdrawn_at=at, words="", answer="")
    EnquiryGuest.objects.filter(enquiry=enquiry).take_back(at)
    EnquiryGuest.objects.filter(enquiry=enquiry).update(question="")
    _on_record("enquiry taken back", enquiry, by=by, at=at)


@transaction.atomic
def take(*, enquiry: Enquiry, champion: Champion, by: Actor, at: datetime) -> None:
    """A champion says that they will answer: for three days nobody else sees it. NotOpen where somebody was first."""
    free = _enquiries().open().filter(free_at(at), pk=enquiry.pk)
    if not free.update(taken_by=champion, taken_at=at):
        raise NotOpen("Somebody else is answering this.")
    _on_record("enquiry taken", enquiry, by=by, at=at)


@transaction.atomic
def put_back(*, enquiry: Enquiry, champion: Champion, by: Actor, at: datetime) -> None:
    """They will not answer after all."""
    _enquiries().open().filter(pk=enquiry.pk, taken_by=champion).update(taken_by=None, taken_at=None)
    _on_record("enquiry put back", enquiry, by=by, at=at)


@transaction.atomic
def answer_enquiry(*, enquiry: Enquiry, champion: Champion, words: str, by: Actor, at: datetime) -> None:
    """The champion's answer, which the coordinator reads over before anybody else does. NotOpen."""
    held = _enquiries().open().filter(pk=enquiry.pk, taken_by=champion)
    if not held.update(answer=words, answered_at=at):
        raise NotOpen(GONE)
    _on_record("enquiry answered", enquiry, by=by, at=at)


@transaction.atomic
def decide(
    *, enquiry: Enquiry, decision: str, question: str, answer: str, said_by: str, by: Actor, at: datetime
) -> None:
    """Close an enquiry: answered and kept, answered alone, or declined. The asker gets a mail. NotOpen."""
    said = "" if decision == Enquiry.Decision.DECLINED else answer
    if not _enquiries().undecided().filter(pk=enquiry.pk).update(decision=decision, decided_at=at, answer=said):
        raise NotOpen(GONE)
    EnquiryGuest.objects.filter(enquiry=enquiry).take_back(at)
    if decision == Enquiry.Decision.KEPT:
        kept = KeptAnswer(
            partnership=enquiry.partnership,
            question=question,
            answer=answer,
            said_by=said_by,
            kept_on=london_date(at),
        )
        kept.stems = kept.find_by()
        kept.save()
    tell(enquiry.asker, at=at, page=reverse("enquiry", args=[enquiry.uid]))
    _on_record("enquiry decided", enquiry, by=by, at=at, decision=decision)


@transaction.atomic
def hand_back(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """The coordinator asks the champion to look at their answer once more. NotOpen."""
    waiting = _enquiries().undecided().filter(pk=enquiry.pk, answered_at__isnull=False, taken_by__isnull=False)
    if not waiting.update(answered_at=None, taken_at=at):
        raise NotOpen(GONE)
    champion = enquiry.taken_by
    if champion:
        tell(champion.person, at=at, page=reverse("answer-enquiry", args=[enquiry.uid]))
    _on_record("enquiry handed back", enquiry, by=by, at=at)


@transaction.atomic
def withdraw_answer(*, kept: KeptAnswer, by: Actor, at: datetime) -> None:
    """An answer holds no longer."""
    KeptAnswer.objects.standing().filter(pk=kept.pk).update(withdrawn_at=at)
    code = kept.partnership.code
    audit.record("kept answer withdrawn", by=by, at=at, kind="kept answer", uid=kept.uid, partnership_code=code)


def forget_enquiries(*, at: datetime) -> int:
    """Delete enquiries that have served; how many."""
    return _enquiries().old(at).delete()[0]


def hold_enquiry(enquiry: Enquiry) -> None:
    """Nobody else takes it, answers it or takes it back until the transaction is over. Before its guests."""
    list(_enquiries().select_for_update(no_key=True).filter(pk=enquiry.pk).order_by().values_list("pk"))


def _enquiries() -> EnquiryQuerySet:
    return Enquiry.objects.everywhere(reason="an enquiry's way")


def _on_record(verb: str, enquiry: Enquiry, *, by: Actor, at: datetime, **detail: str) -> None:
    code = enquiry.partnership.code
    audit.record(verb, by=by, at=at, kind="enquiry", uid=enquiry.uid, partnership_code=code, **detail)
