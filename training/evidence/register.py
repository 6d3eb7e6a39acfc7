"""The register of equivalences: decided once by the partnership, for all who hold the outside course.

An entry serves decisions from its first day to its last. A change is another version; what was recorded by an earlier
one keeps its terms, and ending an entry leaves the past as it was.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from training.access.actor import Actor
from training.audit import services as audit
from training.pathways.models import Equivalence, Module
from training.people.models import Agency, Membership, Partnership

from .competence import key, parse
from .errors import EvidenceError, NotWaiting
from .models import Evidence, RegisterProposal
from .recognise import provider_key, running_entries, title_key
from .settle import settle


@dataclass(frozen=True, slots=True)
class Terms:
    """What an entry says: this title of this provider (any, if none is named) counts for the module."""

    module: Module
    external_title: str
    provider: str = ""
    evidence: str = ""
    maximum_age_months: int | None = None

    @property
    def title_key(self) -> str:
        """The title as it is compared."""
        return key(parse(self.external_title).title)

    @property
    def provider_key(self) -> str:
        """The provider as it is compared; empty means any."""
        return key(self.provider or parse(self.external_title).provider)


@dataclass(frozen=True, slots=True)
class Saved:
    """An entry as it was saved, and how many completions were recorded by it at once."""

    entry: Equivalence
    recorded: int


@transaction.atomic
def accept(
    terms: Terms,
    *,
    accepted_by: str,
    starts_on: date,
    by: Actor,
    on: date,
    at: datetime,
    replaces: Equivalence | None = None,
) -> Saved:
    """Put an entry into the register, or a new version of one, and record the rows of files that wait for it.

    Raises EvidenceError. Saying the same twice writes once.
    """
    partnership = _held(terms.module)
    _refuse_strange(terms, starts_on, on)
    twin = _twin(terms, partnership, on)
    if twin is not None and (replaces is None or twin.pk != replaces.pk):
        return Saved(twin, 0)
    if replaces is not None:
        _close(replaces, at)
    _refuse_second(terms, partnership, on)
    entry = Equivalence.objects.create(
        module=terms.module,
        external_title=terms.external_title.strip(),
        provider=terms.provider.strip(),
        accepted_by=accepted_by,
        evidence=terms.evidence.strip(),
        maximum_age_months=terms.maximum_age_months,
        starts_on=starts_on,
        recorded_at=at,
        recorded_by=str(by),
    )
    recorded = _settle_all(partnership, terms, by=by, on=on, at=at)
    audit.record(
        "equivalence accepted" if replaces is None else "equivalence changed",
        by=by,
        at=at,
        kind="equivalence",
        uid=entry.pk,
        partnership_code=partnership.code,
        module=terms.module.code,
        replaces=replaces.pk if replaces else None,
        recorded=recorded,
    )
    return Saved(entry, recorded)


@transaction.atomic
def end(entry: Equivalence, *, ends_on: date, by: Actor, on: date, at: datetime) -> Equivalence:
    """End an entry: it decides nothing after its last day, and what it decided stays. The same twice is once."""
    partnership = _held(entry.module)
    current = Equivalence.objects.select_related("module__pathway").get(pk=entry.pk)
    if current.replaced_at is not None:
        raise NotWaiting("This entry has been changed since. Look at it again.")
    if current.ends_on == ends_on:
        return current
    if ends_on < current.starts_on:
        raise EvidenceError("An entry cannot end before it began.")
    if ends_on < on - timedelta(days=1):
        raise EvidenceError("The last day cannot be earlier than yesterday: what was decided by then stands.")
    _close(current, at)
    fields = ("module", "external_title", "provider", "accepted_by", "evidence", "maximum_age_months", "starts_on")
    values = {name: getattr(current, name) for name in fields}
    ended = Equivalence.objects.create(**values, ends_on=ends_on, recorded_at=at, recorded_by=str(by))
    audit.record(
        "equivalence ended",
        by=by,
        at=at,
        kind="equivalence",
        uid=ended.pk,
        partnership_code=partnership.code,
        module=current.module.code,
        replaces=current.pk,
        ends_on=ends_on.isoformat(),
    )
    return ended


@transaction.atomic
def propose(agency: Agency, terms: Terms, *, by: Actor, at: datetime) -> RegisterProposal:
    """Ask the partnership to accept an outside course. The same proposal twice is one."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    waiting = RegisterProposal.objects.filter(agency=agency, state=RegisterProposal.State.WAITING, module=terms.module)
    for each in waiting:
        if (key(parse(each.external_title).title), key(each.provider)) == (terms.title_key, terms.provider_key):
            return each
    proposal = RegisterProposal.objects.create(
        agency=agency,
        module=terms.module,
        external_title=terms.external_title.strip(),
        provider=terms.provider.strip(),
        evidence=terms.evidence.strip(),
        maximum_age_months=terms.maximum_age_months,
        recorded_at=at,
        recorded_by=str(by),
    )
    audit.record(
        "equivalence proposed",
        by=by,
        at=at,
        kind="register_proposal",
        uid=proposal.uid,
        agency_code=agency.code,
        module=terms.module.code,
    )
    return proposal


