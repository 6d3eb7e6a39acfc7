"""An entry that is wrong, as HR of the agency that recorded it says: withdrawn by a further entry, never deleted.

What the agency said itself it takes back by itself. What this site saw somebody do, and what is about somebody who has
left, two of its HR take back together.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.notices import services as notices
from training.people.identity.selectors import whose_training
from training.people.models import Agency, Person, Term, User

from .models import Completion, Doubt, Entry, Method
from .services import LedgerError, revoke_completion, void_completion

SEEN_HERE = (Method.ONLINE, Method.EVENT, Method.LAUNCH)
STANDS_FOR = timedelta(days=30)
TOLD = """Hello

Your HR team has changed something in your learning record. Sign in to see it: choose 'Learning', then 'Your record'.

If you think it is not right, choose 'Say if something is not right' there.
"""


class NotTheirEntry(LedgerError):
    """The entry is about whoever decides, or another agency recorded it."""


class OtherDoubt(LedgerError):
    """A colleague has said something else about it."""


def needs_two(completion: Completion, agency: Agency, *, on: date) -> bool:
    """Whether a second person has to say so too: the site saw it, or whose it is works here no longer."""
    posts = Term.objects.within(agency).known_now().not_ended_on(on)
    theirs = Q(post__employment__person=completion.person_id) | Q(post__employment__entered_as=completion.person_id)
    return completion.method in SEEN_HERE or not posts.filter(theirs).exists()


@transaction.atomic
def say_wrong(
    completion: Completion, wrong: Doubt.Wrong, *, agency: Agency, own: Collection[int], by: Actor, at: datetime
) -> bool:
    """Withdraw it, or keep in mind that one of two has said so; whether it is withdrawn now.

    `own` are the records of whoever says it. Raises NotTheirEntry, OtherDoubt, AlreadyVoided or AlreadyRevoked.
    """
    if completion.agency_id != agency.pk or completion.person_id in own:
        raise NotTheirEntry("This entry is not yours to withdraw.")
    before = Doubt.objects.within(agency).select_for_update(no_key=True, of=("self",)).filter(entry=completion).first()
    is_second = before is not None and before.said_by != str(by)
    if before is not None and is_second and before.wrong != wrong:
        raise OtherDoubt(f"Your colleague said: {before.get_wrong_display()}. Talk to them first.")
    if needs_two(completion, agency, on=london_date(at)) and not is_second:
        said = {"wrong": wrong, "said_at": at, "said_by": str(by)}
        Doubt.objects.within(agency).update_or_create(entry=completion, defaults=said)
        _on_record("completion said to be wrong", completion, wrong, agency, by, at)
        return False
    if wrong == Doubt.Wrong.STOPS:
        revoke_completion(completion, effective_on=london_date(at), reason=wrong.label, by=by, at=at)
    else:
        void_completion(completion, reason=wrong.label, by=by, at=at)
    Doubt.objects.within(agency).filter(entry=completion).delete()
    _on_record("completion withdrawn", completion, wrong, agency, by, at)
    tell(completion.person, at)
    return True


@transaction.atomic
def drop_doubt(doubt: Doubt, *, agency: Agency, by: Actor, at: datetime) -> None:
    """It is right after all: it stands as it stood."""
    _on_record("completion said to be right", doubt.entry, Doubt.Wrong(doubt.wrong), agency, by, at)
    doubt.delete()


def forget_doubts(*, at: datetime) -> int:
    """For the worker: what no colleague has confirmed in thirty days stands; how many."""
    return Doubt.objects.everywhere(reason="retention").filter(said_at__lt=at - STANDS_FOR).delete()[0]


def _on_record(verb: str, completion: Entry, wrong: Doubt.Wrong, agency: Agency, by: Actor, at: datetime) -> None:
    audit.record(verb, by=by, at=at, kind="entry", uid=completion.uid, agency_code=agency.code, wrong=str(wrong))


def tell(person: Person, at: datetime) -> None:
    """A mail that says nothing of what it is about, to every login whose record the entry counts for."""
    records = {record for record, others in whose_training().items() if person.pk in others}
    for user in User.objects.filter(person__in=records | {person.pk}).order_by("pk"):
        notices.send(to=user, kind="mail", subject="Learning", body=TOLD, at=at)
