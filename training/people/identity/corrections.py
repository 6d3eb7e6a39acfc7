"""'This isn't right': asked by the person, answered by their agency's HR, seen by both."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from training.access.access import Access
from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Agency, Correction, Person, Post

from .errors import IdentityError

KEPT_FOR = timedelta(days=90)


class CorrectionError(IdentityError):
    """A request that cannot be made or answered; the text can be shown to a person."""


class AlreadyAsked(CorrectionError):
    """The same was asked before, and waits."""


class AlreadyAnswered(CorrectionError):
    """HR has answered before."""


class NoReason(CorrectionError):
    """HR declined without saying why."""


@transaction.atomic
def ask(person: Person, post: Post, *, about: str, words: str, by: Actor, at: datetime) -> Correction:
    """Ask the HR of a post's agency to put something right. Raises AlreadyAsked while the same waits."""
    try:
        with transaction.atomic():
            asked = Correction.objects.create(
                person=person,
                agency=post.employment.agency,
                post=post,
                about=about,
                words=words.strip(),
                asked_at=at,
            )
    except IntegrityError as again:
        raise AlreadyAsked("You have asked this already. Your HR team has not answered yet.") from again
    _on_record("correction asked for", asked, by=by, at=at)
    return asked


@transaction.atomic
def answer(correction: Correction, *, answer: Correction.Answer, words: str, by: Actor, at: datetime) -> None:
    """HR has put it right on its roster, or says why not. Raises NoReason, AlreadyAnswered."""
    words = words.strip()
    if answer is Correction.Answer.DECLINED and not words:
        raise NoReason("Say why it is not changed: the person reads it.")
    waits = Correction.objects.within(correction.agency).waiting().filter(pk=correction.pk)
    if not waits.update(answer=answer, answer_words=words, answered_at=at, answered_by=str(by)):
        raise AlreadyAnswered("This has been answered already.")
    _on_record("correction answered", correction, by=by, at=at)


def waiting(agency: Agency, access: Access) -> int:
    """How many requests of others wait for this one of the agency's HR."""
    return Correction.objects.to_answer(access, agency).waiting().count()


def forget_answered(*, at: datetime) -> int:
    """For the worker: what was answered ninety days ago goes; how many."""
    answered = Correction.objects.everywhere(reason="retention").filter(answered_at__lte=at - KEPT_FOR)
    return answered.delete()[0]


def _on_record(verb: str, correction: Correction, *, by: Actor, at: datetime) -> None:
    """That it happened and what it was about; never the words."""
    code = correction.agency.code
    audit.record(verb, by=by, at=at, kind="correction", uid=correction.uid, agency_code=code, about=correction.about)
