"""What an agency's HR may read of one person: posts there, what is asked and why, what was done and agreed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from certificates.selectors import OwnCertificate, certificates_of
from courses.parts import PartDone, parts_done
from training.evidence.models import Evidence
from training.ledger.models import Entry, StandingStep
from training.ledger.selectors.record import Record
from training.ledger.selectors.table import WITHHELD
from training.ledger.standing import State
from training.pathways.models import Exemption, Extension, Requirement
from training.people.identity.selectors import whose_training
from training.people.models import Agency, Duty, Employment, Person, Post, Term
from training.ui.templatetags.ui import uk_date

VOID = "Void: recorded in error"


@dataclass(frozen=True, slots=True)
class Asked:
    """One module asked of one post, and whom the rules name: 'Role group: Midwife'."""

    code: str
    title: str
    state: State
    is_valid: bool
    due_on: date | None
    valid_until: date | None
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """An exemption or a moved date, in words; never with a reason for a delay."""

    module: str
    words: str
    from_on: date | None
    until_on: date | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A post at the agency: what it was from day to day, the duties on it, what is asked of it, what was agreed."""

    reference: str
    terms: tuple[Term, ...]
    duties: tuple[Duty, ...]
    asked: tuple[Asked, ...]
    agreed: tuple[Agreed, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A completion that concerns the agency. `where`, `role_group` and `evidence` are told of its own alone.

    `is_ours`: the agency recorded it and it stands, so that its HR can say that it is wrong.
    """

    uid: UUID
    code: str
    title: str
    completed_on: date
    recorded_at: datetime
    how: str
    where: str
    role_group: str
    evidence: str
    became: str
    certificate: OwnCertificate | None
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Given:
    """Training done elsewhere that this agency decides about, and where the decision stands."""

    uid: UUID
    title: str
    provider: str
    completed_on: date
    state: str
    is_open: bool
    module: str


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """One person as their agency's HR sees them. `parts`: online parts done of modules that the agency asks for."""

    pk: int
    uid: UUID
    name: str
    is_protected: bool
    references: tuple[str, ...]
    addresses: tuple[str, ...]
    posts: tuple[PostRecord, ...]
    done: tuple[Done, ...]
    parts: tuple[PartDone, ...]
    given: tuple[Given, ...]


def staff_record(agency: Agency, uid: UUID, *, on: date) -> StaffRecord:
    """The person with this uid, if they are or were on the agency's roster; otherwise nobody (404)."""
    person = Person.objects.within(agency).filter(uid=uid).distinct().first()
    if person is None:
        raise Http404
    entries = list(Employment.objects.within(agency).filter(person=person).order_by("pk"))
    posts = _posts(agency, person, on)
    asked = {each.code for post in posts for each in post.asked}
    return StaffRecord(
        pk=person.pk,
        uid=person.uid,
        name=WITHHELD if person.is_protected else person.name,
        is_protected=person.is_protected,
        references=() if person.is_protected else tuple(each.employee_ref for each in entries),
        addresses=() if person.is_protected else tuple(each.work_email for each in entries if each.work_email),
        posts=posts,
        done=_done(agency, person, on),
        parts=tuple(part for part in parts_done(person) if part.module_code in asked),
        given=_given(agency, person),
    )


def _posts(agency: Agency, person: Person, on: date) -> tuple[PostRecord, ...]:
    posts = list(Post.objects.within(agency).filter(employment__person=person).order_by("pk"))
    ids = [post.pk for post in posts]
    terms = Term.objects.within(agency).known_now().filter(post__in=ids).order_by("-starts_on")
    terms = terms.select_related("role_group", "team", "workplace", "locality", "manager__employment__person")
    duties = Duty.objects.within(agency).known_now().filter(post__in=ids).select_related("designation")
    asked, agreed = _asked(agency, ids, on), _agreed(agency, ids)
    by_post, on_post = _by_post(terms), _by_post(duties.order_by("-starts_on"))
    return tuple(
        PostRecord(
            "" if person.is_protected else post.assignment_ref,
            tuple(by_post.get(post.pk, ())),
            tuple(on_post.get(post.pk, ())),
            tuple(asked.get(post.pk, ())),
            tuple(agreed.get(post.pk, ())),
        )
        for post in posts
    )


def _by_post(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.post_id, []).append(row)
    return found


def _asked(agency: Agency, posts: list[int], on: date) -> dict[int, list[Asked]]:
    steps = StandingStep.objects.within(agency).filter(post__in=posts).current_on(on).select_related("module")
    rows = list(steps.order_by("module__position", "pk"))
    words = _because({int(reason) for row in rows for reason in row.reasons})
    found: dict[int, list[Asked]] = {}
    for row in rows:
        found.setdefault(row.post_id, []).append(
            Asked(
                row.module.code,
                row.module.title,
                State(row.state),
                row.is_valid,
                row.due_on,
                row.valid_until,
                tuple(words[int(reason)] for reason in row.reasons),
            )
        )
    return found


def _because(requirements: set[int]) -> dict[int, str]:
    rules = Requirement.objects.select_related("role_group", "designation").in_bulk(requirements)
    return {
        pk: f"Duty: {rule.designation.title}" if rule.designation else f"Role group: {rule.audience}"
        for pk, rule in rules.items()
    }


def _agreed(agency: Agency, posts: list[int]) -> dict[int, list[Agreed]]:
    found: dict[int, list[Agreed]] = {}
    exemptions = Exemption.objects.within(agency).known_now().filter(post__in=posts).select_related("module")
    for row in exemptions.order_by("starts_on", "pk"):
        words = f"Exempt: {row.get_reason_code_display()}"
        found.setdefault(row.post_id, []).append(
            Agreed(row.module.title, words, row.starts_on, row.ends_on, row.recorded_at)
        )
    extensions = Extension.objects.within(agency).known_now().filter(post__in=posts).select_related("module")
    for moved in extensions.order_by("recorded_at", "pk"):
        found.setdefault(moved.post_id, []).append(
            Agreed(moved.module.title, "Due date moved", None, moved.due_on, moved.recorded_at)
        )
    return found


def _done(agency: Agency, person: Person, on: date) -> tuple[Done, ...]:
    concerning = Entry.objects.within(agency, on=on).filter(_records(agency, person, on))
    entries = list(concerning.order_by("-completed_on", "-number"))
    voided = {it.target_id for it in entries if it.kind == Entry.Kind.VOID}
    revoked_on: dict[int, date] = {}
    for it in entries:
        if it.target_id and it.effective_on and it.kind == Entry.Kind.REVOCATION:
            revoked_on[it.target_id] = min(it.effective_on, revoked_on.get(it.target_id, it.effective_on))
    completions = tuple(it for it in entries if it.kind == Entry.Kind.COMPLETION)
    record = Record(tuple(it for it in completions if it.pk not in voided), revoked_on)
    certificates = certificates_of(record, on=on) if completions else {}
    return tuple(
        _completion(
            it,
            agency,
            VOID if it.pk in voided else _stopped(revoked_on.get(it.pk)),
            certificates.get(it.pk),
        )
        for it in completions
    )


def _given(agency: Agency, person: Person) -> tuple[Given, ...]:
    given = Evidence.objects.within(agency).filter(person=person).exclude(state=Evidence.State.WITHDRAWN)
    rows = given.select_related("module").order_by("-recorded_at", "pk")
    return tuple(
        Given(
            uid=row.uid,
            title=row.external_title,
            provider=row.provider,
            completed_on=row.completed_on,
            state=row.get_state_display(),
            is_open=row.state in Evidence.OPEN,
            module=row.module.title if row.module else "",
        )
        for row in rows
    )


def _records(agency: Agency, person: Person, on: date) -> Q:
    """Entries under all records of somebody who works here; of those who left, under the records known here alone."""
    posts = Term.objects.within(agency).known_now().not_ended_on(on)
    if posts.filter(post__employment__person=person).exists():
        joined = {} if person.same_as_id is None else whose_training()
        return Q(person__in=joined.get(person.pk, (person.pk,)))
    merged = Employment.objects.within(agency).filter(person=person, entered_as__isnull=False)
    return Q(person=person) | Q(person__in=merged.values("entered_as"))


def _stopped(revoked_on: date | None) -> str:
    return f"Stopped counting on {uk_date(revoked_on)}" if revoked_on else ""


def _completion(entry: Entry, agency: Agency, became: str, certificate: OwnCertificate | None) -> Done:
    is_own = entry.agency_id == agency.pk
    return Done(
        uid=entry.uid,
        code=entry.module_code,
        title=entry.module_title,
        completed_on=entry.completed_on or entry.recorded_at.date(),
        recorded_at=entry.recorded_at,
        how=entry.get_method_display(),
        where="Here" if is_own else "Elsewhere",
        role_group=entry.role_group_title if is_own else "",
        evidence=entry.evidence if is_own else "",
        became=became,
        certificate=certificate,
        is_ours=is_own and became != VOID,
    )
