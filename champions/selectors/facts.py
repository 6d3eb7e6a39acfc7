"""What is known of the champions of a partnership on a day, in bulk: a fixed number of queries however many they are.

A champion is somebody with one of the two designations on a running post of a member agency, or somebody put forward.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from champions.conditions import COME, Attended, CheckIns, Conditions, Ending
from champions.models import Champion, ChampionTurn, CheckIn
from champions.selectors.conditions import conditions_on
from champions.selectors.meetings import Belongs, attended
from champions.selectors.members import COMMUNITY, DESIGNATIONS, members
from champions.status import Facts, Life, Status, life, status
from training.ledger.models import StandingStep
from training.ledger.standing import State
from training.pathways.models import Module, Requirement, RequirementVersion
from training.pathways.rules import Kind
from training.people.duties import GIVEN
from training.people.models import Agency, Duty, Locality, Membership, Partnership, Person, Post, Term

WHY = "the champions of a partnership"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Known:
    """One champion on a day. `champion` is None for somebody whom only the roster names.

    `post` is where they are one, or were; community champions count apart, and are nobody's staff.
    """

    person: Person
    champion: Champion | None
    post: Post | None
    agency: Agency | None
    locality: Locality | None
    facts: Facts
    status: Status
    next_ending: Ending | None
    lapsed: tuple[Ending, ...] = ()
    is_community: bool = False


def known(
    partnership: Partnership,
    *,
    on: date,
    people: Iterable[int] | None = None,
    conditions: Conditions | None = None,
) -> tuple[Known, ...]:
    """Every champion of the partnership, or those among these people, by name. Nine queries, and three for meetings.

    `conditions`: as if these were asked, for a preview.
    """
    duties = _duties(members(partnership, on), people)
    champions = Champion.objects.everywhere(reason=WHY).filter(partnership=partnership).select_related("profile")
    if people is not None:
        champions = champions.filter(person__in=people)
    rows = {champion.person_id: champion for champion in champions}
    running = {person for person, held in duties.items() if any(runs(duty, on) for duty in held)}
    persons = Person.objects.everywhere(reason=WHY).filter(pk__in=running | rows.keys())
    asked = conditions_on(partnership, on) if conditions is None else conditions
    book = Book(partnership, on, duties, rows, asked)
    found = (book.known(person) for person in persons)
    return tuple(each for each in found if each.facts.has_duty or each.facts.has_left or not each.facts.life.is_empty)


def _duties(agencies: QuerySet, people: Iterable[int] | None) -> dict[int, list[Duty]]:
    """The designations' days by person, newest first."""
    duties = Duty.objects.everywhere(reason=WHY).known_now().filter(designation__code__in=DESIGNATIONS)
    duties = duties.filter(post__employment__agency__in=agencies)
    if people is not None:
        duties = duties.filter(post__employment__person__in=people)
    found = defaultdict(list)
    for duty in duties.select_related("post__employment__agency", "designation").order_by("-starts_on", "pk"):
        found[duty.post.employment.person_id].append(duty)
    return dict(found)


def given_once(champions: Collection[Champion], agencies: QuerySet | Collection[int]) -> dict[int, list[Duty]]:
    """Duties that the network gave, by person, of whom no roster has one now.

    A file that says that the post had ended before takes the duty away as if it had never been.
    """
    duties = Duty.objects.everywhere(reason=WHY).select_related("post__employment__agency", "designation")
    given = duties.filter(source__in=[f"{GIVEN}{each.uid}" for each in champions])
    people = [each.person_id for each in champions]
    there = given.filter(post__employment__person__in=people, post__employment__agency__in=agencies)
    return {each.post.employment.person_id: [each] for each in there.order_by("recorded_at", "pk")}


def runs(row: Duty | Term | Membership | RequirementVersion, on: date) -> bool:
    """Whether a row holds on a day."""
    return row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)


