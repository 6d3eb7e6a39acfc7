"""What is known of the champions of a partnership on a day, in bulk: a fixed number of queries however many they are.

A champion is somebody with the designation on a running post of a member agency, or somebody nominated.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from champions.models import Champion, ChampionTurn
from champions.status import Ending, Facts, Status, life, status
from training.ledger.models import StandingStep
from training.ledger.standing import State
from training.pathways.models import Requirement, RequirementVersion
from training.people.models import Agency, Duty, Locality, Membership, Partnership, Person, Term

DESIGNATION = "CHAMPION"
WHY = "the champions of a partnership"


@dataclass(frozen=True, slots=True)
class Known:
    """One champion on a day. `champion` is None for somebody whom only the roster names."""

    person: Person
    champion: Champion | None
    agency: Agency | None
    locality: Locality | None
    facts: Facts
    status: Status
    next_ending: Ending | None


def members(partnership: Partnership, on: date) -> QuerySet:
    """The agencies in a partnership on a day, for a subquery."""
    return Membership.objects.known_now().current_on(on).filter(partnership=partnership).values("agency")


def known(partnership: Partnership, *, on: date, people: Iterable[int] | None = None) -> tuple[Known, ...]:
    """Every champion of the partnership, or those among these people, by name. Seven queries."""
    duties = _duties(members(partnership, on), people)
    champions = Champion.objects.everywhere(reason=WHY).filter(partnership=partnership).select_related("profile")
    if people is not None:
        champions = champions.filter(person__in=people)
    rows = {champion.person_id: champion for champion in champions}
    running = {person for person, held in duties.items() if any(_runs(duty, on) for duty in held)}
    persons = Person.objects.everywhere(reason=WHY).filter(pk__in=running | rows.keys())
    book = _Book(partnership, on, duties, rows)
    return tuple(book.known(person) for person in persons)


def _duties(agencies: QuerySet, people: Iterable[int] | None) -> dict[int, list[Duty]]:
    """The designation's days by person, newest first."""
    duties = Duty.objects.everywhere(reason=WHY).known_now().filter(designation__code=DESIGNATION)
    duties = duties.filter(post__employment__agency__in=agencies)
    if people is not None:
        duties = duties.filter(post__employment__person__in=people)
    found = defaultdict(list)
    for duty in duties.select_related("post__employment__agency").order_by("-starts_on", "pk"):
        found[duty.post.employment.person_id].append(duty)
    return dict(found)


def _runs(row: Duty | Term, on: date) -> bool:
    return row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)


class _Book:
    """What is looked up once for all champions of a partnership."""

    def __init__(
        self, partnership: Partnership, on: date, duties: dict[int, list[Duty]], rows: dict[int, Champion]
    ) -> None:
        self.on, self.duties, self.rows = on, duties, rows
        posts = {duty.post_id for held in duties.values() for duty in held}
        terms = Term.objects.everywhere(reason=WHY).known_now().filter(post__in=posts, starts_on__lte=on)
        self.terms: dict[int, Term] = {
            term.post_id: term
            for term in terms.select_related("locality", "workplace__locality").order_by("starts_on", "pk")
        }
        self.turns = defaultdict(list)
        turns = ChampionTurn.objects.everywhere(reason=WHY).filter(champion__in=[row.pk for row in rows.values()])
        for champion, turn, happened_on in turns.values_list("champion_id", "turn", "happened_on"):
            self.turns[champion].append((turn, happened_on))
        self.required = _required(partnership, on)
        modules = {rule.module_id for rule in self.required}
        steps = StandingStep.objects.everywhere(reason=WHY).current_on(on).filter(post__in=posts, module__in=modules)
        self.steps = {(step.post_id, step.module_id): step for step in steps}

    def known(self, person: Person) -> Known:
        champion = self.rows.get(person.pk)
        held = self.duties.get(person.pk, [])
        duty = next((each for each in held if _runs(each, self.on) and self._post_runs(each)), None)
        facts = Facts(
            life=life(self.turns[champion.pk] if champion else (), self.on),
            has_duty=duty is not None,
            duty_ended_on=None if duty else self._ended_on(held),
            missing=tuple(self._missing(duty)) if duty else (),
            endings=tuple(self._endings(duty)) if duty else (),
        )
        shown = duty or next(iter(held), None)
        term = self.terms.get(shown.post_id) if shown else None
        return Known(
            person=person,
            champion=champion,
            agency=shown.post.employment.agency if shown else None,
            locality=locality_of(term) if term else None,
            facts=facts,
            status=status(facts, self.on),
            next_ending=facts.next_ending(self.on),
        )

    def _post_runs(self, duty: Duty) -> bool:
        term = self.terms.get(duty.post_id)
        return term is not None and _runs(term, self.on)

    def _ended_on(self, held: list[Duty]) -> date | None:
        """The last day of a duty that runs no longer, by its own end or by its post's."""
        ends = [
            end
            for duty in held
            for end in (duty.ends_on, self.terms[duty.post_id].ends_on if duty.post_id in self.terms else None)
            if end and end < self.on
        ]
        return max(ends, default=None)

    def _rules(self, duty: Duty) -> list[Requirement]:
        agency = duty.post.employment.agency
        return [
            rule
            for rule in self.required
            if rule.agency_id in (None, agency.pk) and rule.agency_kind in ("", agency.kind)
        ]

    def _missing(self, duty: Duty) -> Iterator[str]:
        """Required modules that are neither valid nor exempt, by title, each once."""
        modules = {rule.module_id: rule.module for rule in self._rules(duty)}
        for pk, module in modules.items():
            step = self.steps.get((duty.post_id, pk))
            if step is None or not (step.is_valid or step.state == State.EXEMPT):
                yield module.neutral_title

    def _endings(self, duty: Duty) -> Iterator[Ending]:
        if duty.ends_on:
            yield Ending(duty.ends_on, "the duty on the roster")
        term = self.terms[duty.post_id]
        if term.ends_on:
            yield Ending(term.ends_on, "the post")
        for rule in {rule.module_id: rule for rule in self._rules(duty)}.values():
            step = self.steps.get((duty.post_id, rule.module_id))
            if step and step.is_valid and step.valid_until:
                yield Ending(step.valid_until, rule.module.neutral_title)


def locality_of(term: Term) -> Locality | None:
    """The district of work: as the roster says, else the workplace's."""
    return term.locality or (term.workplace.locality if term.workplace else None)


def _required(partnership: Partnership, on: date) -> list[Requirement]:
    """The rules in force for the designation in the partnership's pathways."""
    versions = RequirementVersion.objects.known_now().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on
    )
    rules = Requirement.objects.filter(
        designation__code=DESIGNATION,
        module__pathway__partnership=partnership,
        pk__in=versions.values("requirement"),
    )
    return list(rules.select_related("module").order_by("module__position", "pk"))
