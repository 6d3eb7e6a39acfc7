"""Four quarters of invented learning: who has done what by now, drawn from the agency's share and a fixed seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from django.db.models import QuerySet

from training.access.actor import Actor
from training.ledger import services as ledger
from training.ledger.models import Method
from training.pathways.models import Module, Requirement
from training.people.models import Agency, Duty, Person, Term

SEED = 20261122
# How likely a module of a tier is done, against the agency's own share.
TIERS = {"A": 1.15, "B": 1.0, "C": 0.85, "D": 1.2, "H": 0.0, "M": 0.75, "L": 0.8, "S": 0.7, "R": 0.6}
ACTIVE_CHAMPIONS = 19
MEETINGS = "DA-H2"
CHAMPION, COMMUNITY = "CHAMPION", "COMMUNITY_CHAMPION"
MEETINGS_AGO = (40, 130, 220, 310)
REASON = "the demo world: invented people"


@dataclass(frozen=True, slots=True)
class Done:
    """One invented completion, before it is recorded."""

    recorded_on: date
    person: Person
    module: Module
    completed_on: date
    agency: Agency

    @property
    def key(self) -> str:
        """Its reference, the same however often the demo is loaded."""
        return f"demo:{self.person.uid}:{self.module.code}:{self.completed_on}"


def record_history(shares: dict[str, float], *, by: Actor, at: datetime, on: date, leave_out: set[str]) -> int:
    """Record what the agencies' people have done; `leave_out` are work addresses of those who have still to begin."""
    chance = random.Random(SEED)  # noqa: S311 - invented data, not a secret
    done = sorted(
        {each.key: each for each in _everything(shares, chance, on, leave_out)}.values(),
        key=lambda each: (each.recorded_on, each.key),
    )
    for day, batch in groupby(done, key=lambda each: each.recorded_on):
        moment = min(datetime.combine(day, time(10), UTC), at)
        ledger.record_completions([_as_new(each) for each in batch], by=by, at=moment)
    return len(done)


def _everything(shares: dict[str, float], chance: random.Random, on: date, leave_out: set[str]) -> Iterator[Done]:
    required = _required()
    champions = list(champion_duties(on))
    certain = {duty.post.employment.person_id for duty in champions[:ACTIVE_CHAMPIONS]}
    terms = (
        Term.objects.everywhere(reason=REASON)
        .known_now()
        .current_on(on)
        .exclude(post__employment__work_email__in=leave_out)
        .exclude(role_group__isnull=True)
        .select_related("post__employment__person", "post__employment__agency", "role_group")
        .order_by("post__employment__agency__code", "post__employment__employee_ref", "post__assignment_ref")
    )
    for term in terms:
        employment = term.post.employment
        share = shares[employment.agency.code]
        for module in required.get(("role_group", term.role_group_id or 0), ()):
            if employment.person_id in certain:
                completed_on = on - timedelta(days=chance.randint(30, 300))
                yield Done(completed_on, employment.person, module, completed_on, employment.agency)
            elif chance.random() < share * TIERS[module.tier.code]:
                yield from _some_time(employment.person, module, employment.agency, term.starts_on, on, chance)
    yield from _champions(champions, required, chance, on)
    yield from _community(required, on)


def _required() -> dict[tuple[str, int], list[Module]]:
    """The modules asked of each role group and designation, by the partnership's own rules."""
    found: dict[tuple[str, int], list[Module]] = {}
    rules = Requirement.objects.filter(agency__isnull=True).select_related("module__tier", "module__pathway")
    for rule in rules.order_by("module__position", "id"):
        kind = "role_group" if rule.role_group_id else "designation"
        found.setdefault((kind, rule.role_group_id or rule.designation_id or 0), []).append(rule.module)
    return found


def _some_time(
    person: Person, module: Module, agency: Agency, since: date, on: date, chance: random.Random
) -> Iterator[Done]:
    """One completion: mostly in the last four quarters, sometimes long enough ago to have lapsed."""
    longest = 365 if chance.random() < 0.8 else 1250
    completed_on = on - timedelta(days=chance.randint(3, longest))
    if completed_on < since:
        completed_on = since + timedelta(days=chance.randint(0, max((on - since).days, 0)))
    if completed_on <= on:
        recorded_on = min(completed_on + timedelta(days=chance.randint(0, 12)), on)
        yield Done(recorded_on, person, module, completed_on, agency)


def champion_duties(on: date) -> QuerySet[Duty]:
    """The thirty champions of the rosters."""
    return _duties(on, CHAMPION).order_by("post__employment__agency__code", "post__employment__employee_ref")


def _duties(on: date, designation: str) -> QuerySet[Duty]:
    duties = Duty.objects.everywhere(reason=REASON).known_now().current_on(on).filter(designation__code=designation)
    return duties.select_related("post__employment__person", "post__employment__agency")


def _champions(
    duties: list[Duty], required: dict[tuple[str, int], list[Module]], chance: random.Random, on: date
) -> Iterator[Done]:
    """The first nineteen champions meet every condition, the others lack some of it."""
    for place, duty in enumerate(duties):
        employment = duty.post.employment
        for module in required.get(("designation", duty.designation_id), ()):
            if module.code == MEETINGS:  # recorded by the meetings themselves (gatherings.py)
                continue
            if place < ACTIVE_CHAMPIONS or chance.random() < 0.4:
                completed_on = on - timedelta(days=chance.randint(60, 400))
                yield Done(completed_on, employment.person, module, completed_on, employment.agency)


def _community(required: dict[tuple[str, int], list[Module]], on: date) -> Iterator[Done]:
    """The first of the community champions has done what is asked of her."""
    duty = _duties(on, COMMUNITY).order_by("pk")[0]
    completed_on = on - timedelta(days=20)
    for module in required.get(("designation", duty.designation_id), ()):
        yield Done(completed_on, duty.post.employment.person, module, completed_on, duty.post.employment.agency)


def _as_new(each: Done) -> ledger.NewCompletion:
    return ledger.NewCompletion(
        person=each.person,
        module=each.module,
        completed_on=each.completed_on,
        method=Method.IMPORT if "online" in each.module.modes else Method.EVENT,
        idempotency_key=each.key,
        source="demo",
        agency=each.agency,
    )
