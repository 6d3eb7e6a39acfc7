"""Whom an entry of the register would touch, before it is saved: one's own by name, all others in one number."""

import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from training.ledger.expiry import Fact
from training.ledger.history import obligations
from training.ledger.selectors.histories import histories
from training.people.models import Agency, Post
from training.strategy.suppress import Audience, Count, rounded, suppress

from .models import Evidence
from .register import Terms, members, waiting_for
from .settle import holders
from .shown import shown

TRIED = "what is being looked at"
TOGETHER = ("together",)


class Effect(StrEnum):
    """What saving the entry would do for one piece of evidence."""

    COUNTS = "counts"
    TOO_OLD = "too_old"
    NOT_ASKED = "not_asked"
    NOBODY = "nobody"

    @property
    def words(self) -> str:
        """For the page."""
        return {
            Effect.COUNTS: "Recorded, and counts",
            Effect.TOO_OLD: "Recorded, too old to count",
            Effect.NOT_ASKED: "Recorded, not asked of them now",
            Effect.NOBODY: "Stays waiting: nobody has this reference",
        }[self]


@dataclass(frozen=True, slots=True)
class TouchedPerson:
    """Somebody of one's own agency."""

    name: str
    employee_ref: str
    completed_on: date
    effect: Effect


@dataclass(frozen=True, slots=True)
class Touched:
    """Everything that saving would touch, as one viewer may see it; `elsewhere` is one number, and never by agency."""

    people: list[TouchedPerson]
    own: Counter[Effect]
    elsewhere: str = ""

    @property
    def is_nobody(self) -> bool:
        """Whether nothing waits for it."""
        return not self.people and not self.elsewhere

    @property
    def digest(self) -> str:
        """Of all that is shown, so that what is saved is what was looked at."""
        return hashlib.sha256(repr((self.people, self.elsewhere)).encode()).hexdigest()


def touched_at(agency: Agency, terms: Terms, *, on: date) -> Touched:
    """Whom it touches at one agency, by name: all that its own HR may see."""
    people = _by_name(agency, _waiting(terms, [agency]), terms, on)
    return Touched(people, Counter(each.effect for each in people))


def touched(terms: Terms, *, own: Collection[int], on: date) -> Touched:
    """Whom it touches in the partnership: by name at the agencies in `own`, and in one number at all others."""
    agencies = members(terms.module.pathway.partnership, on)
    rows = _waiting(terms, agencies)
    people: list[TouchedPerson] = []
    for agency in agencies:
        if agency.pk in own:
            people += _by_name(agency, [row for row in rows if row.agency_id == agency.pk], terms, on)
    others = {(row.agency_id, row.person_id or row.employee_ref) for row in rows if row.agency_id not in own}
    return Touched(people, Counter(each.effect for each in people), banded(len(others)))


def banded(people: int) -> str:
    """So many people of agencies not one's own, in words: to the nearest five, and never fewer; '' for none.

    Rounded, so that the number before an entry is saved, less the number after it, tells of no few.
    """
    if not people:
        return ""
    shown = suppress({TOGETHER: Count(people)}, Audience.PARTNERSHIP)[TOGETHER]
    return "fewer than five people" if shown.mark else f"about {rounded(people, Audience.PUBLIC)} people"


def _waiting(terms: Terms, agencies: list[Agency]) -> list[Evidence]:
    rows = Evidence.objects.everywhere(reason="shown by name inside one's own agency, elsewhere as one number")
    return list(rows.filter(waiting_for(terms, [each.pk for each in agencies])).order_by("completed_on", "pk"))


def _by_name(agency: Agency, rows: list[Evidence], terms: Terms, on: date) -> list[TouchedPerson]:
    found = holders(agency, rows)
    effects = _effects(agency, [(row, found[row.pk].pk) for row in rows if row.pk in found], terms, on)
    return [
        TouchedPerson(who.name, who.reference, row.completed_on, effects.get(row.pk, Effect.NOBODY))
        for row in rows
        for who in [shown(found.get(row.pk), row.employee_ref)]
    ]


def _effects(agency: Agency, rows: list[tuple[Evidence, int]], terms: Terms, on: date) -> dict[int, Effect]:
    """By the rule itself: whether the fact would make a period of an obligation that runs on the day."""
    by_person: dict[int, list[Evidence]] = {}
    for row, person in rows:
        by_person.setdefault(person, []).append(row)
    effects = {row.pk: Effect.NOT_ASKED for row, _ in rows}
    posts = Post.objects.within(agency).filter(employment__person__in=by_person)
    bears_on = {terms.module.pk, terms.module.refreshes_id}
    for each in histories(posts.order_by("pk").values_list("pk", flat=True)):
        if each.module not in bears_on:
            continue
        for row in by_person[each.person]:
            fact = Fact(
                uid=TRIED,
                module=terms.module.pk,
                completed_on=row.completed_on,
                maximum_age_months=terms.maximum_age_months,
            )
            tried = replace(each.history, facts=(*each.history.facts, fact))
            for obligation in obligations(tried):
                if on in obligation.days:
                    counts = any(TRIED in period.facts for period in obligation.periods)
                    best = Effect.COUNTS if counts else Effect.TOO_OLD
                    effects[row.pk] = Effect.COUNTS if Effect.COUNTS in (best, effects[row.pk]) else best
    return effects
