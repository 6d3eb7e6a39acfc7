"""Issuing certificates."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from certificates import chain
from certificates.code import new_code
from certificates.models import Certificate, Design, Gone, PrintedName, Showing
from certificates.snapshot import Snapshot, printable
from certificates.validity import validity_of
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.ledger.accepted import rests_on
from training.ledger.correcting import corrects
from training.ledger.models import Entry, Method
from training.pathways.models import Equivalence
from training.people.models import Person

ISSUER = Actor.system("certificates")
TAUGHT_HERE = (Method.ONLINE, Method.EVENT)
CERTIFICATE_SEEN = "Certificate seen"


class NothingToCertify(Exception):
    """There is nothing to issue a certificate of: the completion was voided, or its certificate erased."""


def issue(completion: Entry, *, at: datetime) -> Certificate:
    """The certificate of a completion: issued now, or the one that was. Safe to call again, and by two at once."""
    issued = Certificate.objects.of_completion(completion).first()
    if issued is not None:
        return issued
    if Entry.objects.everywhere(reason="one target").filter(target=completion, kind=Entry.Kind.VOID).exists():
        raise NothingToCertify("This completion was withdrawn, so it has no certificate.")
    if Gone.objects.filter(completion_uid=completion.uid).exists():
        raise NothingToCertify("The certificate of this completion was erased.")
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


def supersede(old: Certificate, words: Snapshot, *, correction: str, at: datetime) -> Certificate:
    """The certificate that takes the place of another, of the same completion."""
    return _written(old.completion, words, supersedes=old, correction=correction, at=at)


def printed_name(person: Person) -> str:
    """The name for new certificates: the one that was confirmed last, else the roster's."""
    said = PrintedName.objects.of(person).confirmed().first()
    return printable(said.name if said else person.name)


def design_of(partnership: int) -> str:
    """The newest design of a partnership, by uid; '' where it has made none."""
    newest = Design.objects.filter(partnership=partnership).order_by("-number").values_list("uid", flat=True).first()
    return newest.hex if newest else ""


@transaction.atomic
def _issue(completion: Entry, at: datetime) -> Certificate:
    """The first of a completion; one whose day was corrected supersedes the certificate of the wrong day."""
    before = corrects(completion)
    wrong = Certificate.objects.of_completion(before).first() if before is not None else None
    day = Certificate.Correction.DAY if wrong is not None else ""
    words = _snapshot(completion, at)
    _lead_to_no_other_name(completion.person, words.name)
    return _written(completion, words, supersedes=wrong, correction=day, at=at)


def _lead_to_no_other_name(person: Person, name: str) -> None:
    """Whoever has an older code knows the older name: once a roster brings another, leading on wants a fresh yes."""
    last = Certificate.objects.of_record(person).order_by("-pk").first()
    if last is not None and last.words.name != name:
        Showing.objects.of_person(person).filter(points_forward=True).update(points_forward=False)


@transaction.atomic
def _written(
    completion: Entry, words: Snapshot, *, supersedes: Certificate | None, correction: str, at: datetime
) -> Certificate:
    before = supersedes or chain.last_before(completion)
    certificate = Certificate.objects.create(
        completion_id=completion.pk,
        code=new_code(),
        snapshot=words.as_json(),
        issued_at=at,
        supersedes=supersedes,
        correction=correction,
    )
    if before is not None:
        _go_on_hiding(before, certificate)
    audit.record(
        "certificate issued",
        by=ISSUER,
        at=at,
        kind="certificate",
        uid=certificate.uid,
        partnership_code=completion.partnership.code,
    )
    return certificate


def _go_on_hiding(old: Certificate, new: Certificate) -> None:
    """What the holder hid stays hidden on what takes its place or renews it: HR too can have a certificate superseded,
    and a link to the passport that is open shows the newest of a module.
    """
    chosen = Showing.objects.of(old.pk).first()
    if chosen is not None and (chosen.is_masked or chosen.is_paused):
        Showing.objects.create(certificate=new, is_masked=chosen.is_masked, is_paused=chosen.is_paused)


def _snapshot(completion: Entry, at: datetime) -> Snapshot:
    """What the certificate says: of the completion as the ledger keeps it, of the module as it is today."""
    module = completion.module
    validity = validity_of(completion, known_at=at)
    assert completion.completed_on is not None
    return Snapshot(
        name=printed_name(completion.person),
        module_code=completion.module_code,
        module_title=printable(completion.module_title),
        edition=completion.edition,
        outcomes=tuple(printable(outcome) for outcome in module.outcomes),
        tier=module.tier.title,
        nice_level=module.nice_level,
        standards=module.standards,
        minutes=module.minutes if completion.minutes is None else completion.minutes,
        method=CERTIFICATE_SEEN if rests_on(completion) else Method(completion.method).label,
        completed_on=completion.completed_on,
        valid_until=validity.ends_on,
        rule=validity.rule,
        is_recorded_only=validity.is_recorded_only,
        partnership=printable(completion.partnership.title),
        provider=printable(_provider(completion)),
        design=design_of(completion.partnership_id),
        issued_on=london_date(at),
        site=settings.BASE_URL,
    )


def _provider(completion: Entry) -> str:
    """Who taught it: the partnership, who the register of equivalences says, or who did what was shown. Of the rest the
    ledger has free words alone, and those might say where the holder works.
    """
    if completion.method in TAUGHT_HERE:
        return completion.partnership.title
    if (shown := rests_on(completion)) is not None:
        return _provider(shown)
    kind, _, number = completion.source.partition(":")
    if completion.method != Method.EQUIVALENCE or kind != "equivalence" or not number.isdecimal():
        return ""
    return Equivalence.objects.filter(pk=int(number)).values_list("provider", flat=True).first() or ""
