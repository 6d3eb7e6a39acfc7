"""'Bring your earlier training with you': a person shows that an earlier record is theirs.

By a code sent to the work address of that record, while the address still counts as theirs; or by a certificate,
confirmed by the HR of where they work now. A record that somebody signs in with is brought by signing in with it and by
nothing less. Whoever asks gets one answer, whether there is such a record or not. The earlier agency is told nothing,
then or later.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import get_random_string

from training.access.access import Access
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.addresses import people_at
from training.people.models import Agency, Employment, Person, RecordClaim, Sameness, Term
from training.people.selectors import other_records, posts_held

from .errors import IdentityError
from .letters import send_code, tell_of_join
from .locks import one_at_a_time
from .merge import AlreadyOne, join_records, part_records

WHY = "who claims an earlier record"
# Without vowels and without letters that look alike: no words, no doubt
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
CODE_LASTS = timedelta(hours=1)
HR_HAS = timedelta(days=30)
# An address that a roster has changed is no proof for so long
ADDRESS_SETTLES = timedelta(days=90)
KEPT_FOR = timedelta(days=30)
MOST_AN_HOUR, MOST_A_DAY = 3, 6
State = RecordClaim.State


class ClaimError(IdentityError):
    """A claim that cannot go on; the text can be shown to a person."""


class TooManyClaims(ClaimError):
    """The person has tried as often as they may for now."""


class WrongCode(ClaimError):
    """The code is not the one that was sent."""


class ClaimIsOver(ClaimError):
    """There is nothing to answer any more: too late, used, or tried too often."""


class NoHr(ClaimError):
    """The person works nowhere now, so that no HR can confirm."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What anyone reads who checks the certificate."""

    name: str
    module: str
    completed_on: str
    code: str


@transaction.atomic
def ask_by_address(own: Person, address: str, *, by: Actor, at: datetime) -> RecordClaim:
    """Send a code to an earlier work address. One that leads to nobody gets a mail that says so."""
    _count(own, at)
    found = people_at(address.strip(), on=london_date(at))
    record = found[0] if len(found) == 1 and _is_free(found[0], own) and not _is_new(address.strip(), at) else None
    letters = get_random_string(8, LETTERS)
    claim = RecordClaim(claimant=own, record=record, state=State.SENT, asked_at=at, ends_at=at + CODE_LASTS)
    claim.code_hash = claim.hash_of(letters)
    claim.save()
    _on_record("earlier record asked for", claim, by=by, at=at, proof="address")
    send_code(address.strip().lower(), f"{letters[:4]}-{letters[4:]}" if record else "", until=claim.ends_at)
    return claim


def use_code(own: Person, typed: str, *, by: Actor, at: datetime) -> Sameness:
    """Try the newest code; the right one joins the record it was sent about. Raises WrongCode or ClaimIsOver."""
    mine = RecordClaim.objects.everywhere(reason=WHY).filter(claimant=own)
    claim = mine.exclude(code_hash="").order_by("-asked_at", "-pk").first()
    open_now = mine.filter(pk=claim.pk if claim else 0, state=State.SENT, tries__lt=5, ends_at__gt=at)
    # Counted before it is looked at, and outside the transaction below: no try is ever free.
    if claim is None or not open_now.update(tries=F("tries") + 1):
        raise ClaimIsOver("That code cannot be used any more. Ask for a new one.")
    if not claim.is_code(typed) or claim.record is None:
        raise WrongCode("That is not the code we sent. Check the newest email from us and try again.")
    with transaction.atomic():
        if not mine.filter(pk=claim.pk, state=State.SENT).update(state=State.JOINED, answered_at=at):
            raise ClaimIsOver("That code has been used. Ask for a new one.")
        if not _is_free(claim.record, own):
            raise ClaimIsOver("That code cannot be used any more. Ask for a new one.")
        said = join_records(own, claim.record, proof=Sameness.Proof.ADDRESS, by=by, at=at)
        tell_of_join(said, on=london_date(at))
        return said


@transaction.atomic
def ask_by_certificate(own: Person, record: Person, printed: Printed, *, by: Actor, at: datetime) -> RecordClaim:
    """Ask the HR of where the person works now to confirm that a certificate is theirs. Raises NoHr, AlreadyOne.

    Only a record whose posts have all ended can be claimed so, whoever still works there has the address; and none that
    is protected, since HR would see that there is one. What cannot
    be claimed waits, and is over in the end, as if nobody had confirmed it.
    """
    _count(own, at)
    if record.pk in _own(own):
        raise AlreadyOne("This certificate is on your record already.")
    agency = _present_agency(own, at)
    is_free = _is_free(record, own) and not record.is_protected and not _still_works(record, at)
    claim = RecordClaim.objects.create(
        claimant=own,
        record=record if is_free else None,
        agency=agency,
        state=State.WAITING,
        printed=asdict(printed),
        asked_at=at,
        ends_at=at + HR_HAS,
    )
    _on_record("earlier record asked for", claim, by=by, at=at, proof="certificate")
    return claim


