"""The people behind a coverage, inside one agency alone: who counts, who is in date, and who is left out and why."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from training.access.access import Access
from training.access.permissions import Permission
from training.ledger.models import StandingStep
from training.ledger.selectors.table import WITHHELD
from training.ledger.standing import State
from training.pathways.models import Module
from training.people.models import Agency, Employment, Term
from training.strategy.models import Indicator

from .board import TOPICS


class Way(StrEnum):
    """How somebody stands in a coverage, in the order in which they are listed."""

    LACKING = "Not in date"
    IN_DATE = "In date"
    ON_LEAVE = "Left out: on leave"
    EXEMPT = "Left out: exempt"
    INDUCTION = "Left out: inside induction"


LEFT_OUT = {
    State.PAUSED: Way.ON_LEAVE,
    State.EXEMPT: Way.EXEMPT,
    State.NOT_STARTED: Way.INDUCTION,
    State.IN_PROGRESS: Way.INDUCTION,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A coverage as it can be chosen: an indicator, of one topic where it is told by topic."""

    indicator: Indicator
    topic: str = ""

    @property
    def code(self) -> str:
        """For an address."""
        return f"{self.indicator.code}-{self.topic}" if self.topic else self.indicator.code

    @property
    def title(self) -> str:
        """For a list."""
        return f"{self.indicator.title}: {TOPICS[self.topic]}" if self.topic else self.indicator.title

    def counts(self, module: Module) -> bool:
        """Whether it looks at a module."""
        measure = self.indicator.measure or {}
        return (
            (not measure.get("tier") or module.tier.code == measure["tier"])
            and (not measure.get("module_family") or measure["module_family"] in module.families)
            and (not self.topic or self.topic in module.topics)
        )


@dataclass(frozen=True, slots=True)
class PersonBehind:
    """Somebody whom a coverage counts or leaves out, and what they lack."""

    name: str
    way: Way
    lacking: tuple[str, ...]


def coverages() -> dict[str, Asked]:
    """Every coverage that is worked out, by the code of its choice; by topic where it is told so."""
    found = Indicator.objects.filter(is_collected=True, measure__isnull=False)
    each = [asked for indicator in found for asked in _of(indicator)]
    return {asked.code: asked for asked in each}


def _of(indicator: Indicator) -> Iterator[Asked]:
    if (indicator.measure or {}).get("each_topic"):
        yield from (Asked(indicator, topic) for topic in TOPICS)
    else:
        yield Asked(indicator)


def people_behind(access: Access, agency: Agency, asked: Asked, *, on: date) -> list[PersonBehind]:
    """Everybody at the agency whom a coverage of the day is about, those who lack something first; nobody for others.

    From the read table: as known now. The same count as the agency's own cell (`coverage.py`).
    """
    if not access.may(Permission.SEE_STAFF, agency_id=agency.pk):
        return []
    modules = {each.pk: each for each in Module.objects.select_related("tier") if asked.counts(each)}
    steps = StandingStep.objects.within(agency).current_on(on).filter(is_required=True, module__in=modules)
    steps = steps.filter(post__in=_posts(agency, asked.indicator, on))
    ways: dict[int, set[Way]] = defaultdict(set)
    lacking: dict[int, set[str]] = defaultdict(set)
    for person, module, state, is_valid in steps.values_list("post__employment__person", "module", "state", "is_valid"):
        way = LEFT_OUT.get(State(state)) or (Way.IN_DATE if is_valid else Way.LACKING)
        ways[person].add(way)
        if way is Way.LACKING:
            lacking[person].add(modules[module].title)
    order = list(Way)
    found = [
        PersonBehind(name, min(ways[person], key=order.index), tuple(sorted(lacking[person])))
        for person, name in _names(agency, ways).items()
    ]
    return sorted(found, key=lambda each: (order.index(each.way), each.name.casefold()))


def _posts(agency: Agency, indicator: Indicator, on: date) -> Any:
    """The agency's posts of the role groups that are counted."""
    terms = Term.objects.within(agency).known_now().current_on(on)
    measure = indicator.measure or {}
    if family := measure.get("role_family"):
        terms = terms.filter(role_group__family=family)
    if group := measure.get("role_group"):
        terms = terms.filter(role_group__code=group)
    return terms.values("post")


def _names(agency: Agency, people: dict[int, set[Way]]) -> dict[int, str]:
    rows = Employment.objects.within(agency).filter(person__in=people).select_related("person", "entered_as")
    return {row.person_id: WITHHELD if row.person.is_protected else row.named_by.name for row in rows.order_by("pk")}
