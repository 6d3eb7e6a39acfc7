"""The day of a completion put right: the wrong one voided, the right one recorded, in one step."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Agency

from .models import Completion, Doubt, Entry, Method
from .services import LedgerError, NewCompletion, record_completion, void_completion
from .wrong import NotTheirEntry, needs_two, tell

KEY = "corrected:"


class NotTheirDay(LedgerError):
    """The day is not for one of HR to put right."""


@transaction.atomic
def correct_day(
    completion: Completion, completed_on: date, *, agency: Agency, own: Collection[int], by: Actor, at: datetime
) -> Completion:
    """The completion as it should have been recorded. `own` are the records of whoever says so.

    What the site saw keeps its day: it can be withdrawn, by two. Raises NotTheirEntry, NotTheirDay, AlreadyVoided, and
    LedgerError for a day to come.
    """
    if completion.agency_id != agency.pk or completion.person_id in own:
        raise NotTheirEntry("This entry is not yours to correct.")
    if needs_two(completion, agency, on=london_date(at)):
        raise NotTheirDay("The day of this entry cannot be corrected by one person. Withdraw it instead.")
    if completed_on == completion.completed_on:
        raise NotTheirDay("That is the day which stands there already.")
    void_completion(completion, reason=Doubt.Wrong.DAY.label, by=by, at=at)
    Doubt.objects.within(agency).filter(entry=completion).delete()
    right = NewCompletion(
        person=completion.person,
        module=completion.module,
        completed_on=completed_on,
        method=Method(completion.method),
        idempotency_key=f"{KEY}{completion.uid}",
        source=completion.source,
        evidence=completion.evidence,
        edition=completion.edition,
        agency=completion.agency,
        minutes=completion.minutes,
    )
    corrected = record_completion(right, by=by, at=at)
    audit.record("completion corrected", by=by, at=at, kind="entry", uid=corrected.uid, agency_code=agency.code)
    tell(completion.person, at)
    return corrected


def corrects(entry: Entry) -> Entry | None:
    """The entry whose wrong day this one puts right."""
    if not entry.idempotency_key.startswith(KEY):
        return None
    wrong = UUID(entry.idempotency_key.removeprefix(KEY))
    return Entry.objects.everywhere(reason="what it corrects").filter(uid=wrong).first()
