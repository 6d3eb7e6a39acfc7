"""What is agreed for single posts, as HR, the line manager and the learner read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from training.access.access import Access
from training.access.permissions import Permission
from training.ledger.models import StandingStep, StandingStepQuerySet
from training.ledger.selectors.table import WITHHELD
from training.ledger.standing import State
from training.pathways.models import Exemption, ExtensionRequest, Module, Requirement
from training.pathways.reach import posts_concerned
from training.people.models import Agency, Person, Post, Term
from training.people.selectors import posts_held

MOVABLE = (State.NOT_STARTED, State.IN_PROGRESS, State.DUE_SOON, State.OVERDUE)
CHOOSABLE = (*MOVABLE, State.IN_DATE, State.EXEMPT, State.PAUSED, State.NOT_YET_REQUIRED)
WITH_NAMES = ("post__employment__person", "post__employment__agency", "module")
# Protected people apart, so that their place in the alphabet does not name them.
PERSON = "post__employment__person__"
BY_NAME = (f"{PERSON}is_protected", f"{PERSON}last_name", f"{PERSON}first_name", "pk")
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One post that is asked for a module, with where it stands."""

    uid: UUID
    name: str
    state: State
    due_on: date | None


def name_of(post: Post) -> str:
    """Whose post it is, unless the record is protected."""
    person = post.employment.person
    return WITHHELD if person.is_protected else person.name


def requests_waiting(agency: Agency, access: Access) -> list[ExtensionRequest]:
    """Requests that this one of HR has to decide, the oldest first: all but their own."""
    return list(ExtensionRequest.objects.within(agency).waiting().of_others(access).select_related(*WITH_NAMES))


def exemptions_now(agency: Agency, access: Access, *, on: date) -> list[Exemption]:
    """Exemptions of others that run on a day or are still to come, by name."""
    rows = (
        Exemption.objects.within(agency)
        .known_now()
        .of_others(access)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    )
    return list(rows.select_related(*WITH_NAMES).order_by(*BY_NAME))


def is_of_somebody_else(access: Access, uids: Iterable[UUID]) -> bool:
    """Whether none of these posts is one's own: nobody agrees something with themselves."""
    posts = Post.objects.everywhere(reason="one's own posts").filter(uid__in=list(uids))
    return not posts.filter(employment__person__in=access.records).exists()


def asked_for(agency: Agency, access: Access, module: int, *, text: str, on: date) -> tuple[list[Asked], int]:
    """Others' posts that are asked for a module, what is due first first, and how many more there are."""
    steps = (
        StandingStep.objects.within(agency).of_others(access).current_on(on).filter(module=module, state__in=CHOOSABLE)
    )
    for word in text.replace("\0", "").split():
        called = Q(**{f"{PERSON}last_name__icontains": word}) | Q(**{f"{PERSON}first_name__icontains": word})
        called |= Q(**{f"{PERSON}preferred_name__icontains": word}) | Q(post__employment__employee_ref__iexact=word)
        steps = steps.filter(called, **{f"{PERSON}is_protected": False})
    total = steps.count()
    rows = steps.select_related(*WITH_NAMES).order_by(F("due_on").asc(nulls_last=True), *BY_NAME)[:MOST_SHOWN]
    return [Asked(row.post.uid, name_of(row.post), State(row.state), row.due_on) for row in rows], total - len(rows)


def modules_asked(agency: Agency, *, on: date) -> list[Module]:
    """The modules for which somebody at the agency is asked."""
    steps = StandingStep.objects.within(agency).current_on(on).order_by().values("module")
    return list(Module.objects.filter(pk__in=steps).order_by("tier__position", "position"))


def posts_asked_by(agency: Agency, requirement: Requirement, *, on: date) -> list[tuple[UUID, str]]:
    """The agency's posts on which a rule falls, as they are held on a day, by name."""
    held = Term.objects.within(agency).known_now().current_on(on).filter(post__in=posts_concerned(requirement))
    rows = Post.objects.within(agency).filter(pk__in=held.values("post")).select_related("employment__person")
    person = "employment__person__"
    ordered = rows.order_by(f"{person}is_protected", f"{person}last_name", f"{person}first_name", "pk")
    return [(row.uid, name_of(row)) for row in ordered]


def own_dates(person: Person, module: Module, *, on: date) -> list[StandingStep]:
    """The posts for which a person still has to do a module, with their dates."""
    steps = StandingStep.objects.everywhere(reason="the learner's own dates")
    return list(_movable(steps, module.pk, on).filter(person.all_of("post__employment__person")))


def managed_date(access: Access, post: int, module: int, *, on: date) -> StandingStep | None:
    """The date of one post that answers to the reader's own, within their agency; None if it is not theirs to see."""
    if access.person_id is None or not access.may(Permission.SEE_TEAM):
        return None
    steps = StandingStep.objects.everywhere(reason="posts that answer to the one who asks")
    held = posts_held(access.person_id, on).values("post")
    runs = Q(post__terms__ends_on__isnull=True) | Q(post__terms__ends_on__gte=on)
    mine = steps.filter(
        runs,
        post=post,
        post__terms__replaced_at__isnull=True,
        post__terms__starts_on__lte=on,
        post__terms__manager__in=held,
        post__terms__manager__employment__agency=F("post__employment__agency"),
    )
    return _movable(mine, module, on).first()


def _movable(steps: StandingStepQuerySet, module: int, on: date) -> StandingStepQuerySet:
    open_ = steps.current_on(on).filter(module=module, is_required=True, state__in=MOVABLE, due_on__isnull=False)
    return open_.select_related(*WITH_NAMES).order_by("post")


def own_requests(person: Person, modules: Iterable[Module] | None = None) -> list[ExtensionRequest]:
    """What a person has asked for, or their manager for them, the latest first."""
    rows = ExtensionRequest.objects.everywhere(reason="the learner's own requests")
    rows = rows.filter(person.all_of("post__employment__person")).select_related("module", "post__employment__agency")
    if modules is not None:
        rows = rows.filter(module__in=list(modules))
    return list(rows.order_by("-asked_at", "-pk"))
