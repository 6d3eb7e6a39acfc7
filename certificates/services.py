"""Issuing certificates."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction

from certificates.code import new_code
from certificates.models import Certificate
from certificates.snapshot import Snapshot, printable
from certificates.validity import validity_of
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.ledger.models import Entry, Method

ISSUER = Actor.system("certificates")


class NothingToCertify(Exception):
    """The completion has been voided: there is nothing to issue a certificate of."""


def issue(completion: Entry, *, at: datetime) -> Certificate:
    """The certificate of a completion: issued now, or the one that was. Safe to call again, and by two at once."""
    issued = Certificate.objects.of_completion(completion).first()
    if issued is not None:
        return issued
    if Entry.objects.everywhere(reason="one target").filter(target=completion, kind=Entry.Kind.VOID).exists():
        raise NothingToCertify("This completion was withdrawn, so it has no certificate.")
    try:
        return _issue(completion, at)
    except IntegrityError:
        # Somebody else issued it in between: the constraint let one of us through.
        return Certificate.objects.of_completion(completion).get()


def issue_all(completions: Iterable[Entry]) -> list[Certificate]:
    """The certificates of completions, as `issue` makes them, without those that there is nothing to certify of."""
    issued = []
    for completion in completions:
        with suppress(NothingToCertify):
            issued.append(issue(completion, at=completion.recorded_at))
    return issued


@transaction.atomic
def _issue(completion: Entry, at: datetime) -> Certificate:
    certificate = Certificate.objects.create(
        completion_id=completion.pk,
        code=new_code(),
        snapshot=_snapshot(completion, at).as_json(),
        issued_at=at,
    )
    audit.record(
        "certificate issued",
        by=ISSUER,
        at=at,
        kind="certificate",
        uid=certificate.uid,
        partnership_code=completion.partnership.code,
    )
    return certificate


def _snapshot(completion: Entry, at: datetime) -> Snapshot:
    """What the certificate says: of the completion as the ledger keeps it, of the module as it is today."""
    module = completion.module
    validity = validity_of(completion, known_at=at)
    assert completion.completed_on is not None
    return Snapshot(
        name=printable(completion.person.name),
        module_code=completion.module_code,
        module_title=printable(completion.module_title),
        edition=completion.edition,
        outcomes=tuple(printable(outcome) for outcome in module.outcomes),
        tier=module.tier.title,
        nice_level=module.nice_level,
        standards=module.standards,
        minutes=module.minutes,
        method=Method(completion.method).label,
        completed_on=completion.completed_on,
        valid_until=validity.ends_on,
        rule=validity.rule,
        is_recorded_only=validity.is_recorded_only,
        partnership=printable(completion.partnership.title),
        issued_on=london_date(at),
    )