@transaction.atomic
def confirm(claim: RecordClaim, *, is_theirs: bool, by: Actor, at: datetime) -> None:
    """HR has seen the certificate, or has not. Raises ClaimIsOver where it was answered before, or came too late."""
    waits = RecordClaim.objects.everywhere(reason=WHY).filter(pk=claim.pk, state=State.WAITING, ends_at__gt=at)
    state = State.JOINED if is_theirs else State.DECLINED
    if claim.record is None or not waits.update(state=state, answered_at=at, answered_by=str(by)):
        raise ClaimIsOver("This has been answered already, or waited too long. The person can ask again.")
    if not is_theirs:
        code = claim.agency.code if claim.agency else ""
        audit.record("join declined", by=by, at=at, kind="person", uid=claim.claimant.uid, agency_code=code)
        return
    if not _is_free(claim.record, claim.claimant) or claim.record.is_protected or _still_works(claim.record, at):
        raise ClaimIsOver("This cannot be confirmed now. The person can use a code sent to their work address.")
    proof = Sameness.Proof.CERTIFICATE
    try:
        said = join_records(claim.claimant, claim.record, proof=proof, by=by, at=at, confirmed_at=claim.agency)
    except AlreadyOne:
        return
    tell_of_join(said, on=london_date(at))


@transaction.atomic
def join_signed_in(own: Person, earlier: Person, *, by: Actor, at: datetime) -> Sameness:
    """One who has just signed in with both says that they are one. Raises AlreadyOne, TooManyClaims or ClaimError."""
    one_at_a_time()
    _count(own, at)
    joined = Sameness.objects.of_records([earlier.pk]).known_now().filter(record=earlier, agency=None)
    if joined.exclude(same_as=own).exists():
        raise ClaimError("This record has been brought to another one. Take those apart first, on this page.")
    said = RecordClaim(claimant=own, record=earlier, state=State.JOINED, asked_at=at, answered_at=at)
    said.ends_at = at + CODE_LASTS
    said.save()
    _on_record("earlier record asked for", said, by=by, at=at, proof="sign-in")
    sameness = join_records(own, earlier, proof=Sameness.Proof.SIGN_IN, by=by, at=at)
    tell_of_join(sameness, on=london_date(at))
    return sameness


def take_apart(said: Sameness, *, by: Actor, at: datetime) -> None:
    """One whose record was joined, on either side, says that it is not theirs. What HR merged is HR's to take back."""
    if said.agency_id is not None:
        raise ClaimError("Your HR team merged these. Ask them to undo it: choose 'This is not right'.")
    part_records(said, by=by, at=at)


def waiting(agency: Agency, access: Access) -> int:
    """How many certificates of others wait for this one of the agency's HR to confirm."""
    return RecordClaim.objects.to_confirm(access, agency).count()


def close_old(*, at: datetime) -> int:
    """For the worker: what nobody answered is over, and what is over is forgotten after thirty days; how many."""
    claims = RecordClaim.objects.everywhere(reason="retention")
    claims.filter(state__in=(State.SENT, State.WAITING), ends_at__lte=at).update(state=State.OVER)
    return claims.exclude(state__in=(State.SENT, State.WAITING)).filter(ends_at__lte=at - KEPT_FOR).delete()[0]


def _count(own: Person, at: datetime) -> None:
    """Refuse more tries than anybody needs. One at a time, so that two at once count as two."""
    Person.objects.everywhere(reason=WHY).select_for_update(no_key=True).get(pk=own.pk)
    tries = RecordClaim.objects.everywhere(reason=WHY).filter(claimant__in=_own(own))
    if (
        tries.filter(asked_at__gt=at - timedelta(hours=1)).count() >= MOST_AN_HOUR
        or tries.filter(asked_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY
    ):
        raise TooManyClaims("You have tried too often. Wait until tomorrow, or ask your HR team for help.")


def _own(person: Person) -> tuple[int, ...]:
    return (person.pk, *other_records(person))


def _is_free(record: Person, own: Person) -> bool:
    """Whether it can be claimed: it is joined to nothing yet, and nobody signs in with it."""
    return record.pk != own.pk and record.same_as_id is None and record.user_id is None


def _is_new(address: str, at: datetime) -> bool:
    """Whether a roster changed an address to this one lately: whoever keeps the roster could give any mailbox."""
    given = Employment.objects.everywhere(reason=WHY).filter(work_email=address.lower())
    return given.filter(addressed_at__gt=at - ADDRESS_SETTLES).exists()


def _still_works(record: Person, at: datetime) -> bool:
    """Whether any record of the same person has a post that runs, or is still to come."""
    terms = Term.objects.everywhere(reason=WHY).known_now().not_ended_on(london_date(at))
    return terms.filter(record.all_of("post__employment__person")).exists()


def _present_agency(own: Person, at: datetime) -> Agency:
    posts = posts_held(own.pk, london_date(at)).order_by("starts_on", "pk")
    term = posts.select_related("post__employment__agency").first()
    if term is None:
        raise NoHr(
            "You are on no roster at present, so nobody can confirm it. Use a code to your work address instead."
        )
    return term.post.employment.agency


def _on_record(verb: str, claim: RecordClaim, *, by: Actor, at: datetime, **detail: str) -> None:
    """On record for the site alone: no agency is named, and no record that was asked for."""
    audit.record(verb, by=by, at=at, kind="claim", uid=claim.uid, **detail)


def own_samenesses(access: Access) -> list[Sameness]:
    """What joins one's own records, the newest first."""
    return list(Sameness.objects.of_records(access.own_record).known_now().select_related("agency"))