class Book:
    """What is looked up once for all champions of a partnership, for one day."""

    def __init__(
        self,
        partnership: Partnership,
        on: date,
        duties: dict[int, list[Duty]],
        rows: dict[int, Champion],
        conditions: Conditions,
    ) -> None:
        self.on, self.duties, self.rows = on, duties, rows
        self._read_lives()
        lost = [row for person, row in rows.items() if person not in duties and self.lives[person].agreed_on]
        self.duties |= given_once(lost, members(partnership, on)) if lost else {}
        posts = {duty.post_id for held in duties.values() for duty in held}
        terms = Term.objects.everywhere(reason=WHY).known_now().filter(post__in=posts, starts_on__lte=on)
        self.terms: dict[int, Term] = {
            term.post_id: term
            for term in terms.select_related("locality", "workplace__locality").order_by("starts_on", "pk")
        }
        self.conditions = conditions
        self.check_ins = _check_ins([row.pk for row in rows.values()], on)
        self.attended = self._attended(partnership) if self.conditions.meetings_needed else {}
        self.required = _required(partnership, on)
        modules = {rule.module_id for rule in self.required}
        steps = StandingStep.objects.everywhere(reason=WHY).current_on(on).filter(post__in=posts, module__in=modules)
        self.steps = {(step.post_id, step.module_id): step for step in steps}

    def _read_lives(self) -> None:
        turned: dict[int, list[tuple[str, date, str]]] = defaultdict(list)
        turns = ChampionTurn.objects.everywhere(reason=WHY).filter(champion__in=[row.pk for row in self.rows.values()])
        for champion, turn, happened_on, way in turns.values_list("champion_id", "turn", "happened_on", "way"):
            turned[champion].append((turn, happened_on, way))
        self.lives = {person: life(turned[row.pk], self.on) for person, row in self.rows.items()}

    def _attended(self, partnership: Partnership) -> dict[int, Attended]:
        agreed = {person: it.agreed_on for person, it in self.lives.items() if it.agreed_on}
        places = {person: self._place(self._duty(person)) for person in agreed}
        asked = {
            person: Belongs(since, place.pk if (place := places[person]) else None) for person, since in agreed.items()
        }
        return attended(partnership, asked, on=self.on)

    def _duty(self, person: int) -> Duty | None:
        """The duty that runs; else the one that ended last; else the newest, which is still to come."""
        held = self.duties.get(person, [])
        ended = [(last_day, each) for each in held if (last_day := self._last_day(each))]
        last = max(ended, key=lambda it: it[0])[1] if ended else next(iter(held), None)
        return next((each for each in held if self._holds(each)), last)

    def _holds(self, duty: Duty) -> bool:
        return runs(duty, self.on) and self._post_runs(duty)

    def _place(self, duty: Duty | None) -> Locality | None:
        term = self.terms.get(duty.post_id) if duty else None
        return locality_of(term) if term else None

    def known(self, person: Person) -> Known:
        champion = self.rows.get(person.pk)
        shown = self._duty(person.pk)
        duty = shown if shown and self._holds(shown) else None
        facts = Facts(
            life=self.lives.get(person.pk, Life()),
            has_duty=duty is not None,
            duty_ended_on=None if duty else self._ended_on(person.pk),
            missing=tuple(self._missing(duty)) if duty else (),
            endings=tuple(self._endings(duty)) if duty else (),
            meetings=tuple(self._meetings(duty)) if duty else (),
            conditions=self.conditions,
            attended=self.attended.get(person.pk, Attended()),
            check_ins=self.check_ins.get(champion.pk, CheckIns()) if champion else CheckIns(),
        )
        return Known(
            person=person,
            champion=champion,
            post=shown.post if shown else None,
            agency=shown.post.employment.agency if shown else None,
            locality=self._place(shown),
            facts=facts,
            status=status(facts, self.on),
            next_ending=facts.next_ending(self.on),
            lapsed=facts.lapsed(self.on),
            is_community=shown is not None and shown.designation.code == COMMUNITY,
        )

    def _post_runs(self, duty: Duty) -> bool:
        term = self.terms.get(duty.post_id)
        return term is not None and runs(term, self.on)

    def _ended_on(self, person: int) -> date | None:
        """The last day of the last duty that runs no longer; none where what was agreed to is still to begin."""
        held = self.duties.get(person, [])
        if self.lives.get(person, Life()).agreed_on and any(each.starts_on > self.on for each in held):
            return None
        return max((last_day for each in held if (last_day := self._last_day(each))), default=None)

    def _last_day(self, duty: Duty) -> date | None:
        """The last day of a duty that runs no longer, by its own end or by its post's, whichever came first."""
        if duty.starts_on > self.on:
            return None  # whatever the post was before it
        term = self.terms.get(duty.post_id)
        ends = (duty.ends_on, term.ends_on if term else None)
        return min((end for end in ends if end and end < self.on), default=None)

    def _rules(self, duty: Duty) -> list[Requirement]:
        agency = duty.post.employment.agency
        return [
            rule
            for rule in self.required
            if rule.designation_id == duty.designation_id
            and rule.agency_id in (None, agency.pk)
            and rule.agency_kind in ("", agency.kind)
        ]

    def _asked(self, duty: Duty, *, by_meetings: bool) -> Iterator[tuple[Module, StandingStep | None]]:
        """The modules that are asked with the duty and how they stand, each once: training, or what meetings do."""
        for rule in {rule.module_id: rule for rule in self._rules(duty)}.values():
            if rule.is_by_meetings == by_meetings:  # type: ignore[attr-defined]  # said by rules_of
                yield rule.module, self.steps.get((duty.post_id, rule.module_id))

    def _missing(self, duty: Duty) -> Iterator[str]:
        """Required training that is neither valid nor exempt, by title."""
        for module, step in self._asked(duty, by_meetings=False):
            if step is None or not (step.is_valid or step.state == State.EXEMPT):
                yield module.title

    def _endings(self, duty: Duty) -> Iterator[Ending]:
        if duty.ends_on:
            yield Ending(duty.ends_on, "the duty on the roster", "Ask your HR team whether it is to go on.")
        term = self.terms[duty.post_id]
        if term.ends_on:
            yield Ending(term.ends_on, "the post", "Tell your coordinator if you are moving to another job.")
        for module, step in self._asked(duty, by_meetings=False):
            if step and step.is_valid and step.valid_until:
                title = module.title
                yield Ending(step.valid_until, title, f"Do the training again before then: {title}.")

    def _meetings(self, duty: Duty) -> Iterator[Ending]:
        """The last day of what meetings do: a new champion has until it is due, since there have to be some first."""
        for module, step in self._asked(duty, by_meetings=True):
            if step and (last_day := _last_day(step)):
                yield Ending(last_day, f"network meetings ({module.title})", f"{COME} next network meeting.")


