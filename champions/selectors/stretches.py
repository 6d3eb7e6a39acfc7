"""From when until when champions stood and will stand how: the rule of `facts.py`, over facts of all days at once."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from champions.conditions import Attended, CheckIns, Conditions
from champions.models import Champion, ChampionTurn, CheckIn, NetworkConditions
from champions.selectors.conditions import in_force
from champions.selectors.facts import WHY, Book, Known, given_once, rules_of, runs
from champions.selectors.meetings import Belongs, Held
from champions.selectors.members import DESIGNATIONS
from champions.status import Life, life
from training.ledger.models import StandingStep
from training.pathways.models import Requirement, RequirementVersion
from training.people.models import Duty, Membership, Partnership, Person, Term

DAY = timedelta(days=1)
Row = Duty | Term | Membership | RequirementVersion


@dataclass(frozen=True, slots=True)
class Stretch:
    """A longest run of days with one status at one place."""

    person_id: int
    champion_id: int | None
    post_id: int
    agency_id: int
    workplace_id: int | None
    locality_id: int | None
    status: str
    is_community: bool
    starts_on: date
    ends_on: date | None = None


class Histories:
    """Everything known of some people as champions of a partnership. Fourteen queries, however many they are."""

    def __init__(self, partnership: Partnership, people: Collection[int]) -> None:
        duties = Duty.objects.everywhere(reason=WHY).known_now().filter(designation__code__in=DESIGNATIONS)
        duties = duties.filter(
            post__employment__person__in=people, post__employment__agency__in=self._members(partnership)
        )
        self.duties: dict[int, list[Duty]] = defaultdict(list)
        for duty in duties.select_related("post__employment__agency", "designation").order_by("-starts_on", "pk"):
            self.duties[duty.post.employment.person_id].append(duty)
        rows = Champion.objects.everywhere(reason=WHY).filter(partnership=partnership, person__in=people)
        self.rows = {row.person_id: row for row in rows}
        lost = [row for person, row in self.rows.items() if person not in self.duties]
        self.given_once = given_once(lost, set(self.memberships)) if lost else {}
        self.duties |= self.given_once
        self.people = Person.objects.everywhere(reason=WHY).in_bulk(list(self.duties))
        self._posts()
        self._life()
        self.held = Held.of(partnership, self.people)
        self._asked(partnership)

    def _members(self, partnership: Partnership) -> set[int]:
        self.memberships: dict[int, list[Membership]] = defaultdict(list)
        for row in Membership.objects.known_now().filter(partnership=partnership):
            self.memberships[row.agency_id].append(row)
        return set(self.memberships)

    def _posts(self) -> None:
        self.terms: dict[int, list[Term]] = defaultdict(list)
        posts = {duty.post_id for held in self.duties.values() for duty in held}
        terms = Term.objects.everywhere(reason=WHY).known_now().filter(post__in=posts)
        for term in terms.select_related("locality", "workplace__locality").order_by("starts_on", "pk"):
            self.terms[term.post_id].append(term)

    def _life(self) -> None:
        ids = [row.pk for row in self.rows.values()]
        self.turns: dict[int, list[tuple[str, date, str]]] = defaultdict(list)
        turns = ChampionTurn.objects.everywhere(reason=WHY).filter(champion__in=ids)
        for champion, turn, happened_on, way in turns.values_list("champion_id", "turn", "happened_on", "way"):
            self.turns[champion].append((turn, happened_on, way))
        self.check_ins: dict[int, list[tuple[date, str]]] = defaultdict(list)
        rows = CheckIn.objects.everywhere(reason=WHY).filter(champion__in=ids).order_by("checked_on")
        for champion, checked_on, side in rows.values_list("champion_id", "checked_on", "side"):
            self.check_ins[champion].append((checked_on, side))

    def _asked(self, partnership: Partnership) -> None:
        conditions = NetworkConditions.objects.known_now().filter(partnership=partnership)
        self.conditions = sorted(conditions, key=lambda row: (row.starts_on, row.pk))
        self.in_force = [in_force(self.conditions[:count]) for count in range(len(self.conditions) + 1)]
        self.rules = list(rules_of(partnership))
        self.versions: dict[int, list[RequirementVersion]] = defaultdict(list)
        for version in RequirementVersion.objects.known_now().filter(requirement__in=self.rules):
            self.versions[version.requirement_id].append(version)
        self.shared_days = sorted(set(self._shared_days()))
        self.required: dict[int, list[Requirement]] = {}
        self.steps: dict[int, list[StandingStep]] = defaultdict(list)
        modules = {rule.module_id for rule in self.rules}
        steps = StandingStep.objects.everywhere(reason=WHY).filter(post__in=list(self.terms), module__in=modules)
        for step in steps.order_by("from_on"):
            self.steps[step.post_id].append(step)

    def _shared_days(self) -> Iterator[date]:
        """The days on which something changes for everybody."""
        for versions in self.versions.values():
            for version in versions:
                yield from turning(version)
        for row in self.conditions:
            yield row.starts_on
        if any(each.meetings_needed for each in self.in_force):
            for meeting in self.held.meetings:
                yield meeting.held_on
                yield meeting.held_on + DAY

    def conditions_on(self, on: date) -> Conditions:
        """What is asked that day."""
        return self.in_force[bisect_right(self.conditions, on, key=lambda row: row.starts_on)]

    def required_on(self, on: date) -> list[Requirement]:
        """The rules in force that day."""
        place = bisect_right(self.shared_days, on)
        if place not in self.required:
            self.required[place] = [
                rule for rule in self.rules if any(runs(each, on) for each in self.versions[rule.pk])
            ]
        return self.required[place]

    def stretches(self, person: Person) -> Iterator[Stretch]:
        """One person's, oldest first, the last without an end."""
        before: Stretch | None = None
        for found in self._each_day(person):
            if before and replace(found, starts_on=before.starts_on) == before:
                continue
            if before and before.post_id:
                yield replace(before, ends_on=found.starts_on - DAY)
            before = found
        if before and before.post_id:
            yield before

    def _each_day(self, person: Person) -> Iterator[Stretch]:
        """Where they stand from each day on which something may change; post 0 where they are no champion."""
        days = sorted(set(self._days_of(person)))
        days = sorted({*days, *(day for day in self.shared_days if day >= days[0])})
        on: date | None = days[0]
        while on:
            book = OnDay(self, person, on)
            known = book.known(person)
            yield _stretch(known, book, on)
            endings = list(known.facts.all_endings())
            warned = [each.on - known.facts.conditions.warns_before for each in endings]
            later = [day for day in (*warned, *(each.on + DAY for each in endings)) if day > on]
            place = bisect_right(days, on)
            on = min([*days[place : place + 1], *later], default=None)

    def _days_of(self, person: Person) -> Iterator[date]:
        """The days on which something changes for them."""
        for duty in self.duties[person.pk]:
            rows: list[Row] = [duty, *self.terms[duty.post_id], *self.memberships[duty.post.employment.agency_id]]
            for row in rows:
                yield from turning(row)
            for step in self.steps[duty.post_id]:
                yield step.from_on
                if step.until_on:
                    yield step.until_on + DAY
        if champion := self.rows.get(person.pk):
            yield from (happened_on for _, happened_on, _ in self.turns[champion.pk])
            yield from (checked_on for checked_on, _ in self.check_ins[champion.pk])


