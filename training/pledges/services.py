"""Reporting, confirming and withdrawing what an agency has pledged, and naming what there is to sign."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from training.access.actor import Actor
from training.access.clock import add_months, london_date
from training.audit import services as audit
from training.people.models import Agency, Membership, Partnership

from .errors import PledgeRefused
from .models import Charter, Kind, Pledge

EARLIEST = date(1990, 1, 1)
LONGEST = 120
"""Months until a review: what is looked at again in more than ten years is not looked at again."""
KEPT = timedelta(days=365)
"""So long after its review was over a pledge still says who signed."""
TWICE = "That day is on record already. Choose it from the list to change it."
CHANGED = "This has changed since you opened the page. Look at it again."


@dataclass(frozen=True, slots=True)
class Said:
    """What is reported of one pledge."""

    made_on: date
    review_on: date | None = None
    post_title: str = ""
    name: str = ""
    is_who_public: bool = False
    tier: str = ""
    reference: str = ""
    covers_victims: bool = False
    covers_people_who_harm: bool = False


def said_of(pledge: Pledge) -> Said:
    """What was reported of one that is on record."""
    return Said(**{each.name: getattr(pledge, each.name) for each in fields(Said)})


@transaction.atomic
def report(
    *, agency: Agency, partnership: Partnership, kind: Kind, said: Said, by: Actor, at: datetime, is_confirmed: bool
) -> Pledge:
    """A new pledge, or the renewal of one. What the coordinator reports is confirmed with it. PledgeRefused."""
    _refuse_odd(agency, partnership, kind, said, on=london_date(at))
    pledge = Pledge(
        partnership=partnership,
        agency=agency,
        kind=kind,
        is_confirmed=is_confirmed,
        recorded_at=at,
        recorded_by=str(by),
        **asdict(said),
    )
    _save(pledge)
    _on_record("commitment reported", pledge, by=by, at=at)
    return pledge


@transaction.atomic
def change(*, pledge: Pledge, said: Said, by: Actor, at: datetime, is_confirmed: bool) -> Pledge:
    """Put right what was reported; unless the coordinator does, it has to be confirmed again. PledgeRefused."""
    if said_of(pledge) == said and (pledge.is_confirmed or not is_confirmed):
        return pledge
    _refuse_odd(pledge.agency, pledge.partnership, Kind(pledge.kind), said, on=london_date(at))
    changed = _replace(pledge, by=by, at=at, is_confirmed=is_confirmed, **asdict(said))
    _on_record("commitment changed", changed, by=by, at=at)
    return changed


@transaction.atomic
def report_none(*, agency: Agency, partnership: Partnership, kind: Kind, by: Actor, at: datetime) -> Pledge:
    """The agency says that it has no policy or no lead, from today: an answer, where silence is none. PledgeRefused."""
    on = london_date(at)
    _refuse_stranger(agency, partnership, on)
    same = Pledge.objects.known_now().filter(agency=agency, partnership=partnership, kind=kind)
    if any(each.is_in_force(on) for each in same):
        raise PledgeRefused("One is in place on record. Withdraw it first.")
    if not is_open(kind):
        raise PledgeRefused("A signature is on record or it is not.")
    said = Pledge(partnership=partnership, agency=agency, kind=kind, made_on=on, is_none=True)
    said.recorded_at, said.recorded_by = at, str(by)
    _save(said)
    _on_record("commitment reported as none", said, by=by, at=at)
    return said


def is_open(kind: Kind) -> bool:
    """Whether an agency may have one without having told: a signature is told by signing."""
    return kind != Kind.CHARTER


@transaction.atomic
def confirm(*, pledge: Pledge, by: Actor, at: datetime) -> Pledge:
    """The coordinator has seen it. Confirms this version and no other. PledgeRefused."""
    if pledge.is_none or pledge.withdrawn_on is not None:
        raise PledgeRefused("There is nothing to confirm here any more.")
    if pledge.is_confirmed:
        return pledge
    confirmed = _replace(pledge, by=by, at=at, is_confirmed=True)
    _on_record("commitment confirmed", confirmed, by=by, at=at)
    return confirmed


@transaction.atomic
def withdraw(*, pledge: Pledge, from_on: date, by: Actor, at: datetime) -> Pledge:
    """It holds no more from a day; from its first day, where it was never true. PledgeRefused."""
    if pledge.withdrawn_on is not None:
        raise PledgeRefused("It has been withdrawn already.")
    if from_on < pledge.made_on:
        raise PledgeRefused(f"It was made on {pledge.made_on:%-d %B %Y}. It cannot end before that day.")
    if from_on > london_date(at):
        raise PledgeRefused("That day is still to come. Withdraw it when it ends.")
    withdrawn = _replace(pledge, by=by, at=at, withdrawn_on=from_on, name="")
    _on_record("commitment withdrawn", withdrawn, by=by, at=at)
    return withdrawn


@transaction.atomic
def name_charter(
    *, partnership: Partnership, title: str, address: str, tiers: Sequence[str], by: Actor, at: datetime
) -> Charter:
    """Say what agencies are asked to sign. Signatures keep the tier that they were given under."""
    said = {"title": title, "address": address, "tiers": list(tiers)}
    first = said | {"named_at": at}
    charter, _ = Charter.objects.update_or_create(partnership=partnership, defaults=said, create_defaults=first)
    audit.record("charter named", by=by, at=at, kind="charter", uid=charter.pk, partnership_code=partnership.code)
    return charter


def forget_names(*, at: datetime) -> int:
    """Wipe who signed, or led, where another was confirmed since or the review has been over for a year; how many."""
    named = Pledge.objects.known_now().exclude(name="")
    later = Pledge.objects.known_now().filter(
        partnership=OuterRef("partnership"),
        agency=OuterRef("agency"),
        kind=OuterRef("kind"),
        made_on__gt=OuterRef("made_on"),
        is_confirmed=True,
        withdrawn_on=None,
    )
    served = named.filter(Exists(later) | Q(review_on__lt=london_date(at) - KEPT))
    return Pledge.objects.filter(pk__in=list(served.values_list("pk", flat=True))).update(name="")


def _refuse_odd(agency: Agency, partnership: Partnership, kind: Kind, said: Said, *, on: date) -> None:
    if said.made_on > on:
        raise PledgeRefused("The day is still to come. Put it on record when it has happened.")
    if said.made_on < EARLIEST:
        raise PledgeRefused(f"{said.made_on.year} cannot be right. Check the year.")
    if (kind == Kind.LEAD) != (said.review_on is None):
        raise PledgeRefused("A signature and a policy have a day of review, and a lead has none.")
    if said.review_on is not None and said.review_on <= said.made_on:
        raise PledgeRefused("The review has to come after the day itself.")
    if said.review_on is not None and said.review_on > add_months(said.made_on, LONGEST):
        raise PledgeRefused("The review has to come within ten years. Check the year.")
    if kind == Kind.POLICY and not (said.covers_victims or said.covers_people_who_harm):
        raise PledgeRefused("Say whom the policy is for.")
    if kind == Kind.CHARTER and not Charter.objects.filter(partnership=partnership).exists():
        raise PledgeRefused(f"{partnership} has not said yet what there is to sign.")
    _refuse_stranger(agency, partnership, on)


def _refuse_stranger(agency: Agency, partnership: Partnership, on: date) -> None:
    if not Membership.objects.known_now().current_on(on).filter(agency=agency, partnership=partnership).exists():
        raise PledgeRefused(f"{agency} is not in {partnership}.")


def _replace(pledge: Pledge, *, by: Actor, at: datetime, **changes: object) -> Pledge:
    """Close this version, whose name goes, and write another; refused where somebody else was quicker."""
    seen = Pledge.objects.filter(pk=pledge.pk, replaced_at__isnull=True)
    if not seen.update(replaced_at=at, name=""):
        raise PledgeRefused(CHANGED)
    kept = {each.attname: getattr(pledge, each.attname) for each in Pledge._meta.concrete_fields}
    fresh = Pledge(**kept | {"id": None, "recorded_at": at, "recorded_by": str(by)} | changes)
    _save(fresh)
    return fresh


def _save(pledge: Pledge) -> None:
    try:
        with transaction.atomic():
            pledge.save(force_insert=True)
    except IntegrityError as error:
        raise PledgeRefused(TWICE) from error


def _on_record(verb: str, pledge: Pledge, *, by: Actor, at: datetime) -> None:
    """Without names: the audit keeps none."""
    audit.record(
        verb,
        by=by,
        at=at,
        kind="commitment",
        uid=pledge.uid,
        agency_code=pledge.agency.code,
        partnership_code=pledge.partnership.code,
        what=pledge.kind,
        made_on=pledge.made_on.isoformat(),
    )