def _last_day(step: StandingStep) -> date | None:
    """The last day on which a standing is good, past or to come, if it has one."""
    if step.is_valid:
        return step.valid_until
    if step.state == State.OVERDUE:
        return step.from_on - DAY
    return step.due_on if step.state in (State.NOT_STARTED, State.IN_PROGRESS) else None


def _check_ins(champions: list[int], on: date) -> dict[int, CheckIns]:
    """When each champion and each manager last checked in."""
    rows = CheckIn.objects.everywhere(reason=WHY).filter(champion__in=champions, checked_on__lte=on)
    last: dict[int, dict[str, date]] = defaultdict(dict)
    for champion, side, checked_on in rows.order_by("checked_on").values_list("champion_id", "side", "checked_on"):
        last[champion][side] = checked_on
    return {pk: CheckIns(it.get(CheckIn.Side.OWN), it.get(CheckIn.Side.MANAGER)) for pk, it in last.items()}


def locality_of(term: Term) -> Locality | None:
    """The district of work: as the roster says, else the workplace's."""
    return term.locality or (term.workplace.locality if term.workplace else None)


def _required(partnership: Partnership, on: date) -> list[Requirement]:
    """The rules in force for the two designations in the partnership's pathways."""
    versions = RequirementVersion.objects.known_now().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on
    )
    return list(rules_of(partnership).filter(pk__in=versions.values("requirement")))


def rules_of(partnership: Partnership) -> QuerySet[Requirement]:
    """What the partnership's pathways ask of the two designations on any day, each with whether meetings do it."""
    rules = Requirement.objects.filter(designation__code__in=DESIGNATIONS, module__pathway__partnership=partnership)
    attendance = RequirementVersion.objects.known_now().filter(requirement=OuterRef("pk"), kind=Kind.ATTENDANCE)
    return rules.annotate(is_by_meetings=Exists(attendance)).select_related("module").order_by("module__position", "pk")