@transaction.atomic
def decide_proposal(
    proposal: RegisterProposal, *, entry: Equivalence | None, said: str = "", by: Actor, at: datetime
) -> RegisterProposal:
    """Say what came of a proposal: the entry it led to, or none and why. Decided once."""
    held = RegisterProposal.objects.select_for_update(no_key=True, of=("self",))
    waiting = held.select_related("agency").get(pk=proposal.pk)
    if waiting.state != RegisterProposal.State.WAITING:
        return waiting
    if entry is None and not said.strip():
        raise EvidenceError("Say why: HR reads it.")
    waiting.state = RegisterProposal.State.ACCEPTED if entry else RegisterProposal.State.DECLINED
    waiting.equivalence, waiting.said = entry, said.strip()[:300]
    waiting.decided_at, waiting.decided_by = at, str(by)
    waiting.save()
    audit.record(
        f"equivalence proposal {waiting.state}",
        by=by,
        at=at,
        kind="register_proposal",
        uid=waiting.uid,
        agency_code=waiting.agency.code,
    )
    return waiting


def waiting_for(terms: Terms, agencies: list[int]) -> Q:
    """Which rows of files the terms settle, at these agencies. A learner's bare word stays for HR to decide on."""
    from_files = Q(origin=Evidence.Origin.FILE, agency__in=agencies, state__in=Evidence.OPEN)
    about = from_files & Q(title_key=terms.title_key)
    return about & Q(provider_key=terms.provider_key) if terms.provider_key else about


def members(partnership: Partnership, on: date) -> list[Agency]:
    """The agencies of the partnership on a day."""
    memberships = Membership.objects.known_now().current_on(on).filter(partnership=partnership)
    return list(Agency.objects.filter(pk__in=memberships.values("agency")).order_by("title"))


def _held(module: Module) -> Partnership:
    """The partnership whose register it is; one writer at a time."""
    return Partnership.objects.select_for_update(no_key=True).get(pk=module.pathway.partnership_id)


def _refuse_strange(terms: Terms, starts_on: date, on: date) -> None:
    if not terms.title_key:
        raise EvidenceError("Give the title of the outside course.")
    if starts_on > on:
        raise EvidenceError(
            "An entry decides from the day it is saved: choose today, or the earlier day it was agreed."
        )
    if terms.maximum_age_months == 0:
        raise EvidenceError("A maximum age of 0 months would accept nothing. Leave it empty for no maximum.")


def _same(entry: Equivalence, terms: Terms) -> bool:
    return (title_key(entry), provider_key(entry)) == (terms.title_key, terms.provider_key)


def _twin(terms: Terms, partnership: Partnership, on: date) -> Equivalence | None:
    """The entry that says exactly this already."""
    for entry in running_entries([partnership], on=on):
        is_same = entry.module_id == terms.module.pk and entry.maximum_age_months == terms.maximum_age_months
        if is_same and _same(entry, terms):
            return entry
    return None


def _refuse_second(terms: Terms, partnership: Partnership, on: date) -> None:
    """One title of one provider counts for one module: otherwise nobody would know which."""
    for entry in running_entries([partnership], on=on):
        if _same(entry, terms):
            raise EvidenceError(f"This title and provider count for {entry.module.code} already. Change that entry.")


def _close(entry: Equivalence, at: datetime) -> None:
    closed = Equivalence.objects.filter(pk=entry.pk, replaced_at=None).update(replaced_at=at)
    if not closed:
        raise NotWaiting("This entry has been changed since. Look at it again.")


def _settle_all(partnership: Partnership, terms: Terms, *, by: Actor, on: date, at: datetime) -> int:
    """Record the rows of files that wait. What somebody is deciding this moment is decided by them, and waited for."""
    agencies = {agency.pk: agency for agency in members(partnership, on)}
    everywhere = Evidence.objects.everywhere(reason="an entry counts for every agency of the partnership")
    waiting: dict[Agency, list[Evidence]] = {}
    for row in everywhere.filter(waiting_for(terms, list(agencies))).held():
        waiting.setdefault(agencies[row.agency_id], []).append(row)
    return settle(waiting, on=on, by=by, at=at)