class OnDay(Book):
    """What is known of one person on one day."""

    def __init__(self, all_days: Histories, person: Person, on: date) -> None:
        self.on = on
        row = all_days.rows.get(person.pk)
        self.rows = {person.pk: row} if row else {}
        self.lives = {person.pk: life(all_days.turns[row.pk], on)} if row else {}
        is_said = person.pk not in all_days.given_once or self.lives[person.pk].agreed_on
        held = [
            duty
            for duty in all_days.duties[person.pk]
            if is_said and any(runs(each, on) for each in all_days.memberships[duty.post.employment.agency_id])
        ]
        self.duties = {person.pk: held}
        posts = {duty.post_id for duty in held}
        self.terms = {}
        for post in posts:
            begun = [term for term in all_days.terms[post] if term.starts_on <= on]
            if begun:
                self.terms[post] = begun[-1]
        self.conditions = all_days.conditions_on(on)
        said = {side: checked_on for checked_on, side in all_days.check_ins[row.pk] if checked_on <= on} if row else {}
        checked = CheckIns(said.get(CheckIn.Side.OWN), said.get(CheckIn.Side.MANAGER))
        self.check_ins = {row.pk: checked} if row else {}
        self.required = all_days.required_on(on)
        self.steps = {
            (post, step.module_id): step
            for post in posts
            for step in all_days.steps[post]
            if step.from_on <= on and (step.until_on is None or step.until_on >= on)
        }
        self.attended = self._came(all_days, person.pk)

    def _came(self, all_days: Histories, person: int) -> dict[int, Attended]:
        agreed_on = self.lives.get(person, Life()).agreed_on
        if not (self.conditions.meetings_needed and agreed_on):
            return {}
        place = self._place(self._duty(person))
        return {person: all_days.held.attended(person, Belongs(agreed_on, place.pk if place else None), on=self.on)}


def _stretch(known: Known, book: OnDay, on: date) -> Stretch:
    facts, post = known.facts, known.post
    is_there = facts.has_duty or facts.has_left or not facts.life.is_empty
    is_named = known.champion is not None or any(runs(duty, on) for duty in book.duties[known.person.pk])
    champion = known.champion.pk if known.champion else None
    if post is None or not (is_there and is_named):
        return Stretch(known.person.pk, champion, 0, 0, None, None, "", False, on)
    term = book.terms.get(post.pk)
    return Stretch(
        person_id=known.person.pk,
        champion_id=champion,
        post_id=post.pk,
        agency_id=post.employment.agency_id,
        workplace_id=term.workplace_id if term else None,
        locality_id=known.locality.pk if known.locality else None,
        status=known.status.value,
        is_community=known.is_community,
        starts_on=on,
    )


def turning(row: Row) -> Iterator[date]:
    """The day on which a row begins to hold, and the first on which it does no longer."""
    yield row.starts_on
    if row.ends_on:
        yield row.ends_on + DAY
